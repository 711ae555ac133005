import type { Refusal, SourceRange } from '#schemas/plan/plan.ts';
import type { Address } from '#schemas/infra/names.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { PresenceDoubt } from '../presence/presence.ts';

/** Refuses to touch an address of which nobody can tell whether its object is there. */
export const refuseUnknown = (address: Address, id: number, doubt: PresenceDoubt, source?: SourceRange): Refusal => ({
  kind: 'presence-unknown',
  address,
  text: describeDoubt(address, id, doubt),
  ...(source ? { source } : {}),
});

function describeDoubt(address: Address, id: number, doubt: PresenceDoubt): Text {
  switch (doubt.kind) {
    case 'unreadable':
      return t("{0} (id {1}) exists, but the provider's data about it cannot be read. It is left as it is.", address, id);
    case 'not-shown-yet':
      return t(
        '{0} (id {1}) was ordered a short time ago, and the provider does not show it yet. Nothing is created in its place. Run plan again in some minutes, or check the panel.',
        address,
        id,
      );
    case 'unanswered':
      return t(
        "{0} (id {1}) is not in the provider's list, and asking for it by id failed ({2}). It is left as it is, and nothing is created in its place. Run plan again, or check the panel.",
        address,
        id,
        doubt.code,
      );
    default:
      return doubt satisfies never;
  }
}
