import type { Candidates } from './find-created.ts';
import type { CreatedObject } from './step-entry.ts';

/** What is known of a create whose answer never came. */
export type UnsettledVerdict =
  /** Its object was found. */
  | { readonly kind: 'found'; readonly object: CreatedObject }
  /** Several new objects could be it: a person must say which. */
  | { readonly kind: 'ambiguous'; readonly ids: readonly number[] }
  /** A new object has its hardware, image and data centre, but another name: a person must say whether it is the one. */
  | { readonly kind: 'look-alike'; readonly id: number; readonly name: string }
  /** An object of its name shows that no list had shown, and that is older than others that were: a person must say whether it is the one. */
  | { readonly kind: 'older'; readonly id: number; readonly name: string }
  /** Nothing is there, but the list lacks objects or has rows that cannot be read: it may be among them. */
  | { readonly kind: 'obscured' }
  /** Nothing is there, but it was sent too short a time ago to tell. */
  | { readonly kind: 'too-early'; readonly waitMs: number }
  /** Nothing is there after a long time; a second reading must say so too. */
  | { readonly kind: 'due' }
  /** It was never carried out: long ago, and two readings apart show nothing. */
  | { readonly kind: 'never' };

/** Judges one create. `doubtMs`: how old it must be before its absence means anything; `isObscured`: it never does in this list. Pure. */
export function judgeUnsettled(
  { byName, lookAlikes, older }: Candidates,
  ageMs: number,
  { doubtMs, isSecondReading, isObscured }: { readonly doubtMs: number; readonly isSecondReading: boolean; readonly isObscured: boolean },
): UnsettledVerdict {
  const [first, second] = byName;
  if (first && second) return { kind: 'ambiguous', ids: byName.map(({ id }) => id) };
  if (first) return { kind: 'found', object: first };
  const [hidden] = older;
  if (hidden) return { kind: 'older', id: hidden.id, name: hidden.name };
  const [alike] = lookAlikes;
  if (alike && lookAlikes.length > 1) return { kind: 'ambiguous', ids: lookAlikes.map(({ id }) => id) };
  if (alike) return { kind: 'look-alike', id: alike.id, name: alike.name };
  if (ageMs < doubtMs) return { kind: 'too-early', waitMs: doubtMs - ageMs };
  if (isObscured) return { kind: 'obscured' };
  return isSecondReading ? { kind: 'never' } : { kind: 'due' };
}
