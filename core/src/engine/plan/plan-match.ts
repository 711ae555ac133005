import type { Note, Refusal, SourceRange } from '#schemas/plan/plan.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { Declared, Match } from './match-objects.ts';
import { makeChange, type Planned } from './planned.ts';

/** How a kind of object is planned once it is known whether it exists. */
export interface MatchPlanner<Remote> {
  readonly create: (reason: Text) => Planned;
  /** `isRecorded` false: the object is there and would be adopted. */
  readonly compare: (remote: Remote, isRecorded: boolean) => Planned;
}

/** Plans a declared object by its match. What cannot be matched is refused, and the user is told how to settle it. */
export function planMatch<Remote>(
  declared: Declared & { readonly source: SourceRange },
  match: Match<Remote>,
  planner: MatchPlanner<Remote>,
): Planned {
  const { address, name, source } = declared;
  switch (match.kind) {
    case 'absent':
      return planner.create(t('declared in the file, not in the account'));
    case 'lost': {
      const text = t('was deleted outside ict (it had the id {0}): apply creates it anew', match.lostId);
      const note: Note = { code: 'object-lost', level: 'warning', address, text, source };
      return { ...planner.create(t('recorded as id {0}, which is no longer in the account', match.lostId)), notes: [note] };
    }
    case 'ambiguous': {
      const ids = match.ids.join(', ');
      return refuse(
        'ambiguous-name',
        t('The account has several objects called "{0}" (ids {1}). Name the one you mean with `id:` in its entry.', name, ids),
      );
    }
    case 'id-not-found':
      return refuse(
        'id-not-found',
        t('The account has no such object with id {0}. Correct `id:`, or remove it to create a new one.', match.id),
      );
    case 'adopt':
      return planner.compare(match.remote, false);
    case 'recorded':
      return planner.compare(match.remote, true);
    default:
      return match satisfies never;
  }

  function refuse(kind: Refusal['kind'], text: Text): Planned {
    return { change: makeChange(address, { source }), notes: [], refusals: [{ kind, address, text, source }] };
  }
}
