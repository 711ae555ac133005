import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { Locate } from '#core/infra/parse/position-tree.ts';
import type { Anchor } from './local-range.ts';
import type { PieceRole } from './split-pieces.ts';

/** What stands around a chunk, as far as a parser could notice: whether it is the first of its level, and what follows. */
export interface Frame {
  readonly isFirst: boolean;
  readonly next: 'entry' | 'section' | 'end';
}

/** A mistake of syntax, and the column-0 line inside of the chunk (its offset) under which it stands, if there is one. */
export interface SyntaxError {
  readonly diagnostic: Diagnostic;
  readonly sectionOffset: number | undefined;
}

/**
 * What became of a chunk's text. `sound`: one name and its value. `broken`: not YAML, but what follows is not touched by
 * that. `spilled`: a mistake reaches into the next chunk. `whole`: only the file as a whole can be understood.
 */
export type ChunkContent =
  | { readonly kind: 'blank' }
  | {
      readonly kind: 'sound';
      readonly name: string;
      readonly value: unknown;
      /** Takes whole paths (`['servers', 'web', 'cpu']`) and gives ranges that move with the chunk. */
      readonly locate: Locate;
      /** Warnings of the parser and duplicate keys, with ranges that move with the chunk. */
      readonly warnings: readonly Diagnostic[];
      readonly problems: readonly Diagnostic[];
      /** Filled when first asked for; see `judgeEntry`. */
      verdict?: ChunkVerdict;
    }
  | {
      readonly kind: 'broken';
      readonly errors: readonly SyntaxError[];
      readonly warnings: readonly Diagnostic[];
      /** Offset of the last line that begins in column 0 with a word, if there is one. */
      readonly lastSectionOffset: number | undefined;
    }
  | { readonly kind: 'spilled' | 'whole' };

/** Some lines of the document that are parsed and judged by themselves. */
export interface Chunk {
  readonly role: PieceRole;
  readonly section: string;
  readonly indent: number;
  readonly text: string;
  readonly lineCount: number;
  readonly anchor: Anchor;
  readonly content: ChunkContent;
  /** Undefined where the neighbours cannot matter. */
  readonly frame: Frame | undefined;
}

/** What the schema says about one entry of a section. */
export interface ChunkVerdict {
  /** The entry as the schema gives it out; undefined when it has mistakes. */
  readonly data: unknown;
  /** Secrets that stand in it, then mistakes of form. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A chunk that holds a value. */
export type SoundChunk = Chunk & { readonly content: Extract<ChunkContent, { kind: 'sound' }> };

export const isSound = (chunk: Chunk): chunk is SoundChunk => chunk.content.kind === 'sound';
