import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '#core/diagnostics/sort-diagnostics.ts';
import { readDocument } from '#core/infra/load/infra-document.ts';
import { loadIncludes } from '#core/infra/load/load-documents.ts';
import { describeTooLarge, type Overlay } from '#core/infra/load/read-text.ts';
import { t } from '#schemas/text/text.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { FileReader } from '#core/ports/files.ts';
import type { Families } from '../documents/families.ts';
import type { TrackedDocument } from '../documents/tracked-document.ts';
import type { CloudValues } from '../values/cloud-values.ts';
import type { PriceValues } from '../values/price-values.ts';
import type { LiveDiagnostics } from './live-diagnostics.ts';

export interface JudgeOptions {
  readonly files: FileReader;
  readonly overlay: Overlay;
  readonly clock: Clock;
  readonly families: Families;
  readonly cloud: CloudValues;
  readonly prices: PriceValues;
  readonly live: LiveDiagnostics;
  /** Another price table was read. */
  readonly onPrices: () => void;
}

/**
 * Every problem of a document and of the files it names, in reading order. `forget` reads those files again. Undefined
 * when the document was edited meanwhile: whoever edited it asks again.
 */
export async function judgeDocument(
  options: JudgeOptions,
  document: TrackedDocument,
  forget: boolean,
): Promise<readonly Diagnostic[] | undefined> {
  const { families, files, overlay, prices, live, cloud, clock, onPrices } = options;
  const { model, analysis, path, excess } = document;
  if (excess) return [describeTooLarge(path, excess.bytes, atStart(path), excess.isKept ? undefined : REOPEN)];
  const { revision } = model;
  if (!model.index.sections.has('project') && (await families.familyOf(document)).isIncluded) return judgeIncluded(options, document);
  await analysis.refresh(files, overlay, forget);
  const ofPrices = await prices.refresh(document);
  if (ofPrices.isNew) onPrices();
  if (model.revision !== revision) return undefined;
  const more = [...ofPrices.diagnostics, ...live.list(model, cloud.knownCatalog, clock.elapsed())];
  const own = analysis.getDiagnostics();
  return more.length === 0 ? own : sortDiagnostics([...own, ...more], path);
}

/** Of a text far above the limit nothing is kept that edits could change. */
const REOPEN = t('When it is shorter, close it and open it again.');

const atStart = (file: string) => ({ file, start: { line: 0, character: 0 }, end: { line: 0, character: 0 } });

/** A file with definitions for others: it needs no project, and may hold less. */
async function judgeIncluded({ files, overlay }: JudgeOptions, { model, path }: TrackedDocument): Promise<readonly Diagnostic[]> {
  const document = readDocument(path, model.text, 'included');
  const { diagnostics } = await loadIncludes(files, path, document, overlay);
  return sortDiagnostics([...document.diagnostics, ...diagnostics], path);
}
