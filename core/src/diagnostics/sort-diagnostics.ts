import type { Severity } from './catalog/code-info.ts';
import type { Diagnostic } from './diagnostic.ts';

const RANK: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/**
 * Diagnostics in reading order: by file (the main file first when it is named), then by place, then errors before
 * warnings. Those without a place come first. Equal ones keep their order.
 */
export function sortDiagnostics(diagnostics: readonly Diagnostic[], mainFile?: string): readonly Diagnostic[] {
  return [...diagnostics].sort((a, b) => compareFiles(a, b, mainFile) || comparePlaces(a, b) || RANK[a.severity] - RANK[b.severity]);
}

function compareFiles(a: Diagnostic, b: Diagnostic, mainFile: string | undefined): number {
  const [left, right] = [a.source?.file, b.source?.file];
  if (left === right) return 0;
  if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
  if (left === mainFile || right === mainFile) return left === mainFile ? -1 : 1;
  return left < right ? -1 : 1;
}

function comparePlaces(a: Diagnostic, b: Diagnostic): number {
  if (!a.source || !b.source) return 0;
  return a.source.start.line - b.source.start.line || a.source.start.character - b.source.start.character;
}
