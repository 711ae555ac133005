import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { WATCH_FORMAT, type WatchEvent, watchEvent } from '#schemas/events/watch-event.ts';
import { t, type Text, verbatimLines } from '#schemas/text/text.ts';
import type { Cli } from '../operations/cli.ts';

/** A running `ict watch`. */
export interface ProjectWatch {
  /** Asks for another look now. */
  ask(): void;
  /** Ends the process; nothing is told any more. */
  end(): void;
}

/** Pauses before a process that ended by itself is started again, milliseconds. */
const FIRST_PAUSE_MS = 1000;
const MAX_PAUSE_MS = 60_000;
/** Looks that may be waiting: one under way may have read the panel already, one more sees everything. */
const MAX_ASKED = 2;
/** So much of what a process complained about is kept, characters. */
const COMPLAINT_LENGTH = 2000;

export interface WatchOptions {
  readonly file: string;
  /** Whether to look at what the servers are doing as well. */
  readonly withMetrics: boolean;
}

/**
 * Runs `ict watch` and starts it again, ever more slowly, when it ends by itself. Without a token it waits until it is asked:
 * nothing changes for the better by itself.
 */
export function startWatch(cli: Pick<Cli, 'startAttached'>, options: WatchOptions, onEvent: (event: WatchEvent) => void): ProjectWatch {
  const { file, withMetrics } = options;
  let child: ChildProcess | undefined;
  let isOver = false;
  let pauseMs = FIRST_PAUSE_MS;
  let timer: NodeJS.Timeout | undefined;
  let asked = 0;

  const start = (): void => {
    let complaint = '';
    asked = 0;
    const own = cli.startAttached(['watch', file, ...(withMetrics ? ['--metrics'] : [])], { cwd: dirname(file) });
    child = own;
    // A process that is gone cannot be written to, and one that did not start says so by `close` as well.
    own.stdin?.on('error', () => undefined);
    own.on('error', (error) => (complaint = error.message));
    own.stderr?.on('data', (part: Buffer) => (complaint = `${complaint}${part.toString('utf8')}`.slice(-COMPLAINT_LENGTH)));
    if (own.stdout)
      createInterface({ input: own.stdout }).on('line', (line) => {
        const event = parseLine(line);
        if (!event || isOver) return;
        pauseMs = FIRST_PAUSE_MS;
        // What a server is doing is no answer to a question about the panel.
        if (event.kind !== 'metrics') asked = Math.max(0, asked - 1);
        onEvent(event);
      });
    own.once('close', (exitCode) => {
      child = undefined;
      if (isOver) return;
      const isSignedOut = exitCode === exitCodes.authentication;
      onEvent(toProblem(file, isSignedOut ? 'authentication' : 'unavailable', complaint.trim()));
      if (isSignedOut) return;
      timer = setTimeout(start, pauseMs);
      pauseMs = Math.min(pauseMs * 2, MAX_PAUSE_MS);
    });
  };

  start();
  return {
    ask: () => {
      if (isOver) return;
      clearTimeout(timer);
      if (!child) start();
      else if (asked < MAX_ASKED) {
        asked += 1;
        child.stdin?.write('look\n');
      }
    },
    end: () => {
      isOver = true;
      clearTimeout(timer);
      // It only reads, so it may be ended in the middle of a look.
      child?.stdin?.end();
      child?.kill();
    },
  };
}

function toProblem(file: string, code: 'authentication' | 'unavailable', complaint: string): WatchEvent {
  const text = describeProblem(file, complaint);
  return { kind: 'problem', format: WATCH_FORMAT, at: new Date().toISOString(), file, code, text };
}

function describeProblem(file: string, complaint: string): Text {
  // A process cannot start in a folder that is gone, and what it then says is about the program.
  if (!existsSync(dirname(file))) return t('The folder {0} is gone.', dirname(file));
  return complaint === '' ? t('The panel cannot be read at the moment.') : verbatimLines(complaint);
}

function parseLine(line: string): WatchEvent | undefined {
  try {
    return watchEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
