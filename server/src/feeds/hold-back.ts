import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { EditedLines } from '../documents/tracked-document.ts';

/** Problems to show now, and new ones that are likely to go with the next letter. */
export interface HeldBack {
  readonly now: readonly Diagnostic[];
  readonly held: readonly Diagnostic[];
}

/** Keeps new problems back that begin on the lines just edited. `shown` are the keys of what stands there already. */
export function holdBack(problems: readonly Diagnostic[], shown: ReadonlySet<string>, edited: EditedLines | undefined): HeldBack {
  if (!edited) return { now: problems, held: [] };
  const isHeld = (problem: Diagnostic): boolean => {
    const line = problem.source?.start.line;
    return line !== undefined && line >= edited.first && line <= edited.last && !shown.has(keyOf(problem));
  };
  const held = problems.filter(isHeld);
  return { now: held.length === 0 ? problems : problems.filter((problem) => !held.includes(problem)), held };
}

/** What problems are known by from edit to edit: their words and places change with every letter. */
export const keysOf = (problems: readonly Diagnostic[]): ReadonlySet<string> => new Set(problems.map(keyOf));

const keyOf = ({ code, address }: Diagnostic): string => `${code} ${address ?? ''}`;
