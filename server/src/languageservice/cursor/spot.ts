import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import type { ScannedContainer, ScannedMember } from './scanned.ts';

/**
 * What is typed at an offset. `start` and `end` are those of the whole word or text there, quotes included; both are the
 * offset itself where nothing stands yet.
 */
interface Typed {
  readonly start: number;
  readonly end: number;
  readonly quote: '' | '"' | "'";
}

/**
 * A place in scanned lines:
 * - `key`: a key of `container`, or where one may begin. Behind it may stand a colon already.
 * - `open`: the first thing below a key or dash that has no value: a key, a dash or a text. `indent` is its column.
 * - `value`: a text behind a key. `needsSpace`: the colon is right before it.
 * - `item`: a text in a list, or the first key of a mapping in it. `needsDash`: a line where a dash may begin.
 */
export type Spot =
  | (Typed & {
      readonly kind: 'key';
      readonly path: ValuePath;
      readonly container: ScannedContainer;
      readonly hasColon: boolean;
      readonly indent: number;
    })
  | (Typed & { readonly kind: 'open'; readonly path: ValuePath; readonly owner: ScannedMember | undefined; readonly indent: number })
  | (Typed & { readonly kind: 'value'; readonly path: ValuePath; readonly indent: number; readonly needsSpace: boolean })
  | (Typed & {
      readonly kind: 'item';
      readonly path: ValuePath;
      readonly container: ScannedContainer;
      readonly indent: number;
      readonly needsDash: boolean;
    });

/** Watches for one offset while lines are scanned. `-1` watches for nothing. */
export interface SpotWatch {
  readonly offset: number;
  spot: Spot | undefined;
  /** The offset lies in a comment, a block scalar or where nothing can stand. */
  isNowhere: boolean;
}

/** Whether the watched offset touches a range. */
export const touches = ({ offset }: SpotWatch, start: number, end: number): boolean => offset >= start && offset <= end;
