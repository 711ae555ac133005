import { hasErrors, type Outcome } from '#core/diagnostics/diagnostic.ts';
import type { FileReader } from '#core/ports/files.ts';
import { priceTable, type PriceTable } from '#schemas/infra/prices.ts';
import type { ExpandedInfra } from '../expand/expanded-infra.ts';
import { readText, type Overlay, type ReadFile } from '../load/read-text.ts';
import { parseYaml } from '../parse/parse-yaml.ts';
import { explainValue } from '../validate/explain-value.ts';

/** The price table and the file it stands in. */
export interface PriceReading {
  readonly table: PriceTable;
  readonly file: ReadFile;
}

/** Reads the table that `prices` names; undefined when the file names none. Mistakes are placed in the table's own file. */
export async function readPriceTable(
  files: FileReader,
  expanded: Pick<ExpandedInfra, 'infra' | 'file' | 'locate'>,
  overlay?: Overlay,
): Promise<Outcome<PriceReading | undefined>> {
  const { prices } = expanded.infra;
  if (prices === undefined) return { value: undefined, diagnostics: [] };
  const read = await readText(files, files.resolve(prices, expanded.file), 'included', expanded.locate(['prices'], 'value'), overlay);
  if ('code' in read) return { value: undefined, diagnostics: [read] };
  const parsed = parseYaml(read.path, read.text);
  const result = priceTable.safeParse(parsed.value);
  if (hasErrors(parsed.diagnostics)) return { value: undefined, diagnostics: parsed.diagnostics };
  if (!result.success) return { value: undefined, diagnostics: explainValue(priceTable, parsed.value, [], parsed.locate) };
  return { value: { table: result.data, file: read }, diagnostics: parsed.diagnostics };
}
