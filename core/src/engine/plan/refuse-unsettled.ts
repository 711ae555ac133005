import type { Address } from '#schemas/infra/names.ts';
import type { Note, Refusal, SourceRange } from '#schemas/plan/plan.ts';
import { t } from '#schemas/text/text.ts';
import type { UnsettledVerdict } from '../recover/judge-unsettled.ts';

const MS_PER_MINUTE = 60_000;

/**
 * What an unanswered create means for a plan that would create the same object, or no longer wants it: nothing is sent again and nothing
 * is forgotten before it is certain that the first one was not carried out. `unsettled` undefined: there is none.
 */
export function refuseUnsettled(
  address: Address,
  unsettled: UnsettledVerdict | undefined,
  source?: SourceRange,
): { readonly refusals: readonly Refusal[]; readonly notes: readonly Note[] } {
  const place = source === undefined ? {} : { source };
  const refuse = (text: Refusal['text']) => ({ refusals: [{ kind: 'create-unsettled' as const, address, text, ...place }], notes: [] });
  switch (unsettled?.kind) {
    case undefined:
    case 'found':
    case 'never':
      return { refusals: [], notes: [] };
    case 'ambiguous':
      return refuse(
        t(
          'The answer to creating {0} was lost, and several new objects could be it (ids {1}). Add the right one as `id:` to the entry and delete the others in the panel.',
          address,
          unsettled.ids.join(', '),
        ),
      );
    case 'look-alike':
      return refuse(
        t(
          'The answer to creating {0} was lost. The new server "{1}" (id {2}) has the same size, image and data centre. If it is the one, add `id: {2}` to the entry; if not, change or delete it in the panel.',
          address,
          unsettled.name,
          unsettled.id,
        ),
      );
    case 'older':
      return refuse(
        t(
          'The answer to creating {0} was lost. "{1}" (id {2}) appeared since, but other ids show that it is older than the request. If it is yours, add `id: {2}` to the entry; if not, rename or delete it in the panel.',
          address,
          unsettled.name,
          unsettled.id,
        ),
      );
    case 'obscured':
      return refuse(
        t(
          "The answer to creating {0} was lost, and the provider's list is incomplete or has rows that cannot be read: it may be among them. The request is not repeated. Run apply again later.",
          address,
        ),
      );
    case 'too-early':
      return refuse(
        t(
          'The answer to creating {0} was lost. It may still appear, so the request is not repeated for {1} min. Run apply again later: it checks first.',
          address,
          Math.max(1, Math.ceil(unsettled.waitMs / MS_PER_MINUTE)),
        ),
      );
    case 'due': {
      const text = t('an earlier create got no answer and nothing has appeared: apply checks once more before it sends another');
      return { refusals: [], notes: [{ code: 'create-unsettled', level: 'warning', address, text, ...place }] };
    }
    default:
      return unsettled satisfies never;
  }
}
