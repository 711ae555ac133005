import type { ActualKey } from '#schemas/state/actual.ts';
import type { KeyLedgerEntry } from '#schemas/state/ledger.ts';
import { t } from '#schemas/text/text.ts';
import type { DesiredKey } from '../../infra/desired-state.ts';
import type { Verdict } from '../presence/presence.ts';
import { refuseUnknown } from './describe-doubt.ts';
import { checkIdentity, toDeletable, toPanelFacts } from './panel-facts.ts';
import { addReplacedId, makeChange, makeStep, type Planned } from './planned.ts';

export interface KeyPlanInput {
  readonly desired: DesiredKey;
  /** Remote key recorded for the address, where it still exists. */
  readonly recorded: ActualKey | undefined;
  /** Remote key with the same base64 part, whatever its title. */
  readonly sameBlob: ActualKey | undefined;
  readonly entry: KeyLedgerEntry | undefined;
  /** Whether the recorded key is there; undefined without an entry. */
  readonly verdict: Verdict | undefined;
  readonly confirmedNames: readonly string[];
  /** Who made `sameBlob`: a key of ours that only changed its name in the file stays ours. */
  readonly sameBlobOrigin: KeyLedgerEntry['origin'];
  readonly run: string;
}

/**
 * Plans one public key. Keys are compared by their base64 part: titles are not unique, and the provider may cut the
 * rest of the line (API reference, section 7). A changed key is created anew after the old one of ours was removed; servers
 * keep the keys they were created with.
 */
export function planKey(input: KeyPlanInput): Planned {
  const { desired, recorded, sameBlob, entry, verdict } = input;
  const { blob } = desired.values;
  const nothing = { notes: [], refusals: [] } as const;
  const lostId = entry && verdict?.kind === 'gone' ? entry.id : undefined;
  const create = makeStep('create-key', desired.address, {
    title: desired.title,
    publicKey: desired.publicKey,
    blob,
    ...addReplacedId(entry, lostId),
  });

  if (recorded?.blob === blob)
    return { change: makeChange(desired.address, { remoteId: recorded.id, source: desired.source }), ...nothing };

  if (entry && verdict?.kind === 'unknown') {
    return {
      change: makeChange(desired.address, { source: desired.source }),
      notes: [],
      refusals: [refuseUnknown(desired.address, entry.id, verdict.doubt, desired.source)],
    };
  }

  if (sameBlob) {
    const wanted: KeyLedgerEntry = {
      kind: 'key',
      address: desired.address,
      name: sameBlob.title,
      id: sameBlob.id,
      origin: input.sameBlobOrigin,
      protect: false,
      run: input.run,
      values: { blob },
    };
    return {
      change: makeChange(desired.address, {
        action: 'adopt',
        remoteId: sameBlob.id,
        impacts: ['none'],
        reasons: [t('the account has this key as "{0}"', sameBlob.title)],
        source: desired.source,
        steps: [makeStep('adopt', desired.address, { entry: wanted })],
      }),
      ...nothing,
    };
  }

  if (recorded && entry?.origin === 'created') {
    return {
      change: makeChange(desired.address, {
        action: 'replace',
        remoteId: recorded.id,
        fields: [
          {
            field: 'public_key',
            desired: shorten(blob),
            actual: shorten(recorded.blob),
            recorded: shorten(entry.values.blob),
            origin: entry.values.blob === recorded.blob ? 'file' : 'both',
          },
        ],
        impacts: ['none'],
        reasons: [t('another key stands in the file; servers that exist keep the key they were created with')],
        source: desired.source,
        // The old one first: a run cut off in between must not leave a key that nothing records.
        steps: [makeStep('delete-key', desired.address, { remoteId: recorded.id }), create],
        panel: toPanelFacts(toDeletable('key', recorded)),
      }),
      notes: [],
      refusals: checkIdentity(entry, toDeletable('key', recorded), input.confirmedNames),
    };
  }
  return {
    change: makeChange(desired.address, {
      action: lostId === undefined ? 'create' : 'recreate',
      fields: [{ field: 'public_key', desired: shorten(blob), origin: 'file' }],
      impacts: ['none'],
      reasons: [
        lostId === undefined
          ? t('declared in the file, not in the account')
          : t('recorded as id {0}, which is no longer in the account', lostId),
      ],
      source: desired.source,
      steps: [create],
    }),
    ...nothing,
  };
}

/** The end of a key's base64 part: enough to tell two keys apart. */
const shorten = (blob: string): string => `…${blob.slice(-12)}`;
