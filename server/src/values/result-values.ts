import { type Clock, wallAgeMs } from '#core/ports/clock.ts';
import type { HistorySummary, ReadHistory } from '#core/ports/history.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t, tn, type Text } from '#schemas/text/text.ts';
import type { LastResult } from '#server/languageservice/values/known-values.ts';
import { timeToNextAge } from '#server/languageservice/values/describe-age.ts';
import type { Timers } from '../ports/timers.ts';
import type { ProjectPlace } from './project-place.ts';

export interface ResultValuesOptions {
  readonly read: ReadHistory;
  readonly clock: Clock;
  readonly timers: Timers;
  /** There are other results, or their ages are to be told in other words. */
  readonly onChanged: () => void;
}

/** Runs that are looked at: the last one of an entry is seldom older. */
const LIMIT = 20;
/** How long a reading is good for where nobody tells of changes, milliseconds. */
const FRESH_MS = 5000;

interface Known {
  readonly place: ProjectPlace;
  readonly results: readonly LastResult[];
  /** Moment of the monotonic clock. */
  readonly readAtMs: number;
  readonly isReading: boolean;
  /** Something changed while it was being read. */
  readonly isOld: boolean;
}

/** How the last operations on projects ended, from their histories. Asking never waits. */
export class ResultValues {
  readonly #options: ResultValuesOptions;
  readonly #known = new Map<string, Known>();
  #isAwaiting = false;

  constructor(options: ResultValuesOptions) {
    this.#options = options;
  }

  /** What is known of a project, newest first; has it read again when that is a while ago. */
  resultsOf(place: ProjectPlace): readonly LastResult[] {
    const key = JSON.stringify(place);
    const known = this.#known.get(key) ?? { place, results: [], readAtMs: -Infinity, isReading: false, isOld: false };
    if (!known.isReading && this.#options.clock.elapsed() - known.readAtMs >= FRESH_MS) void this.#read(key, known);
    this.#awaitAge(known.results);
    return known.results;
  }

  /** A history may have changed: what somebody has asked about is read now, and told when it differs. */
  renew(): void {
    for (const [key, known] of this.#known) {
      // A reading under way may have passed the new entry already.
      if (known.isReading) this.#known.set(key, { ...known, isOld: true });
      else void this.#read(key, known);
    }
  }

  /** Who has asked shows the age; nobody is told unless somebody has asked since. */
  #awaitAge(results: readonly LastResult[]): void {
    if (results.length === 0 || this.#isAwaiting) return;
    this.#isAwaiting = true;
    const now = this.#options.clock.now();
    this.#options.timers.after(Math.min(...results.map(({ finishedAtMs }) => timeToNextAge(wallAgeMs(finishedAtMs, now)))), () => {
      this.#isAwaiting = false;
      this.#options.onChanged();
    });
  }

  async #read(key: string, before: Known): Promise<void> {
    const { place } = before;
    this.#known.set(key, { ...before, isReading: true, isOld: false });
    const history = await this.#options.read(place.folder, place.project, LIMIT);
    const results = history.flatMap((record) => toLastResult(record) ?? []);
    const isOld = this.#known.get(key)?.isOld === true;
    this.#known.set(key, { place, results, readAtMs: this.#options.clock.elapsed(), isReading: false, isOld: false });
    if (isOld) void this.#read(key, { place, results, readAtMs: -Infinity, isReading: false, isOld: false });
    if (JSON.stringify(results) !== JSON.stringify(before.results)) this.#options.onChanged();
  }
}

/** A run as a lens shows it; undefined for operations that lenses do not speak of. */
export function toLastResult({ command, finishedAt, exitCode, isFinished, plan, result, deploy }: HistorySummary): LastResult | undefined {
  if (isFinished === false) return undefined;
  if (deploy) {
    const bad = deploy.hosts.filter(({ outcome }) => outcome !== 'ok').length;
    return {
      operation: 'deploy',
      targets: deploy.isLimited ? deploy.hosts.map(({ address }) => address) : undefined,
      finishedAtMs: Date.parse(finishedAt),
      exitCode,
      summary: bad > 0 ? tn(bad, 'failed on {0} host', 'failed on {0} hosts') : tn(deploy.hosts.length, '{0} host', '{0} hosts'),
    };
  }
  const operation = /\b(plan|apply|deploy)\b/.exec(command)?.[1] as LastResult['operation'] | undefined;
  if (!operation) return undefined;
  const changed = plan.changes.filter(({ action }) => action !== 'no-op');
  return {
    operation,
    targets: plan.selection === undefined ? undefined : plan.changes.map((change) => change.address),
    finishedAtMs: Date.parse(finishedAt),
    exitCode,
    summary: summarize(exitCode, changed.length, result.failed.length),
  };
}

function summarize(exitCode: number, changes: number, failed: number): Text {
  if (exitCode === exitCodes.interrupted) return t('interrupted');
  if (failed > 0) return tn(failed, '{0} step failed', '{0} steps failed');
  return tn(changes, '{0} change', '{0} changes');
}
