import type { ObjectState } from '#schemas/state/actual.ts';
import { done, waitFor, type Verdict } from '#core/cloud/polling/verdict.ts';
import { CloudError } from '#core/ports/cloud-provider.ts';

/** The object, or `vanished`. `name` says which it is, such as `server 12`. */
export function requirePresent<Found>(name: string, found: Found | undefined): Found {
  if (found === undefined) throw new CloudError('vanished', `${name} does not exist any more`);
  return found;
}

/** What a look at a new object means for whoever waits for it to be `active`. Throws `CloudError` when it never will be. */
export function judgeNew<Found extends { readonly state: ObjectState; readonly rawState: string }>(
  name: string,
  found: Found | undefined,
): Verdict<Found> {
  const present = requirePresent(name, found);
  const { rawState, state } = present;
  switch (state) {
    case 'active':
      return done(present);
    case 'need-money':
      throw new CloudError('need-money', `${name} waits for money`, { providerMessage: rawState });
    case 'blocked':
      throw new CloudError('blocked', `${name} is blocked`, { providerMessage: rawState });
    case 'deleted':
      throw new CloudError('vanished', `${name} was deleted`, { providerMessage: rawState });
    case 'new':
    case 'deleting':
    case 'other':
      return waitFor(rawState);
    default:
      return state satisfies never;
  }
}
