import { ageMs } from '../ports/clock.ts';
import { isOtherAccount } from '../engine/presence/check-account.ts';
import { matchObjects, recordedIds } from '../engine/plan/match-objects.ts';
import { confirmPresence, type ConfirmedState } from '../engine/presence/confirm-presence.ts';
import { judgePresence, objectKey } from '../engine/presence/presence.ts';
import { type Recovered, replayRuns, type ReplayedRuns, settleRuns } from '../engine/recover/recover-runs.ts';
import type { ExistingObjects } from '../infra/resolve/resolve-entry.ts';
import type { ExpandedInfra } from '../infra/expand/expanded-infra.ts';
import type { ResourceKind } from '#schemas/infra/names.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { Ledger, LedgerEntry } from '#schemas/state/ledger.ts';
import type { StoredJournal } from '../ports/project-store.ts';
import type { OperationContext } from './operation-context.ts';
import type { Project } from './open-project.ts';
import { t } from '#schemas/text/text.ts';

/** What an operation knows of the cloud: read, and proven where something recorded is missing. */
export interface CloudReading extends ConfirmedState {
  readonly recovered: Recovered;
  readonly unfinished: readonly StoredJournal[];
  /** Something was found out about earlier runs that the stored ledger does not say yet. */
  readonly isLedgerStale: boolean;
}

/** How a reading is made. */
export interface ReadCloudOptions {
  /** Whether the catalogue is read: only what makes servers needs it. */
  readonly needsCatalog: boolean;
  /** Whether it may wait for the second reading that settles an old create without an answer. */
  readonly canWait: boolean;
}

/**
 * Reads the account and the records of the project, and finds out what interrupted runs left behind. Changes nothing. Throws
 * `CloudError`, `StorageError`.
 */
export async function readCloud(
  context: OperationContext,
  { store }: Project,
  { needsCatalog, canWait }: ReadCloudOptions,
  signal: AbortSignal,
): Promise<CloudReading> {
  const { cloud, clock, settings } = context;
  const [read, stored, unfinished] = await Promise.all([
    needsCatalog ? cloud.readAll(signal) : cloud.readObjects(signal),
    store.readLedger(),
    store.readUnfinishedJournals(),
  ]);
  const replayed = replayRuns(stored, unfinished);
  const first = await settle(context, replayed, read, false, signal);
  const isDue = [...first.recovered.unsettled.values()].some(({ kind }) => kind === 'due');
  const finish = (settled: typeof first): CloudReading => ({
    ...settled,
    unfinished,
    isLedgerStale: unfinished.length > 0 || stored.unsettled?.length !== settled.recovered.ledger.unsettled?.length,
  });
  if (!canWait || !isDue) return finish(first);
  context.emit({
    kind: 'message',
    level: 'info',
    text: t(
      'A create of an earlier run got no answer. Checking twice, {0} s apart, before sending another.',
      Math.ceil(settings.createRecheckMs / 1000),
    ),
  });
  await clock.sleep(settings.createRecheckMs, signal);
  const again = await cloud.readObjects(signal);
  return finish(await settle(context, replayed, { ...again, catalog: read.catalog }, true, signal));
}

async function settle(
  { cloud, clock, settings }: OperationContext,
  replayed: ReplayedRuns,
  read: ActualState,
  isSecondReading: boolean,
  signal: AbortSignal,
): Promise<Omit<CloudReading, 'unfinished' | 'isLedgerStale'>> {
  const isYoung = ({ unseen }: { readonly unseen?: LedgerEntry['unseen'] }): boolean =>
    unseen !== undefined && ageMs(unseen, clock) < settings.createDoubtMs;
  const entries = Object.values(replayed.ledger.entries);
  const young = new Set(entries.filter(isYoung).map(({ kind, id }) => objectKey(kind, id)));
  const confirmed = await confirmPresence(cloud, entries, read, signal, ({ kind, id }) => young.has(objectKey(kind, id)));
  const recovered = settleRuns(replayed, confirmed.actual, confirmed.presence, {
    ageMs: (create) => ageMs(create, clock),
    doubtMs: settings.createDoubtMs,
    isSecondReading,
    isOtherAccount: isOtherAccount(replayed.ledger, read.account, cloud.endpoint),
  });
  return { ...confirmed, recovered };
}

/** Objects of the file that exist, matched as a plan does it: rules about new objects do not bind them. */
export function findExisting(infra: ExpandedInfra, { actual, presence }: ConfirmedState, ledger: Ledger): ExistingObjects {
  const entries = Object.values(ledger.entries);
  const recorded = (kind: ResourceKind) => recordedIds(entries, kind, (id) => judgePresence(presence, { kind, id }));
  const servers = matchObjects(
    infra.servers.map(({ address, name, entry }) => ({
      address,
      name,
      ...(entry.entry.id === undefined ? {} : { adoptId: entry.entry.id }),
    })),
    actual.servers,
    recorded('server'),
  );
  const networks = matchObjects(infra.networks, actual.networks, recorded('network'));
  return {
    servers: new Map([...servers].flatMap(([address, match]) => ('remote' in match ? [[address, match.remote]] : []))),
    networks: new Map([...networks].flatMap(([address, match]) => ('remote' in match ? [[address, match.remote]] : []))),
  };
}
