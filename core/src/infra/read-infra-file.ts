import { hasErrors, type Outcome } from '#core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '#core/diagnostics/sort-diagnostics.ts';
import type { FileReader } from '#core/ports/files.ts';
import { expandInfra } from './expand/expand-infra.ts';
import type { ExpandedInfra } from './expand/expanded-infra.ts';
import { hideQuotes } from './load/hide-quotes.ts';
import { loadDocuments } from './load/load-documents.ts';
import type { Overlay } from './load/read-text.ts';
import { listNamedFiles, lookForFiles, toRuleInput } from './rules/named-files.ts';
import { runAll } from './rules/run-rules.ts';

/** What reading an infra file gave. */
export interface InfraReading extends Outcome<ExpandedInfra | undefined> {
  /** Undefined as soon as there is an error: what is acted upon must be whole, or servers would look deleted. */
  readonly value: ExpandedInfra | undefined;
  /** What could be understood in spite of errors, for hovers and completion only. Never plan from it. */
  readonly partial: ExpandedInfra | undefined;
}

/**
 * Reads an infra file with everything it names: includes, public keys and playbooks. Answers with its expanded meaning, or with
 * every mistake in it, in reading order. Texts that are open in an editor go before those on the disk.
 */
export async function readInfraFile(files: FileReader, path: string, overlay?: Overlay): Promise<InfraReading> {
  const loaded = await loadDocuments(files, path, overlay);
  if (loaded.documents.length === 0) return { value: undefined, partial: undefined, diagnostics: loaded.diagnostics };
  const { expanded, merged, diagnostics: keyProblems } = await expandInfra(files, path, loaded);
  // Without a readable main file every rule would only find everything missing.
  const isReadable = loaded.documents[0]?.value.version !== undefined;
  const seen = await lookForFiles(files, path, isReadable ? listNamedFiles(merged.infra) : [], new Map());
  const rules = isReadable ? runAll(toRuleInput(merged, () => seen)) : [];
  // A value of an included file, such as its `defaults`, may be what a rule finds fault with.
  const included = new Map(loaded.files.filter(({ role }) => role === 'included').map((file) => [file.path, file.text]));
  const said = [...keyProblems, ...rules].map((one) => {
    const text = included.get(one.source?.file ?? '');
    return text === undefined ? one : hideQuotes(one, one.source?.file ?? '', text);
  });
  const diagnostics = sortDiagnostics([...loaded.diagnostics, ...said], path);
  return { value: hasErrors(diagnostics) ? undefined : expanded, partial: expanded, diagnostics };
}
