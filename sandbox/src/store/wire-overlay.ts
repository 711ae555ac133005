import * as z from 'zod';

/**
 * How an object's answer differs from what the sandbox would make of it: words, fields and forms of a real account, from a transcript. A
 * field is shown as it was there for as long as the sandbox itself would show the same as at first.
 */
export const wireOverlay = z.record(
  z.string(),
  z.object({
    /** JSON of what the sandbox showed at first; null: it does not matter. */
    was: z.string().nullable(),
    /** Missing: the field is not shown. */
    shown: z.unknown().optional(),
  }),
);
export type WireOverlay = z.output<typeof wireOverlay>;

type Row = Readonly<Record<string, unknown>>;

/** The overlay that makes `view` look like `raw`; undefined when it does already. `ignored` fields stay as the sandbox makes them. */
export const overlayOf = (
  view: Row,
  raw: Row,
  { ignored = [], always = [] }: { ignored?: readonly string[]; always?: readonly string[] } = {},
): WireOverlay | undefined => {
  const fields = [...new Set([...Object.keys(view), ...Object.keys(raw)])].filter((field) => !ignored.includes(field));
  const entries = fields.flatMap((field) => {
    if (jsonOf(view[field]) === jsonOf(raw[field])) return [];
    const was = always.includes(field) ? null : jsonOf(view[field]);
    return [[field, field in raw ? { was, shown: raw[field] } : { was }] as const];
  });
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
};

/** A view with the overlay's fields where they still hold. */
export const applyOverlay = (view: Row, overlay: WireOverlay | undefined): Row => {
  if (overlay === undefined) return view;
  const result: Record<string, unknown> = { ...view };
  for (const [field, { was, ...entry }] of Object.entries(overlay)) {
    if (was !== null && was !== jsonOf(view[field])) continue;
    if ('shown' in entry) result[field] = entry.shown;
    else delete result[field];
  }
  return result;
};

const jsonOf = (value: unknown): string => JSON.stringify(value) ?? '';
