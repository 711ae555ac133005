import type { FieldChange, Note, Refusal, SourceRange } from '#schemas/plan/plan.ts';
import type { LedgerEntry } from '#schemas/state/ledger.ts';
import { t } from '#schemas/text/text.ts';
import type { Address } from '#schemas/infra/names.ts';
import { makeChange, makeStep, type Planned } from './planned.ts';

/** An object that is nobody's and would be taken over. */
export interface Adoption {
  readonly address: Address;
  /** The panel's name. */
  readonly name: string;
  readonly remoteId: number;
  /** How it was found. A name proves nothing: what then differs is somebody else's until the user says otherwise. */
  readonly by: 'id' | 'name';
  readonly fields: readonly FieldChange[];
  /** What the ledger would record. */
  readonly entry: LedgerEntry;
  readonly source: SourceRange;
  readonly notes: readonly Note[];
}

/**
 * Takes an existing object over. That changes nothing in the cloud, ever: its plan has no other step, and what differs is what the next
 * plan would change. Found by its name alone it must not differ in anything the file manages.
 */
export function planAdoption(adoption: Adoption): Planned {
  const { address, name, remoteId, by, fields, entry, source, notes } = adoption;
  if (by === 'name' && fields.length > 0) {
    const names = fields.map(({ field }) => field).join(', ');
    const refusal: Refusal = {
      kind: 'name-taken',
      address,
      text: t(
        'The account already has "{0}" (id {1}), which ict did not create and which differs in {2}. To adopt it as it is, add `id: {1}` to its entry; otherwise choose another name.',
        name,
        remoteId,
        names,
      ),
      source,
    };
    return { change: makeChange(address, { remoteId, fields: [...fields], source }), notes, refusals: [refusal] };
  }
  return {
    change: makeChange(address, {
      action: 'adopt',
      remoteId,
      fields: [...fields],
      impacts: ['none'],
      reasons: [
        by === 'id' ? t('the file names its id; it is adopted as it is') : t('it exists and matches the file; it is adopted as it is'),
        ...(fields.length > 0 ? [t('the differences are for the next plan')] : []),
      ],
      source,
      steps: [makeStep('adopt', address, { entry })],
    }),
    notes,
    refusals: [],
  };
}
