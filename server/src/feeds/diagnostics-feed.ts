import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { Clock } from '#core/ports/clock.ts';
import { toUri } from '../documents/document-paths.ts';
import type { DocumentStore } from '../documents/document-store.ts';
import type { EditedLines, TrackedDocument } from '../documents/tracked-document.ts';
import type { Timers } from '../ports/timers.ts';
import { ForeignProblems } from './foreign-problems.ts';
import { holdBack, keysOf } from './hold-back.ts';

/** What an editor is told about one address. */
export interface Publication {
  readonly uri: string;
  /** Of the document, when it is open. */
  readonly version?: number;
  readonly problems: readonly Diagnostic[];
}

export interface DiagnosticsFeedOptions {
  readonly documents: DocumentStore;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Every problem of a document and the files it names; undefined when it was edited meanwhile. */
  readonly judge: (document: TrackedDocument, forget: boolean) => Promise<readonly Diagnostic[] | undefined>;
  /** Open documents that include a document, also indirectly. */
  readonly includersOf: (document: TrackedDocument) => Promise<readonly TrackedDocument[]>;
  readonly publish: (publication: Publication) => void;
  /** Whether the editor asks by itself; then nothing is sent about open documents. */
  readonly isPulled: () => boolean;
  /** Tells an editor that asks by itself that it should. */
  readonly askToPull: () => void;
  readonly onFailed: (document: TrackedDocument, error: unknown) => void;
}

/** Shortest and longest wait after an edit, milliseconds; in between twice what the last judgement took. */
const WAIT_MS = { shortest: 5, longest: 400 } as const;
/** How long a new mistake on the line somebody types in is kept back, milliseconds. */
const HOLD_MS = 200;

interface State {
  callOff: (() => void) | undefined;
  callOffHeld: (() => void) | undefined;
  costMs: number;
  shown: ReadonlySet<string>;
  edited: EditedLines | undefined;
  forget: boolean;
}

/**
 * Keeps the editor's problems up to date. Mended problems go at once; new ones on the line that is being typed in wait a
 * moment, so that half a word does not flash red. Only the current version of a document is spoken about.
 */
export class DiagnosticsFeed {
  readonly #options: DiagnosticsFeedOptions;
  readonly #states = new Map<TrackedDocument, State>();
  readonly #foreign = new ForeignProblems();
  #generation = 0;
  #isDisposed = false;

  constructor(options: DiagnosticsFeedOptions) {
    this.#options = options;
  }

  /** Grows when something outside of the documents has changed: an answer of another generation is out of date. */
  get generation(): number {
    return this.#generation;
  }

  /** A document was opened: its problems are shown without waiting. */
  opened(document: TrackedDocument): void {
    this.#states.set(document, newState());
    // What others said about the file is now its own to say; an editor that asks would show both.
    if (this.#options.isPulled() && this.#foreign.list(document.path).length > 0) {
      this.#options.publish({ uri: toUri(document.path), problems: [] });
    }
    this.#schedule(document, 0);
    this.#wakeLater(document);
  }

  /** A document was edited. */
  changed(document: TrackedDocument, edited: EditedLines | undefined): void {
    const state = this.#stateOf(document);
    state.edited = edited;
    state.callOffHeld?.();
    this.#schedule(document, Math.min(WAIT_MS.longest, Math.max(WAIT_MS.shortest, 2 * state.costMs)));
    this.#wakeLater(document);
  }

  /** A document was closed: nothing is said about it any more, except what other open ones find in it. */
  closed(document: TrackedDocument): void {
    const state = this.#states.get(document);
    state?.callOff?.();
    state?.callOffHeld?.();
    this.#states.delete(document);
    this.#options.publish({ uri: document.uri, problems: [] });
    this.#publishForeign(this.#foreign.remove(document));
    if (this.#foreign.list(document.path).length > 0) this.#publishForeign(new Set([document.path]));
    this.#wakeLater(document);
  }

  /** Something outside has changed: files when `forget` is set, else values. All documents are judged again. */
  refresh(forget: boolean): void {
    this.#generation += 1;
    for (const document of this.#options.documents.all) {
      const state = this.#stateOf(document);
      state.forget ||= forget;
      this.#schedule(document, WAIT_MS.shortest);
    }
    if (this.#options.isPulled()) this.#options.askToPull();
  }

  /** Problems of a document for an editor that asks; undefined when it was edited meanwhile. */
  async pull(document: TrackedDocument): Promise<readonly Diagnostic[] | undefined> {
    const state = this.#stateOf(document);
    const { forget } = state;
    state.forget = false;
    const problems = await this.#options.judge(document, forget);
    if (!problems || !this.#options.documents.has(document)) return undefined;
    return this.#splitForeign(document, problems);
  }

  /** Problems of a document as it is now, for what is done about them; undefined when it was edited meanwhile. */
  problemsOf(document: TrackedDocument): Promise<readonly Diagnostic[] | undefined> {
    return this.#options.judge(document, false);
  }

  /** Forgets every timer. */
  dispose(): void {
    this.#isDisposed = true;
    for (const state of this.#states.values()) {
      state.callOff?.();
      state.callOffHeld?.();
    }
    this.#states.clear();
  }

  #stateOf(document: TrackedDocument): State {
    const known = this.#states.get(document) ?? newState();
    this.#states.set(document, known);
    return known;
  }

  #schedule(document: TrackedDocument, ms: number): void {
    if (this.#options.isPulled() || this.#isDisposed) return;
    const state = this.#stateOf(document);
    state.callOff?.();
    state.callOff = this.#options.timers.after(ms, () => void this.#run(document, state));
  }

  async #run(document: TrackedDocument, state: State): Promise<void> {
    const { clock, documents, judge, onFailed } = this.#options;
    const startedAt = clock.elapsed();
    const { forget } = state;
    const { version } = document;
    state.forget = false;
    try {
      const problems = await judge(document, forget);
      state.costMs = clock.elapsed() - startedAt;
      if (this.#isDisposed) return;
      // Whoever edited it has asked again.
      if (!problems || document.version !== version) state.forget ||= forget;
      else if (documents.has(document)) this.#show(document, state, this.#splitForeign(document, problems));
    } catch (error) {
      onFailed(document, error);
    }
  }

  #show(document: TrackedDocument, state: State, problems: readonly Diagnostic[]): void {
    const { publish, timers } = this.#options;
    const { uri, version } = document;
    const { now, held } = holdBack(problems, state.shown, state.edited);
    state.shown = keysOf(now);
    publish({ uri, version, problems: now });
    state.callOffHeld?.();
    state.callOffHeld = undefined;
    if (held.length === 0) return;
    state.callOffHeld = timers.after(HOLD_MS, () => {
      state.shown = keysOf(problems);
      publish({ uri, version, problems });
    });
  }

  /** Takes the problems of other files out, and shows them where they are. */
  #splitForeign(document: TrackedDocument, problems: readonly Diagnostic[]): readonly Diagnostic[] {
    const own: Diagnostic[] = [];
    const others: Diagnostic[] = [];
    for (const item of problems) (item.source === undefined || item.source.file === document.path ? own : others).push(item);
    this.#publishForeign(this.#foreign.set(document, others));
    return own;
  }

  /** Shows what is wrong with files that are not open. Of an open one, its own judgement tells. */
  #publishForeign(files: ReadonlySet<string>): void {
    for (const file of files) {
      if (this.#options.documents.getByPath(file)) continue;
      this.#options.publish({ uri: toUri(file), problems: this.#foreign.list(file) });
    }
  }

  #wakeLater(document: TrackedDocument): void {
    this.#wakeIncluders(document).catch((error: unknown) => this.#options.onFailed(document, error));
  }

  /** A file with shared definitions speaks to all that include it. */
  async #wakeIncluders(document: TrackedDocument): Promise<void> {
    if (document.model.index.sections.has('project')) return;
    const { documents, includersOf } = this.#options;
    let isWaking = false;
    for (const other of await includersOf(document)) {
      if (other === document || !documents.has(other) || this.#isDisposed) continue;
      isWaking = true;
      this.#stateOf(other).forget = true;
      this.#schedule(other, WAIT_MS.longest);
    }
    if (isWaking && this.#options.isPulled()) this.#options.askToPull();
  }
}

const newState = (): State => ({
  callOff: undefined,
  callOffHeld: undefined,
  costMs: 0,
  shown: new Set(),
  edited: undefined,
  forget: false,
});
