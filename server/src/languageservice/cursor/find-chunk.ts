import type { Chunk } from '../document/chunk.ts';

/** Index of the chunk that holds a line; the last one for lines behind the text, -1 when there is none. */
export function findChunkIndex(chunks: readonly Chunk[], line: number): number {
  let low = 0;
  let high = chunks.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((chunks[middle]?.anchor.line ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return high < 0 ? -1 : low;
}
