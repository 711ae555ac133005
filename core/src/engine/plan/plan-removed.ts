import type { Address } from '#schemas/infra/names.ts';
import type { Note, Refusal } from '#schemas/plan/plan.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import type { LedgerEntry } from '#schemas/state/ledger.ts';
import { t } from '#schemas/text/text.ts';
import { makeChange, makeStep, type Planned } from './planned.ts';

export interface RemovedPlanInput {
  readonly entry: LedgerEntry;
  /** Whether its object still exists. */
  readonly exists: boolean;
  /** Whether another address of the file has taken its object over (a renamed key). */
  readonly isClaimed: boolean;
}

/** Plans a recorded object the file no longer declares: deleted when ict created it, forgotten when it did not. */
export function planRemoved({ entry, exists, isClaimed }: RemovedPlanInput): Planned {
  const { address } = entry;
  if (!exists || isClaimed) {
    const note: Note = {
      code: 'already-gone',
      level: 'info',
      address,
      text: t('is no longer in the file nor in the account: its record is dropped'),
    };
    return {
      change: makeChange(address, { remoteId: entry.id }),
      record: { address, entry: null },
      notes: isClaimed ? [] : [note],
      refusals: [],
    };
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
    : [];
  return {
    change: makeChange(address, {
      action: 'delete',
      remoteId: entry.id,
      impacts: entry.kind === 'server' ? ['data-loss', 'irreversible'] : entry.kind === 'network' ? ['irreversible'] : ['none'],
      reasons: [t('no longer in the file')],
      steps: [makeStep(`delete-${entry.kind}`, address, { remoteId: entry.id })],
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
    }),
    notes: [],
    refusals: [],
  };
}
