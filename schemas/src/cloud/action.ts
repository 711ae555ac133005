import * as z from 'zod';
import { orAbsent, wireInt, withUpperCaseId } from './wire-values.ts';

/**
 * The provider's asynchronous operation on a server, as `/server/{id}/action` and PUT `/server/{id}` answer it. `ID`, `Type` and
 * `State` are documented [doc]; the dates may be missing, null or a zero date while it runs [client, inferred].
 */
export const wireAction = z.preprocess(
  withUpperCaseId,
  z.looseObject({
    ID: wireInt,
    /** `Create`, `Resize`, `PowerOn`, `PowerOff`, `PowerReboot` [client]; other words are likely and stay as they came. */
    Type: orAbsent(z.string()),
    /** `InProgress`, `Completed`, `Postponed` [doc]. No failure state is known; see {@link readActionState}. */
    State: z.string(),
    StartDate: orAbsent(z.string()),
    EndDate: orAbsent(z.string()),
  }),
);
export type WireAction = z.output<typeof wireAction>;

/** Answer of GET `/server/{id}/action`: newest first [client, inferred]. */
export const wireActions = z.array(wireAction);

/** What an action's state means for one who waits. */
export type ActionOutcome = 'running' | 'done' | 'failed';

const failureWords = /^(?:failed|failure|fail|error|canceled|cancelled|rejected|aborted)$/i;

/**
 * `Completed` is done; words like `Failed`, `Error`, `Canceled` are a failure although none was ever seen [inferred]; everything
 * else, known (`InProgress`, `Postponed`) or not, is still running until the caller's patience ends.
 */
export const readActionState = (state: string): ActionOutcome => {
  if (/^completed$/i.test(state.trim())) return 'done';
  return failureWords.test(state.trim()) ? 'failed' : 'running';
};
