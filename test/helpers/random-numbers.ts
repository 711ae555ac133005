/** Whole numbers from 0 up to (not including) `below`, the same ones for the same seed. */
export type NextInt = (below: number) => number;

/** Random numbers by Marsaglia's xorshift of 32 bits: enough to choose moments, and repeatable. */
export function randomInts(seed: number): NextInt {
  // Zero is the one state it never leaves; neighbouring seeds are spread.
  let state = Math.imul(seed + 1, 0x9e3779b1) | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}
