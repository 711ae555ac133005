import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { FileReader } from '#core/ports/files.ts';
import { readPublicKey, type KeyReading } from '#core/infra/expand/read-public-key.ts';
import type { InfraDocument } from '#core/infra/load/infra-document.ts';
import { hideQuotes } from '#core/infra/load/hide-quotes.ts';
import { loadIncludes } from '#core/infra/load/load-documents.ts';
import type { MergedInfra } from '#core/infra/load/merge-documents.ts';
import type { Overlay } from '#core/infra/load/read-text.ts';

/** What a document takes from other files, as they were when they were read. */
export interface Surroundings {
  /** Included documents, strongest first. */
  readonly includes: readonly InfraDocument[];
  /** Problems of the included files. */
  readonly diagnostics: readonly Diagnostic[];
  /** Public keys by name and value; see {@link keyOf}. */
  readonly keys: ReadonlyMap<string, KeyReading>;
  /** The main document's part that includes were read for: when it changes, they must be read again. */
  readonly includedBy: unknown;
}

/** No other file is known yet. */
export const noSurroundings: Surroundings = { includes: [], diagnostics: [], keys: new Map(), includedBy: undefined };

/** Name of a public key's reading. */
export const keyOf = (name: string, value: string): string => `${name}\n${value}`;

/** Reads what a document includes. `includedBy` is remembered, to see later whether that is still what was asked. */
export async function readIncludes(
  files: FileReader,
  main: InfraDocument,
  includedBy: unknown,
  overlay: Overlay | undefined,
): Promise<Surroundings> {
  const { documents, diagnostics } = await loadIncludes(files, main.parsed.file, main, overlay);
  return { includes: documents, diagnostics, keys: new Map(), includedBy };
}

/** Reads the public keys of a merged file, those excepted that `known` has already. */
export async function readKeys(
  files: FileReader,
  { infra, locate }: MergedInfra,
  known: Surroundings['keys'],
): Promise<Surroundings['keys']> {
  const readings = await Promise.all(
    Object.entries(infra.ssh_keys ?? {}).map(async ([name, value]) => {
      const key = keyOf(name, value);
      const nameSource = locate(['ssh_keys', name], 'key');
      const valueSource = locate(['ssh_keys', name], 'value');
      return [key, known.get(key) ?? (await readPublicKey(files, { name, value, nameSource, valueSource }))] as const;
    }),
  );
  return new Map(readings);
}

/** Problems of the public keys, where the keys stand now. Keys that are not read yet have none. */
export const listKeyProblems = ({ infra, locate }: MergedInfra, keys: Surroundings['keys']): readonly Diagnostic[] =>
  Object.entries(infra.ssh_keys ?? {}).flatMap(([name, value]) =>
    (keys.get(keyOf(name, value))?.diagnostics ?? []).map((diagnostic) => ({ ...diagnostic, source: locate(['ssh_keys', name], 'value') })),
  );

/**
 * Problems without what they would quote of an included file: for what rules and other readers of the merged file find. What loading the
 * files found is in {@link Surroundings.diagnostics} and hides by itself.
 */
export function hideIncluded(diagnostics: readonly Diagnostic[], { includes }: Surroundings): readonly Diagnostic[] {
  if (includes.length === 0) return diagnostics;
  const texts = new Map(includes.map(({ parsed }) => [parsed.file, parsed.text]));
  return diagnostics.map((one) => {
    const text = texts.get(one.source?.file ?? '');
    return one.source === undefined || text === undefined ? one : hideQuotes(one, one.source.file, text);
  });
}
