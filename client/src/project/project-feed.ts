import { EventEmitter, type Event, type Memento } from 'vscode';
import type { ProjectView, WatchEvent, WatchProblem } from '#schemas/events/watch-event.ts';
import type { MetricsStore } from '../metrics/metrics-store.ts';
import type { Cli } from '../operations/cli.ts';
import type * as readProjects from './read-projects.ts';
import type { ProjectWatch } from './start-watch.ts';

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

/** Somebody who looks: the tree, a dashboard. */
export interface Viewer {
  /** The one infra file that is looked at; without it all. */
  readonly file?: string;
  /** Whether what the servers are doing is looked at as well. */
  readonly withMetrics: boolean;
}

interface RunningWatch extends ProjectWatch {
  readonly withMetrics: boolean;
}

/** How long processes stay when nobody looks any more, milliseconds: views are often shown again soon. */
const HIDE_MS = 5000;

const cacheKey = (file: string): string => `ict.project.${file}`;

/**
 * Projects of the workspace as the panel has them. While somebody looks, one `ict watch` runs for each infra file; hidden,
 * none does and nothing is asked, neither the panel nor a server. The last view of each is kept, so that the first paint
 * needs no network. Metrics go to their store and change no project.
 */
export class ProjectFeed {
  readonly #cli: Cli;
  readonly #memory: Memento;
  readonly #metrics: MetricsStore;
  readonly #viewers = new Map<string, Viewer>();
  readonly #changed = new EventEmitter<void>();
  readonly #states = new Map<string, ProjectState>();
  readonly #watches = new Map<string, RunningWatch>();
  #files: readonly string[] = [];
  /** Loaded with the first files: an editor that starts without any needs none of it. */
  #reading: typeof readProjects | undefined;
  #isDisposed = false;
  #hiding: NodeJS.Timeout | undefined;

  /** Fires when there are other projects, or one of them has changed. */
  readonly onDidChange: Event<void> = this.#changed.event;

  constructor(cli: Cli, memory: Memento, metrics: MetricsStore) {
    this.#cli = cli;
    this.#memory = memory;
    this.#metrics = metrics;
  }

  /** In the order of the files. */
  get projects(): readonly ProjectState[] {
    return this.#files.map((file) => this.#stateOf(file));
  }

  /** Whether a project has been read since the window was opened: the engine is signed in, by whatever means. */
  get isReading(): boolean {
    return this.projects.some(({ view, isStale }) => view !== undefined && !isStale);
  }

  /** Infra files of the workspace. Processes of files that are gone end. Resolves when they are known. */
  async setFiles(files: readonly string[]): Promise<void> {
    this.#reading ??= await import('./read-projects.ts');
    if (this.#isDisposed) return;
    this.#files = files;
    for (const [file, watch] of this.#watches) {
      if (files.includes(file)) continue;
      watch.end();
      this.#watches.delete(file);
      this.#states.delete(file);
      this.#metrics.forget(file);
    }
    this.#align();
    this.#changed.fire();
  }

  /** Who looks at what now; undefined for one who looks no more. */
  setViewer(id: string, viewer: Viewer | undefined): void {
    if (viewer) this.#viewers.set(id, viewer);
    else this.#viewers.delete(id);
    this.#align();
    clearTimeout(this.#hiding);
    if (this.#watches.size > 0) this.#hiding = setTimeout(() => this.#prune(), HIDE_MS);
  }

  /** Looks again now; with `restart` by new processes, as after a change of account: what was known is of another then. */
  refresh(options: { readonly restart?: boolean } = {}): void {
    if (options.restart !== true) {
      for (const watch of this.#watches.values()) watch.ask();
      return;
    }
    for (const [file, { view }] of this.#states) this.#states.set(file, { file, isStale: true, ...(view ? { view } : {}) });
    for (const file of this.#files) this.#metrics.forget(file);
    this.#endAll();
    this.#align();
    this.#changed.fire();
  }

  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#hiding);
    this.#viewers.clear();
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
    const data = this.#reading?.projectView.safeParse(this.#memory.get(cacheKey(file))).data;
    const state: ProjectState = { file, isStale: true, ...(data ? { view: data } : {}) };
    this.#states.set(file, state);
    return state;
  }

  /** What somebody wants of a file; undefined: nobody looks. */
  #wantedOf(file: string): { readonly withMetrics: boolean } | undefined {
    const looking = [...this.#viewers.values()].filter((viewer) => viewer.file === undefined || viewer.file === file);
    return looking.length === 0 ? undefined : { withMetrics: looking.some(({ withMetrics }) => withMetrics) };
  }

  /** Starts what is wanted and does not run. */
  #align(): void {
    for (const file of this.#files) {
      const wanted = this.#wantedOf(file);
      const running = this.#watches.get(file);
      if (!wanted || (running && (running.withMetrics || !wanted.withMetrics))) continue;
      running?.end();
      this.#start(file, wanted.withMetrics);
    }
  }

  /** Ends what runs and is not wanted. */
  #prune(): void {
    for (const [file, watch] of this.#watches) {
      const wanted = this.#wantedOf(file);
      if (wanted?.withMetrics === watch.withMetrics) continue;
      watch.end();
      this.#watches.delete(file);
    }
    this.#align();
  }

  #start(file: string, withMetrics: boolean): void {
    const watch = this.#reading?.startWatch(this.#cli, { file, withMetrics }, (event) => this.#take(file, event));
    if (watch) this.#watches.set(file, { ...watch, withMetrics });
  }

  #take(file: string, event: WatchEvent): void {
    if (event.kind === 'metrics') {
      this.#metrics.take(file, event);
      return;
    }
    const before = this.#stateOf(file);
    const state: ProjectState =
      event.kind === 'project' ? { file, view: event, isStale: false } : { ...before, problem: event, isStale: before.view !== undefined };
    this.#states.set(file, state);
    if (event.kind === 'project') {
      this.#metrics.keepOnly(
        file,
        event.servers.map(({ address }) => address),
      );
      void this.#memory.update(cacheKey(file), event);
    }
    this.#changed.fire();
  }
}
