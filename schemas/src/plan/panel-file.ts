import * as z from 'zod';
import { address } from '../infra/names.ts';
import { textSchema } from '../text/text-schema.ts';
import { sourceRange } from './plan.ts';

/** One replacement in a text; an empty range inserts. */
export const fileEdit = sourceRange.extend({ newText: z.string() });
export type FileEdit = z.output<typeof fileEdit>;

/** What `ict drift --as-file --json` prints: the infra file with the values that the panel has, and how it gets there. */
export const panelFile = z.object({
  /** Path of the main infra file. */
  file: z.string(),
  /** Its text with all edits made. */
  text: z.string(),
  /** Edits of the main file and of those it includes, not overlapping, against the texts on the disk. */
  edits: z.array(fileEdit),
  /** What the panel has and no line of the file can say. */
  skipped: z.array(z.object({ address, field: z.string(), text: textSchema })),
});
export type PanelFile = z.output<typeof panelFile>;
