import type { Address } from '#schemas/infra/names.ts';
import type { Note, Refusal } from '#schemas/plan/plan.ts';
import type { ActualServer, ObjectState } from '#schemas/state/actual.ts';
import type { LedgerEntry } from '#schemas/state/ledger.ts';
import { t } from '#schemas/text/text.ts';
import type { Verdict } from '../presence/presence.ts';
import { refuseUnknown } from './describe-doubt.ts';
import { checkIdentity, type Deletable, toPanelFacts } from './panel-facts.ts';
import { makeChange, makeStep, type Planned } from './planned.ts';

export interface RemovedPlanInput {
  readonly entry: LedgerEntry;
  /** Whether its object still exists. */
  readonly verdict: Verdict;
  /** The object; undefined unless it is present. */
  readonly object: (Deletable & { readonly state?: ObjectState | undefined }) | undefined;
  /** Whether another address of the file has taken its object over (a renamed key). */
  readonly isClaimed: boolean;
  /** Names of the panel that the user has confirmed. */
  readonly confirmedNames: readonly string[];
  /** Run of the last deploy to it. */
  readonly lastDeploy: string | undefined;
}

/**
 * Plans a recorded object the file no longer declares: deleted when ict created it, forgotten when it did not. Its record is dropped
 * only when the object is proven to be gone.
 */
export function planRemoved({ entry, verdict, object, isClaimed, confirmedNames, lastDeploy }: RemovedPlanInput): Planned {
  const { address } = entry;
  const nothing = makeChange(address, { remoteId: entry.id });
  if (isClaimed) return { change: nothing, record: { address, entry: null }, notes: [], refusals: [] };
  if (verdict.kind === 'unknown') return { change: nothing, notes: [], refusals: [refuseUnknown(address, entry.id, verdict.doubt)] };
  if (verdict.kind === 'gone' || object === undefined) {
    const text = t('is no longer in the file nor in the account: its record is dropped');
    const note: Note = { code: 'already-gone', level: 'info', address, text };
    return { change: nothing, record: { address, entry: null }, notes: [note], refusals: [] };
  }
  if (object.state === 'deleting') {
    const text = t('is no longer in the file and is being deleted in the cloud: its record stays until it is gone');
    return { change: nothing, notes: [{ code: 'being-deleted', level: 'info', address, text }], refusals: [] };
  }
  if (entry.origin === 'adopted') {
    return {
      change: makeChange(address, {
        action: 'forget',
        remoteId: entry.id,
        impacts: ['none'],
        reasons: [t('no longer in the file; ict did not create it, so it stays in the account')],
        steps: [makeStep('forget', address, {})],
      }),
      notes: [],
      refusals: [],
    };
  }
  const refusals: Refusal[] = entry.protect
    ? [
        {
          kind: 'protected',
          address,
          text: t('{0} is protected and may not be deleted. Put it back into the file, or lift the protection: ict unprotect {0}', address),
        },
      ]
    : checkIdentity(entry, object, confirmedNames);
  return {
    change: makeChange(address, {
      action: 'delete',
      remoteId: entry.id,
      impacts: entry.kind === 'server' ? ['data-loss', 'irreversible'] : entry.kind === 'network' ? ['irreversible'] : ['none'],
      reasons: [t('no longer in the file')],
      steps: [makeStep(`delete-${entry.kind}`, address, { remoteId: entry.id })],
      panel: toPanelFacts(object, lastDeploy),
    }),
    notes: [],
    refusals,
  };
}

/** Under `manage: account` a server that is neither in the file nor recorded is deleted too: the user wrote so. */
export function planUnmanagedServer(server: ActualServer, address: Address): Planned {
  return {
    change: makeChange(address, {
      action: 'delete',
      remoteId: server.id,
      impacts: ['data-loss', 'irreversible'],
      reasons: [t('not in the file, and `manage: account` is set')],
      steps: [makeStep('delete-server', address, { remoteId: server.id })],
      panel: toPanelFacts(server),
    }),
    notes: [],
    refusals: [],
  };
}
