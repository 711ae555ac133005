import type { Text } from '#schemas/text/text.ts';
import type { Severity } from './diagnostic.ts';

/** What is fixed about a diagnostic code. */
export interface CodeInfo {
  readonly severity: Severity;
  /** Short, without the user's values. */
  readonly summary: Text;
  /** Why the rule exists and how to mend it; shown by `ict explain CODE` and behind the code's link in editors. */
  readonly explanation: Text;
}
