import type { SourceRange } from '#schemas/plan/plan.ts';
import type { Text } from '#schemas/text/text.ts';
import type { DiagnosticCode } from './catalog.ts';
import type { Severity } from './catalog/code-info.ts';

/** A change of the user's text that mends a problem. Applied twice it changes nothing more. */
export interface Fix {
  readonly title: Text;
  readonly edits: readonly { readonly source: SourceRange; readonly newText: string }[];
}

/**
 * A problem in the user's input. `summary` is fixed and short, without the user's values; `detail` says in full
 * sentences what is wrong with which thing, why, and how to mend it.
 */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly summary: Text;
  readonly detail: Text;
  readonly source?: SourceRange;
  /** Address or entry it is about. */
  readonly address?: string;
  readonly related: readonly { readonly source: SourceRange; readonly text: Text }[];
  readonly fixes: readonly Fix[];
}

/** A value together with the problems met on the way; parsing returns this so that half-typed input is normal input. */
export interface Outcome<Value> {
  readonly value: Value;
  readonly diagnostics: readonly Diagnostic[];
}

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean => diagnostics.some((diagnostic) => diagnostic.severity === 'error');
