import { stripVTControlCharacters } from 'node:util';
import { execa } from 'execa';
import { type CallbackEvent, callbackEvent } from '#schemas/ansible/callback-event.ts';
import type { RunVerdict } from '#schemas/events/ansible-event.ts';
import type { PlaybookListener, RunSignals } from '../../ports/ansible.ts';
import { judgeRun, newTrace, trace } from './judge-run.ts';
import { stopOnSignal } from './stop-process-group.ts';

/** A process to be run: a path, its arguments, nothing through a shell. */
export interface AnsibleProcess {
  readonly executable: string;
  readonly arguments: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly cwd: string;
}

/**
 * Runs `ansible-playbook` in a process group of its own and tells what happens as it happens: structure from our callback
 * plugin on descriptor 3, words for people from standard output and error. A line of the plugin that cannot be read is
 * passed on as words: a broken plugin must not hide what Ansible does.
 */
export async function runPlaybook(
  { executable, arguments: words, environment, cwd }: AnsibleProcess,
  listener: PlaybookListener,
  signals: RunSignals,
): Promise<{ readonly verdict: RunVerdict; readonly exitCode: number | undefined }> {
  if (signals.stop.aborted || signals.abort.aborted) return { verdict: 'cancelled', exitCode: undefined };
  const child = execa(executable, words, {
    cwd,
    env: environment,
    extendEnv: false,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    buffer: false,
    reject: false,
  });
  const release = child.pid === undefined ? () => undefined : stopOnSignal(child.pid, signals);
  const seen = newTrace();
  const readWords = async (stream: 'stdout' | 'stderr'): Promise<void> => {
    let isNoise = false;
    for await (const raw of child.iterable({ from: stream })) {
      const line = stripVTControlCharacters(raw);
      isNoise = isKnownNoise(line, isNoise);
      if (!isNoise) listener.onLine(line, stream);
    }
  };
  const readEvents = async (): Promise<void> => {
    for await (const line of child.iterable({ from: 'fd3' })) {
      const event = parseCallbackLine(line);
      if (!event) {
        if (line !== '') listener.onLine(stripVTControlCharacters(line), 'stderr');
        continue;
      }
      trace(seen, event);
      listener.onEvent(event);
    }
  };
  try {
    const [result] = await Promise.all([child, readWords('stdout'), readWords('stderr'), readEvents()]);
    const isCancelled = signals.stop.aborted || signals.abort.aborted;
    return { verdict: judgeRun(seen, result.exitCode, isCancelled), exitCode: result.exitCode };
  } finally {
    release();
  }
}

/**
 * Whether a line warns of something that ict does on purpose: a server entry without `count` gives a host and a group of one
 * name, so that `hosts: db`, `groups.db` and `hostvars.db` all mean what a user expects. Ansible breaks its warnings after 79
 * letters, within a name as well: `isAfterNoise` tells that the line before was such a warning.
 */
export const isKnownNoise = (line: string, isAfterNoise = false): boolean =>
  line.startsWith('[WARNING]: Found both group and host with same name:') || (isAfterNoise && /^[\w.-]+$/.test(line));

/** Reads one line of the callback plugin; undefined when it is none, as a broken or foreign plugin writes. */
export function parseCallbackLine(line: string): CallbackEvent | undefined {
  try {
    return callbackEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
