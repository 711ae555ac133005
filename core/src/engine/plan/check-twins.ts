import type { Address } from '#schemas/infra/names.ts';
import type { Note, Refusal, SourceRange } from '#schemas/plan/plan.ts';
import { t } from '#schemas/text/text.ts';

/** An object of ours with the name it has in the panel. */
export interface ManagedName {
  readonly address: Address;
  readonly name: string;
  readonly remoteId: number;
  /** The user named this id in the file, so knows that there may be another of the name. */
  readonly isNamedById: boolean;
  readonly source: SourceRange;
}

/** An object that may be in the way. */
export interface NamedObject {
  readonly id?: number | undefined;
  readonly name?: string | undefined;
}

/**
 * A managed name that exists twice is refused in every plan, whoever made the second: somebody works with another copy of the project,
 * or a create was carried out twice. `others`: objects that are neither recorded at some address nor adopted by this plan. An entry that
 * names its id only gets a note.
 */
export function checkTwins(
  managed: readonly ManagedName[],
  others: readonly NamedObject[],
): { readonly refusals: readonly Refusal[]; readonly notes: readonly Note[] } {
  const strangers = new Map<string, number[]>();
  for (const { id, name } of others) {
    if (id === undefined || name === undefined) continue;
    const key = name.trim();
    const ids = strangers.get(key);
    if (ids) ids.push(id);
    else strangers.set(key, [id]);
  }
  const refusals: Refusal[] = [];
  const notes: Note[] = [];
  for (const { address, name, remoteId, isNamedById, source } of managed) {
    const twins = (strangers.get(name.trim()) ?? []).filter((id) => id !== remoteId);
    if (twins.length === 0) continue;
    const ids = twins.join(', ');
    if (isNamedById) {
      const text = t('the account has another object called "{0}" (id {1}); it is not touched', name, ids);
      notes.push({ code: 'duplicate-name', level: 'warning', address, text, source });
      continue;
    }
    refusals.push({
      kind: 'duplicate-name',
      address,
      text: t(
        '"{0}" exists more than once: {1} has id {2}, and there is also id {3}. Delete the extra one in the panel, or add `id: {2}` to the entry to keep both.',
        name,
        address,
        remoteId,
        ids,
      ),
      source,
    });
  }
  return { refusals, notes };
}
