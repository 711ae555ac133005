import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '#core/diagnostics/sort-diagnostics.ts';
import { readDocument, type InfraDocument } from '#core/infra/load/infra-document.ts';
import { mergeDocuments } from '#core/infra/load/merge-documents.ts';
import { judgeOpenText } from '#core/infra/load/read-text.ts';
import { toRuleInput, type FilesSeen } from '#core/infra/rules/named-files.ts';
import { runAll } from '#core/infra/rules/run-rules.ts';
import { hideIncluded, listKeyProblems, type Surroundings } from './surroundings.ts';

/** A text that was read as a whole; without a document when it is too large or no text. */
export type TextReading = { readonly document: InfraDocument } | { readonly refused: Diagnostic };

/** Parses a whole text: what chunks cannot do for some files. */
export function readWholeText(file: string, text: string): TextReading {
  const start = { line: 0, character: 0 };
  const refused = judgeOpenText(file, text, new TextEncoder().encode(text).length, { file, start, end: start });
  return refused ? { refused } : { document: readDocument(file, text, 'main') };
}

/** Every problem of a text that was read as a whole. `seen`: the files that it names. */
export function judgeReading(reading: TextReading, surroundings: Surroundings, seen: FilesSeen): readonly Diagnostic[] {
  if ('refused' in reading) return [reading.refused];
  const { document } = reading;
  const merged = mergeDocuments([document, ...surroundings.includes]);
  const isReadable = document.value.version !== undefined;
  return sortDiagnostics(
    [
      ...document.diagnostics,
      ...surroundings.diagnostics,
      ...hideIncluded(
        [...listKeyProblems(merged, surroundings.keys), ...(isReadable ? runAll(toRuleInput(merged, () => seen)) : [])],
        surroundings,
      ),
    ],
    document.parsed.file,
  );
}
