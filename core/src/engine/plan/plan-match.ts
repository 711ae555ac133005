import type { Note, Refusal, SourceRange } from '#schemas/plan/plan.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { refuseUnknown } from './describe-doubt.ts';
import type { Declared, Match } from './match-objects.ts';
import { makeChange, type Planned } from './planned.ts';

/** Why an object is created, and what stood at its address before. */
export interface Creation {
  readonly reason: Text;
  /** Present where the recorded object is lost: then it is a `recreate`. */
  readonly lostId?: number;
}

/** How a kind of object is planned once it is known whether it exists. */
export interface MatchPlanner<Remote> {
  readonly create: (creation: Creation) => Planned;
  readonly compare: (remote: Remote) => Planned;
  /** The object is there and nobody's: it is taken over as it is, or refused. */
  readonly adopt: (remote: Remote, by: 'id' | 'name', lostId: number | undefined) => Planned;
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
      return planner.create({ reason: t('declared in the file, not in the account') });
    case 'lost': {
      const text = t('was deleted outside ict (id {0}): a new, empty one would be created', match.lostId);
      const note: Note = { code: 'object-lost', level: 'warning', address, text, source };
      const reason = t('recorded as id {0}, which is no longer in the account', match.lostId);
      const planned = planner.create({ reason, lostId: match.lostId });
      return { ...planned, notes: [note, ...planned.notes] };
    }
    case 'unknown':
      return { change: makeChange(address, { source }), notes: [], refusals: [refuseUnknown(address, match.id, match.doubt, source)] };
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
    case 'id-taken':
      return refuse(
        'id-not-found',
        t('The object with id {0} is recorded as {1}. One object cannot have two addresses: correct `id:`.', match.id, match.address),
      );
    case 'adopt':
      return planner.adopt(match.remote, match.by, match.lostId);
    case 'recorded':
      return planner.compare(match.remote);
    default:
      return match satisfies never;
  }

  function refuse(kind: Refusal['kind'], text: Text): Planned {
    return { change: makeChange(address, { source }), notes: [], refusals: [{ kind, address, text, source }] };
  }
}
