import type { Clock } from '#core/ports/clock.ts';

/** An hour back, and an hour forwards, milliseconds. */
export const HOUR_JUMPS = [-3_600_000, 3_600_000] as const;

/** The same clock on a machine whose wall clock is set by `jumpMs` before every reading of it. */
export function withUnsteadyWall<Base extends Clock>(clock: Base, jumpMs: number): Base {
  let wallMs = clock.now();
  // Not a copy: fields of a fake clock may be getters.
  return Object.create(clock, { now: { value: () => (wallMs += jumpMs), enumerable: true } }) as Base;
}
