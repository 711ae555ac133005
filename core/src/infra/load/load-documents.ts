import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { FileReader } from '#core/ports/files.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import { t } from '#schemas/text/text.ts';
import { hideQuotes } from './hide-quotes.ts';
import { readDocument, type InfraDocument } from './infra-document.ts';
import { readText, type Overlay, type ReadFile } from './read-text.ts';

/** The main file and everything it includes. */
export interface LoadedDocuments {
  /** Strongest first: the main file, then later includes before earlier ones, each before what it includes itself. */
  readonly documents: readonly InfraDocument[];
  readonly files: readonly ReadFile[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads the infra file at `path` and the files it includes, also indirectly. Each file is read once. */
export async function loadDocuments(files: FileReader, path: string, overlay?: Overlay): Promise<LoadedDocuments> {
  const loading: Loading = { files, overlay, documents: [], read: [], diagnostics: [], done: new Set() };
  await load(loading, path, 'main', undefined, []);
  return { documents: loading.documents, files: loading.read, diagnostics: loading.diagnostics };
}

/** Reads the files that a document of ours includes, also indirectly. The document itself is not in the answer. */
export async function loadIncludes(files: FileReader, path: string, main: InfraDocument, overlay?: Overlay): Promise<LoadedDocuments> {
  const loading: Loading = { files, overlay, documents: [], read: [], diagnostics: [], done: new Set([path]) };
  await loadIncluded(loading, path, main, []);
  return { documents: loading.documents, files: loading.read, diagnostics: loading.diagnostics };
}

interface Loading {
  readonly files: FileReader;
  readonly overlay: Overlay | undefined;
  readonly documents: InfraDocument[];
  readonly read: ReadFile[];
  readonly diagnostics: Diagnostic[];
  readonly done: Set<string>;
}

async function load(
  loading: Loading,
  path: string,
  role: 'main' | 'included',
  from: SourceRange | undefined,
  chain: readonly string[],
): Promise<void> {
  if (chain.includes(path)) {
    const detail = t('`{0}` is already being read: {1}.', path, [...chain.slice(chain.indexOf(path)), path].join(' → '));
    loading.diagnostics.push(createDiagnostic('include-cycle', { detail, source: from }));
    return;
  }
  if (loading.done.has(path)) return;
  loading.done.add(path);
  const file = await readText(loading.files, path, role, from, loading.overlay);
  if ('code' in file) {
    loading.diagnostics.push(file);
    return;
  }
  loading.read.push(file);
  const document = readDocument(path, file.text, role);
  loading.documents.push(document);
  const said = document.diagnostics;
  loading.diagnostics.push(...(role === 'included' ? said.map((one) => hideQuotes(one, path, file.text)) : said));
  await loadIncluded(loading, path, document, chain);
}

async function loadIncluded(loading: Loading, path: string, document: InfraDocument, chain: readonly string[]): Promise<void> {
  const included = document.value.include ?? [];
  for (const [index, name] of [...included.entries()].reverse()) {
    // Files are read in their order of strength, one after the other: a file that is included twice counts where it is strongest.
    await load(loading, loading.files.resolve(name, path), 'included', document.parsed.locate(['include', index], 'value'), [
      ...chain,
      path,
    ]);
  }
}
