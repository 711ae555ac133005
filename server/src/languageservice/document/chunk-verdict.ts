import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { checkSecrets } from '#core/infra/validate/check-secrets.ts';
import { explainValue } from '#core/infra/validate/explain-value.ts';
import { kindOf } from '#core/infra/validate/schema-kind.ts';
import { infraFile, type InfraFile } from '#schemas/infra/infra-file.ts';
import type * as z from 'zod';
import type { ChunkVerdict, SoundChunk } from './chunk.ts';

/** Judges an entry by itself, once for each chunk: what the whole file's schema would say about it is the same. */
export const judgeEntry = (chunk: SoundChunk): ChunkVerdict => (chunk.content.verdict ??= judge(chunk));

function judge({ section, text, content }: SoundChunk): ChunkVerdict {
  const { name, value, locate } = content;
  const entries = toEntries(name, value);
  const secrets = checkSecrets({ file: '', text, value: { [section]: entries }, locate, diagnostics: [] });
  const schema: z.ZodType | undefined = infraFile.shape[section as keyof InfraFile];
  const kind = schema && kindOf(schema);
  if (!schema || kind?.kind !== 'record') return { data: undefined, diagnostics: secrets };
  const result = kind.value.safeParse(value);
  if (result.success && kind.key.safeParse(name).success) return { data: result.data, diagnostics: secrets };
  const mistakes = explainValue(schema, entries, [section], locate).filter((mistake) => !isSaid(mistake, secrets));
  return { data: undefined, diagnostics: [...secrets, ...mistakes] };
}

/**
 * A section with one entry. An object without a prototype: of thousands of ordinary ones with a name each the engine
 * would remember a shape each.
 */
export function toEntries<Value>(name: string, value: Value): Record<string, Value> {
  const entries = Object.create(null) as Record<string, Value>;
  entries[name] = value;
  return entries;
}

/** The same place is not complained about twice. */
const isSaid = (mistake: Diagnostic, said: readonly Diagnostic[]): boolean =>
  said.some((other) => JSON.stringify(mistake.source) === JSON.stringify(other.source));
