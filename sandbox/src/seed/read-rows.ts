import { parseWireDate } from '#schemas/cloud/wire-date.ts';
import { wireBoolean, wireInt } from '#schemas/cloud/wire-values.ts';

/** An object of a transcript's answer: anything may be in it. */
export type Row = Readonly<Record<string, unknown>>;

/** Whether a value is an object. */
export function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list; anything else is left out. */
export function rowsOf(value: unknown): readonly Row[] {
  return Array.isArray(value) ? value.filter(isRow) : [];
}

/** The id of an object, in either spelling. */
export function idOf(row: Row): unknown {
  return row['ID'] ?? row['Id'];
}

/** A whole number, also one in a text; else the fallback. */
export function intOf(value: unknown, fallback: number): number {
  const read = wireInt.safeParse(value);
  return read.success ? read.data : fallback;
}

/** A text, or a number as a text; else `''`. */
export function textOf(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}

/** Whether a value says yes, also in a text. */
export function flagOf(value: unknown): boolean {
  const read = wireBoolean.safeParse(value);
  return read.success && read.data;
}

/** The word if it is one of these, else the fallback. */
export function oneOf<const Word extends string>(words: readonly Word[], value: unknown, fallback: Word): Word {
  return words.find((word) => word === value) ?? fallback;
}

/** A date of the provider in milliseconds since the epoch; undefined when it is none. */
export function dateOf(value: unknown): number | undefined {
  return typeof value === 'string' ? parseWireDate(value).epochMs : undefined;
}
