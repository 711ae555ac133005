import { keptFigures } from '#schemas/metrics/kept-figures.ts';

/** A ring of equal steps. */
export interface Tier {
  readonly stepSeconds: number;
  readonly slots: number;
}

const HOUR = 3600;
const DAY = 24 * HOUR;

/** From fine to coarse: 6 hours, 2 days, 30 days, 90 days. */
export const tiers: readonly Tier[] = [
  { stepSeconds: 15, slots: (6 * HOUR) / 15 },
  { stepSeconds: 60, slots: (2 * DAY) / 60 },
  { stepSeconds: 15 * 60, slots: (30 * DAY) / (15 * 60) },
  { stepSeconds: HOUR, slots: (90 * DAY) / HOUR },
];

/** First bytes of a file, with the version of its layout. */
export const MAGIC = 'ict-metrics-1\n';
export const HEADER_BYTES = 64;

/**
 * Bytes of a slot: checksum, number of the step since the epoch, then for each figure how many values there were (u16), their
 * mean and the highest (f32).
 */
export const SLOT_BYTES = 8 + keptFigures.length * 10;

/** Size of a server's file, always. */
export const FILE_BYTES = HEADER_BYTES + tiers.reduce((sum, { slots }) => sum + slots * SLOT_BYTES, 0);

/** Where a step of a tier stands in the file. */
export function placeOf(tier: Tier, step: number): number {
  const before = tiers.slice(0, tiers.indexOf(tier)).reduce((sum, { slots }) => sum + slots * SLOT_BYTES, 0);
  return HEADER_BYTES + before + (step % tier.slots) * SLOT_BYTES;
}
