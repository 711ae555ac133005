import { judgeEntry } from './chunk-verdict.ts';
import { isSound } from './chunk.ts';
import { InfraDocumentModel } from './infra-document-model.ts';

/** A slice of a text that is parsed and judged in about 10 ms. */
const SLICE_LENGTH = 48 * 1024;

/**
 * Opens a large text without holding everything else up: between slices the caller gets control, and may stop by
 * throwing. The model is the same as one made at once. A text of one slice is opened without a pause.
 */
export async function openInSlices(file: string, text: string, yieldControl: () => Promise<void>): Promise<InfraDocumentModel> {
  let end = endOfSlice(text, 0);
  const model = new InfraDocumentModel(file, text.slice(0, end));
  let judged = judgeFrom(model, 0);
  while (end < text.length) {
    await yieldControl();
    const start = end;
    end = endOfSlice(text, start);
    model.append(text.slice(start, end));
    judged = judgeFrom(model, judged);
  }
  return model;
}

/** A slice ends with a line. */
function endOfSlice(text: string, start: number): number {
  const lineBreak = text.indexOf('\n', start + SLICE_LENGTH);
  return lineBreak < 0 ? text.length : lineBreak + 1;
}

/** Judges entries from one chunk on; the last one may yet change. Gives the number of those that will stay. */
function judgeFrom({ chunks }: InfraDocumentModel, from: number): number {
  const last = Math.max(from, chunks.length - 1);
  for (let at = from; at < last; at += 1) {
    const chunk = chunks[at];
    if (chunk?.role === 'entry' && isSound(chunk)) judgeEntry(chunk);
  }
  return last;
}
