import type { ChildProcess } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Event, EventEmitter } from 'vscode';
import type { OperationEvent } from '#schemas/events/operation-event.ts';
import type { Cli } from './cli.ts';
import { endByProcess, type ProcessEnd } from './end-operation.ts';
import type { EventTail, tailEvents as TailEvents } from './event-tail.ts';
import { isProcessOf } from './find-process.ts';
import type { OperationFiles, OperationFolder } from './operation-folder.ts';
import { newOperation, type OperationState } from './operation-state.ts';
import { reduceEvent } from './reduce-event.ts';

/** An operation that runs or has run: `ict apply`, `ict deploy` … */
export interface Operation {
  readonly id: string;
  /** As the user asked for it: "Apply web". */
  readonly title: string;
  readonly file: string;
  /** Command line without the program. */
  readonly words: readonly string[];
  readonly state: OperationState;
  /** It was asked to stop and goes on with what it had begun. */
  readonly isStopping: boolean;
}

/** An operation whose process has been started. */
export interface StartedOperation {
  readonly id: string;
  /** Resolves when its process has ended, however; it never rejects. */
  readonly ended: Promise<Operation>;
}

/** Is told each event of each operation, for the output channels. */
export type OperationListener = (operation: Operation, event: OperationEvent) => void;

interface Entry {
  operation: Operation;
  readonly files: OperationFiles;
  tail: EventTail | undefined;
  /** The process, when this window started it. */
  child?: ChildProcess;
  /** The user asked it to stop. */
  isCancelled: boolean;
  /** Events that are not told to the listener yet: an earlier window has told them if the operation is over. */
  withheld: OperationEvent[] | undefined;
  /** Looks for the process of an earlier window. */
  timer?: NodeJS.Timeout;
}

/** How often the process of an earlier window is looked for, milliseconds. */
const ALIVE_MS = 1000;

/**
 * Operations as processes of their own. Each writes its events to a file, so it survives a reload of the window and is found
 * again; this class starts, follows and stops them, and decides nothing.
 */
export class Operations {
  readonly #cli: Cli;
  readonly #folder: OperationFolder;
  readonly #listener: OperationListener;
  readonly #changed = new EventEmitter<Operation>();
  readonly #entries = new Map<string, Entry>();
  #isDisposed = false;

  /** Fires when an operation has begun, has gone on, or has ended. */
  readonly onDidChange: Event<Operation> = this.#changed.event;

  constructor(cli: Cli, folder: OperationFolder, listener: OperationListener) {
    this.#cli = cli;
    this.#folder = folder;
    this.#listener = listener;
  }

  /** Newest first; ids begin with the time. */
  get list(): readonly Operation[] {
    return [...this.#entries.values()].map(({ operation }) => operation).sort((a, b) => (a.id < b.id ? 1 : -1));
  }

  get(id: string): Operation | undefined {
    return this.#entries.get(id)?.operation;
  }

  /** Starts one; the engine's own lock sees to it that a project has one at a time. Rejects when its files cannot be made. */
  async start(title: string, file: string, words: readonly string[]): Promise<StartedOperation> {
    const startedAt = new Date().toISOString();
    const id = `${startedAt.replace(/[-:.]/g, '')}-${Math.random().toString(36).slice(2, 8)}`;
    const files = await this.#folder.create({ id, words: [...words], file, title, startedAt });
    // Loaded with the first operation: it knows every event there is.
    const { tailEvents } = await import('./event-tail.ts');
    const output = await open(files.output, 'a', 0o600);
    try {
      const child = this.#cli.startDetached([...words, '--events', files.events], { cwd: dirname(file), output });
      const entry = this.#follow(files, false, tailEvents);
      entry.child = child;
      const ended = new Promise<Operation>((resolve) => {
        const finish = (end: ProcessEnd): void => void this.#settle(entry, end).then(() => resolve(entry.operation));
        child.once('exit', (exitCode, signal) => finish({ exitCode, signal }));
        child.once('error', () => finish({ exitCode: 1, signal: null }));
      });
      return { id, ended };
    } finally {
      await output.close();
    }
  }

  /** Finds operations of earlier windows; those still running are followed. */
  async restore(): Promise<void> {
    const earlier = await this.#folder.list();
    if (earlier.length === 0) return;
    const { tailEvents } = await import('./event-tail.ts');
    for (const files of earlier) {
      if (this.#isDisposed) return;
      if (this.#entries.has(files.note.id)) continue;
      const entry = this.#follow(files, true, tailEvents);
      await entry.tail?.read().catch(() => undefined);
      this.#tellWithheld(entry);
      await this.#settleWhenGone(entry);
    }
  }

  /** Resolves when an operation has ended, whichever window has started it; never for one that nobody knows. */
  whenEnded(id: string): Promise<Operation> {
    return new Promise((resolve) => {
      const look = (operation: Operation | undefined): void => {
        if (operation?.id !== id || operation.state.status === 'running') return;
        subscription.dispose();
        resolve(operation);
      };
      const subscription = this.#changed.event(look);
      look(this.get(id));
    });
  }

  /** Asks it to stop as Ctrl-C does: running steps finish, nothing new starts. A second time it leaves at once. */
  cancel(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry || entry.operation.state.status !== 'running') return;
    // Its own number is known before the first event is.
    const pid = entry.child?.pid ?? entry.operation.state.pid;
    if (pid === undefined) return;
    entry.isCancelled = true;
    try {
      process.kill(pid, 'SIGINT');
    } catch {
      void this.#settleWhenGone(entry);
      return;
    }
    if (entry.operation.isStopping) return;
    entry.operation = { ...entry.operation, isStopping: true };
    this.#changed.fire(entry.operation);
  }

  /** What it wrote for people beside its events: the words of a failure. */
  async readOutput(id: string): Promise<string> {
    const entry = this.#entries.get(id);
    return entry ? readFile(entry.files.output, 'utf8').catch(() => '') : '';
  }

  /** Follows nothing any more. The processes go on. */
  dispose(): void {
    this.#isDisposed = true;
    for (const { tail, timer } of this.#entries.values()) {
      tail?.dispose();
      clearTimeout(timer);
    }
    this.#changed.dispose();
  }

  #follow(files: OperationFiles, isEarlier: boolean, tailEvents: typeof TailEvents): Entry {
    const { id, title, file, words } = files.note;
    const entry: Entry = {
      operation: { id, title, file, words, state: newOperation(words[0] ?? '', file), isStopping: false },
      files,
      tail: undefined,
      isCancelled: false,
      withheld: isEarlier ? [] : undefined,
    };
    this.#entries.set(id, entry);
    entry.tail = tailEvents(files.events, (events) => this.#take(entry, events));
    // One of an earlier window is shown as soon as it is known how it stands.
    if (!isEarlier) this.#changed.fire(entry.operation);
    return entry;
  }

  #take(entry: Entry, events: readonly OperationEvent[]): void {
    if (this.#isDisposed) return;
    this.#update(entry, events.reduce(reduceEvent, entry.operation.state));
    if (entry.withheld) entry.withheld.push(...events);
    else for (const event of events) this.#listener(entry.operation, event);
  }

  /** What an operation has said so far belongs into the channels of this window only while it still runs. */
  #tellWithheld(entry: Entry): void {
    const events = entry.withheld ?? [];
    entry.withheld = undefined;
    if (entry.operation.state.status === 'running') for (const event of events) this.#listener(entry.operation, event);
  }

  #update(entry: Entry, state: OperationState): void {
    if (entry.operation.state === state) return;
    entry.operation = { ...entry.operation, state, isStopping: entry.operation.isStopping && state.status === 'running' };
    if (state.status !== 'running') entry.tail?.dispose();
    if (!this.#isDisposed) this.#changed.fire(entry.operation);
  }

  /** The process is gone; what it wrote last may not have been read yet. */
  async #settle(entry: Entry, end: ProcessEnd): Promise<void> {
    await entry.tail?.read().catch(() => undefined);
    this.#update(entry, endByProcess(entry.operation.state, end, entry.isCancelled));
  }

  /** An operation of an earlier window is watched by its process number alone. */
  async #settleWhenGone(entry: Entry): Promise<void> {
    const { state } = entry.operation;
    if (this.#isDisposed || state.status !== 'running') return;
    const isThere = state.pid !== undefined && (await isProcessOf(state.pid, entry.files.note.id, entry.files.note.startedAt));
    if (!isThere) await this.#settle(entry, { exitCode: null, signal: null });
    else if (!this.#isDisposed) entry.timer = setTimeout(() => void this.#settleWhenGone(entry), ALIVE_MS);
  }
}
