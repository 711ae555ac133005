import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { createDuplicateKey } from '#core/infra/parse/yaml-diagnostics.ts';
import type { Chunk } from '../document/chunk.ts';
import { pathOf, type Repetition } from '../document/section-index.ts';

/**
 * What a parser of the whole text would report for a text with broken chunks: of each top-level section the first
 * mistake, and all warnings. The rest of a section's mistakes is most likely the echo of its first.
 */
export function listSyntaxErrors(chunks: readonly Chunk[]): readonly Diagnostic[] {
  const errors: Diagnostic[] = [];
  const seen = new Set<string>();
  let section = 'start';
  for (const [index, { role, content }] of chunks.entries()) {
    if (role === 'head' || role === 'section') section = `${index}:0`;
    if (content.kind !== 'broken') continue;
    for (const { diagnostic, sectionOffset } of content.errors) {
      const place = sectionOffset === undefined ? section : `${index}:${sectionOffset}`;
      if (seen.has(place)) continue;
      seen.add(place);
      errors.push(diagnostic);
    }
    if (content.lastSectionOffset !== undefined) section = `${index}:${content.lastSectionOffset}`;
  }
  return [...errors, ...listWarnings(chunks)];
}

/** Warnings of the parser. */
export function listWarnings(chunks: readonly Chunk[]): readonly Diagnostic[] {
  const warnings: Diagnostic[] = [];
  for (const { content } of chunks) {
    if ((content.kind === 'sound' || content.kind === 'broken') && content.warnings.length > 0) warnings.push(...content.warnings);
  }
  return warnings;
}

/** Names that stand in one section twice, or sections that do; and such keys inside of entries whose values count. */
export function listDuplicates(
  chunks: readonly Chunk[],
  repetitions: readonly Repetition[],
  isLive: (chunk: Chunk) => boolean,
): readonly Diagnostic[] {
  const duplicates: Diagnostic[] = [];
  for (const chunk of chunks) {
    const { content } = chunk;
    if (content.kind === 'sound' && content.problems.length > 0 && isLive(chunk)) duplicates.push(...content.problems);
  }
  for (const { chunk, first } of repetitions) {
    const source = chunk.content.locate(pathOf(chunk), 'key');
    duplicates.push(createDuplicateKey(chunk.content.name, source, first.content.locate(pathOf(first), 'key')));
  }
  return duplicates;
}
