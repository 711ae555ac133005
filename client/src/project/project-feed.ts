import { EventEmitter, type Event, type Memento } from 'vscode';
import { type ProjectView, projectView, type WatchEvent, type WatchProblem } from '#schemas/events/watch-event.ts';
import type { Cli } from '../operations/cli.ts';
import { type ProjectWatch, startWatch } from './start-watch.ts';

/** What is known of the project of one infra file. */
export interface ProjectState {
  readonly file: string;
  /** The last view, be it of an earlier window. */
  readonly view?: ProjectView;
  /** Why there is no newer one. */
  readonly problem?: WatchProblem;
  /** Nobody has looked yet since the window was opened. */
  readonly isStale: boolean;
}

/** How long processes stay when nobody looks any more, milliseconds: views are often shown again soon. */
const HIDE_MS = 5000;

const cacheKey = (file: string): string => `ict.project.${file}`;

/**
 * Projects of the workspace as the panel has them. While somebody looks, one `ict watch` runs for each infra file; hidden,
 * none does and nothing is asked. The last view of each is kept, so that the first paint needs no network.
 */
export class ProjectFeed {
  readonly #cli: Cli;
  readonly #memory: Memento;
  readonly #changed = new EventEmitter<void>();
  readonly #states = new Map<string, ProjectState>();
  readonly #watches = new Map<string, ProjectWatch>();
  #files: readonly string[] = [];
  #isVisible = false;
  #hiding: NodeJS.Timeout | undefined;

  /** Fires when there are other projects, or one of them has changed. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(cli: Cli, memory: Memento) {
    this.#cli = cli;
    this.#memory = memory;
  }

  /** In the order of the files. */
  get projects(): readonly ProjectState[] {
    return this.#files.map((file) => this.#stateOf(file));
  }

  /** Whether a project has been read since the window was opened: the engine is signed in, by whatever means. */
  get isReading(): boolean {
    return this.projects.some(({ view, isStale }) => view !== undefined && !isStale);
  }

  /** Infra files of the workspace. Processes of files that are gone end. */
  setFiles(files: readonly string[]): void {
    this.#files = files;
    for (const [file, watch] of this.#watches) {
      if (files.includes(file)) continue;
      watch.end();
      this.#watches.delete(file);
      this.#states.delete(file);
    }
    this.#align();
    this.#changed.fire();
  }

  /** Whether anything that shows projects can be seen. */
  setVisible(isVisible: boolean): void {
    clearTimeout(this.#hiding);
    this.#isVisible = isVisible;
    if (isVisible) this.#align();
    else this.#hiding = setTimeout(() => this.#endAll(), HIDE_MS);
  }

  /** Looks again now; with `restart` by new processes, as after a change of account: what was known is of another then. */
  refresh(options: { readonly restart?: boolean } = {}): void {
    if (options.restart !== true) {
      for (const watch of this.#watches.values()) watch.ask();
      return;
    }
    for (const [file, { view }] of this.#states) this.#states.set(file, { file, isStale: true, ...(view ? { view } : {}) });
    this.#endAll();
    this.#align();
    this.#changed.fire();
  }

  dispose(): void {
    clearTimeout(this.#hiding);
    this.#isVisible = false;
    this.#endAll();
    this.#changed.dispose();
  }

  #endAll(): void {
    for (const watch of this.#watches.values()) watch.end();
    this.#watches.clear();
  }

  #stateOf(file: string): ProjectState {
    const known = this.#states.get(file);
    if (known) return known;
    const { data } = projectView.safeParse(this.#memory.get(cacheKey(file)));
    const state: ProjectState = { file, isStale: true, ...(data ? { view: data } : {}) };
    this.#states.set(file, state);
    return state;
  }

  #align(): void {
    if (!this.#isVisible) return;
    for (const file of this.#files) {
      if (this.#watches.has(file)) continue;
      this.#watches.set(
        file,
        startWatch(this.#cli, file, (event) => this.#take(file, event)),
      );
    }
  }

  #take(file: string, event: WatchEvent): void {
    if (event.kind === 'metrics') return;
    const before = this.#stateOf(file);
    const state: ProjectState =
      event.kind === 'project' ? { file, view: event, isStale: false } : { ...before, problem: event, isStale: before.view !== undefined };
    this.#states.set(file, state);
    if (event.kind === 'project') void this.#memory.update(cacheKey(file), event);
    this.#changed.fire();
  }
}
