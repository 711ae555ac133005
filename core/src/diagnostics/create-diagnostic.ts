import type { SourceRange } from '#schemas/plan/plan.ts';
import type { Text } from '#schemas/text/text.ts';
import { diagnosticCatalog, type DiagnosticCode } from './catalog.ts';
import type { Diagnostic, Fix } from './diagnostic.ts';

/** What differs between two diagnostics of one code. */
export interface DiagnosticFacts {
  readonly detail: Text;
  readonly source?: SourceRange | undefined;
  readonly address?: string | undefined;
  readonly related?: Diagnostic['related'];
  readonly fixes?: readonly Fix[];
}

/** Makes a diagnostic; severity and summary come from the catalogue. */
export function createDiagnostic(code: DiagnosticCode, facts: DiagnosticFacts): Diagnostic {
  const { severity, summary } = diagnosticCatalog[code];
  return {
    code,
    severity,
    summary,
    detail: facts.detail,
    ...(facts.source ? { source: facts.source } : {}),
    ...(facts.address === undefined ? {} : { address: facts.address }),
    related: facts.related ?? [],
    fixes: facts.fixes ?? [],
  };
}

/** A fix that puts one text in the place of another. */
export const replaceFix = (title: Text, source: SourceRange, newText: string): Fix => ({ title, edits: [{ source, newText }] });
