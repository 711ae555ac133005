import type { Text } from '#schemas/text/text.ts';

/** How much a diagnostic matters: an error stops an operation, the others do not. */
export type Severity = 'error' | 'warning' | 'info';

/** What is fixed about a diagnostic code. */
export interface CodeInfo {
  readonly severity: Severity;
  /** Short, without the user's values. */
  readonly summary: Text;
  /** Why the rule exists and how to mend it; shown by `ict explain CODE` and behind the code's link in editors. */
  readonly explanation: Text;
}
