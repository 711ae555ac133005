import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { parseYaml } from '#core/infra/parse/parse-yaml.ts';
import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { readInfraFile } from '#core/infra/read-infra-file.ts';
import { createMemoryFiles, type MemoryFile } from '#core/infra/testing/memory-files.ts';
import type { InfraAnalysis } from '../diagnostics/infra-analysis.ts';
import type { InfraDocumentModel } from '../document/infra-document-model.ts';
import { toAbsolute } from '../document/local-range.ts';

/** Path of the edited file in tests. */
export const MODEL_PATH = '/project/infra.yaml';

/** What a model and a fresh reading of its text say, side by side: both halves are to be equal. */
export interface Comparison {
  readonly incremental: { readonly diagnostics: readonly Diagnostic[]; readonly value: unknown; readonly places: readonly string[] };
  readonly full: Comparison['incremental'];
}

/** Reads the text of a model anew and puts it beside the model. */
export async function compareWithFullParse(
  model: InfraDocumentModel,
  analysis: InfraAnalysis,
  others: Readonly<Record<string, MemoryFile>> = {},
): Promise<Comparison> {
  const files = createMemoryFiles(others);
  const { text, state } = model;
  await analysis.refresh(files, (path) => (path === MODEL_PATH ? text : undefined));
  const { diagnostics } = await readInfraFile(files, MODEL_PATH, (path) => (path === MODEL_PATH ? text : undefined));
  const incremental = { diagnostics: analysis.getDiagnostics(), value: undefined, places: [] };
  if (state !== 'sound') return { incremental, full: { diagnostics, value: undefined, places: [] } };
  const parsed = parseYaml(MODEL_PATH, text);
  const paths = listPaths(parsed.value, []);
  const print = (locate: typeof model.locate) => (path: ValuePath) =>
    JSON.stringify([path, toAbsolute(locate(path, 'key')), toAbsolute(locate(path, 'value'))]);
  return {
    incremental: { ...incremental, value: readValue(model), places: paths.map(print(model.locate)) },
    full: { diagnostics, value: parsed.value, places: paths.map(print(parsed.locate)) },
  };
}

function readValue({ index }: InfraDocumentModel): unknown {
  const sections = [...index.sections.values()].map(({ name, head, entries }) => [
    name,
    entries ? Object.fromEntries([...entries].map(([entry, { content }]) => [entry, content.value])) : head.content.value,
  ]);
  return Object.fromEntries(sections) as unknown;
}

/** All paths of a value, and one below each that leads nowhere. */
function listPaths(value: unknown, path: ValuePath): readonly ValuePath[] {
  if (typeof value !== 'object' || value === null) return [path];
  const members = Array.isArray(value) ? value.map((member, index) => [index, member] as const) : Object.entries(value);
  return [path, [...path, 'nowhere'], ...members.flatMap(([key, member]) => listPaths(member, [...path, key]))];
}
