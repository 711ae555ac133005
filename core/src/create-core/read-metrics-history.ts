import { dirname, resolve } from 'node:path';
import { type Address, splitAddress } from '#schemas/infra/names.ts';
import { METRICS_HISTORY_FORMAT, type MetricsHistoryAnswer } from '#schemas/metrics/metrics-history.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { readInfraFile } from '../infra/read-infra-file.ts';
import { selectAddresses } from '../infra/targets/select-addresses.ts';
import { TargetError } from '../operations/make-plan.ts';
import { systemClock } from '../platform/clock.ts';
import { nodeFileReader } from '../platform/node-file-reader.ts';
import type { Clock } from '../ports/clock.ts';
import type { FileReader } from '../ports/files.ts';
import { openProjectStore } from '../storage/open-project-store.ts';
import { openProjectMetrics } from './create-metrics.ts';
import { listMarks } from '../operations/metrics/list-marks.ts';
import { openHistory } from './open-history.ts';

export interface MetricsHistoryRequest {
  /** Path of the infra file. */
  readonly file: string;
  /** Reads that file and what it names; without it from anywhere. */
  readonly files?: FileReader;
  /** Addresses, entries, groups or globs; empty: every server that the file or the ledger names. */
  readonly selectors: readonly string[];
  /** How far back. */
  readonly sinceSeconds: number;
  /** At most so many steps, at least 2. */
  readonly mostPoints: number;
}

/** What was kept of a project's servers, or why the file does not tell which project it is. */
export type MetricsHistoryReading =
  | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'read'; readonly history: MetricsHistoryAnswer };

/**
 * Reads what was kept of servers, and what was done to them meanwhile. Needs no token, no network and no lock: servers are those
 * of the file and of the ledger. A file with mistakes will do as long as it names the project. Throws `TargetError`, `StorageError`.
 */
export async function readMetricsHistory(request: MetricsHistoryRequest, clock: Clock = systemClock): Promise<MetricsHistoryReading> {
  const { file, selectors } = request;
  const { value, partial, diagnostics } = await readInfraFile(request.files ?? nodeFileReader, file);
  const expanded = value ?? partial;
  const project = expanded?.infra.project;
  if (!expanded || project === undefined) return { kind: 'invalid', diagnostics };
  const folder = dirname(resolve(file));
  const ledger = await openProjectStore(folder, project, clock).readLedger();
  const recorded = Object.values(ledger.entries).filter(({ kind }) => kind === 'server');
  const servers = [...new Set([...expanded.servers, ...recorded].map(({ address }) => address))];
  // A file that cannot be read names neither servers nor, for certain, its project.
  if (!value && servers.length === 0) return { kind: 'invalid', diagnostics };
  const chosen = choose(expanded.groups, servers, selectors);
  const nowMs = clock.now();
  const range = { fromSeconds: nowMs / 1000 - request.sinceSeconds, toSeconds: nowMs / 1000, mostPoints: request.mostPoints };
  const [kept, marks] = await Promise.all([
    openProjectMetrics(folder, project, clock).history.read(chosen, range),
    listMarks(openHistory(folder, project), range.fromSeconds * 1000),
  ]);
  const isChosen = new Set(chosen);
  return {
    kind: 'read',
    history: {
      kind: 'metrics-history',
      format: METRICS_HISTORY_FORMAT,
      project,
      ...kept,
      marks: marks.filter((mark) => mark.servers.some((address) => isChosen.has(address))),
    },
  };
}

/** Sorted as people count: `web-2` before `web-10`. */
function choose(
  groups: Readonly<Record<string, readonly Address[]>>,
  servers: readonly Address[],
  selectors: readonly string[],
): readonly Address[] {
  const known = { groups, servers: servers.map((address) => ({ address })), networks: [], keys: [] };
  const { addresses, problems } = selectAddresses(known, selectors);
  if (problems.length > 0) throw new TargetError(problems.map(({ detail }) => detail));
  const nameOf = (address: Address): string => splitAddress(address).name;
  return [...(selectors.length === 0 ? servers : addresses)].sort((left, right) =>
    nameOf(left).localeCompare(nameOf(right), 'en', { numeric: true }),
  );
}
