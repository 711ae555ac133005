import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '#core/diagnostics/sort-diagnostics.ts';
import { createEntryExpander } from '#core/infra/expand/expand-entry.ts';
import { describeExcess, limitServers } from '#core/infra/expand/limit-servers.ts';
import { readDocument, type InfraDocument } from '#core/infra/load/infra-document.ts';
import { listServers } from '#core/infra/load/list-servers.ts';
import { mergeDocuments } from '#core/infra/load/merge-documents.ts';
import { judgeOpenText } from '#core/infra/load/read-text.ts';
import { runRules } from '#core/infra/rules/all-rules.ts';
import { hideIncluded, listKeyProblems, type Surroundings } from './surroundings.ts';

/** A text that was read as a whole; without a document when it is too large or no text. */
export type TextReading = { readonly document: InfraDocument } | { readonly refused: Diagnostic };

/** Parses a whole text: what chunks cannot do for some files. */
export function readWholeText(file: string, text: string): TextReading {
  const start = { line: 0, character: 0 };
  const refused = judgeOpenText(file, text, new TextEncoder().encode(text).length, { file, start, end: start });
  return refused ? { refused } : { document: readDocument(file, text, 'main') };
}

/** Every problem of a text that was read as a whole. */
export function judgeReading(reading: TextReading, surroundings: Surroundings): readonly Diagnostic[] {
  if ('refused' in reading) return [reading.refused];
  const { document } = reading;
  const merged = mergeDocuments([document, ...surroundings.includes]);
  const { infra, locate } = merged;
  const isReadable = document.value.version !== undefined;
  const { kept, total, firstBeyond } = limitServers(listServers(infra));
  const expand = createEntryExpander(infra, locate);
  const entries = kept.map(([name, entry]) => expand(name, entry));
  return sortDiagnostics(
    [
      ...document.diagnostics,
      ...surroundings.diagnostics,
      ...(firstBeyond === undefined ? [] : [describeExcess(firstBeyond, total, locate(['servers', firstBeyond], 'key'))]),
      ...hideIncluded(
        [...listKeyProblems(merged, surroundings.keys), ...(isReadable ? runRules({ ...merged, entries }) : [])],
        surroundings,
      ),
    ],
    document.parsed.file,
  );
}
