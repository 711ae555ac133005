import { type Tier, tiers } from './history-layout.ts';

/** How a range of time is shown: steps of a ring, so many of them taken together. */
export interface PickedSteps {
  readonly tier: Tier;
  /** Steps of the ring in one that is shown. */
  readonly together: number;
  /** Length of a step that is shown, and the first and the last one by their numbers since the epoch. */
  readonly stepSeconds: number;
  readonly first: number;
  readonly last: number;
}

/**
 * The finest ring that holds a whole range, else the coarsest, with as many of its steps taken together as are needed to show no
 * more than `mostPoints`. Seconds since the epoch; what is older than the ring is left out.
 */
export function pickSteps(range: { readonly fromSeconds: number; readonly toSeconds: number; readonly mostPoints: number }): PickedSteps {
  const { toSeconds, mostPoints } = range;
  const seconds = toSeconds - range.fromSeconds;
  const tier = tiers.find(({ stepSeconds, slots }) => seconds <= stepSeconds * slots) ?? tiers.at(-1);
  if (!tier) throw new Error('there are no tiers');
  // One slot less than there are: the newest step stands where the oldest one stood.
  const fromSeconds = Math.max(range.fromSeconds, toSeconds - tier.stepSeconds * (tier.slots - 1));
  for (let together = Math.max(1, Math.floor((toSeconds - fromSeconds) / tier.stepSeconds / mostPoints)); ; together++) {
    const stepSeconds = tier.stepSeconds * together;
    const [first, last] = [Math.floor(fromSeconds / stepSeconds), Math.floor(toSeconds / stepSeconds)];
    if (last - first < mostPoints || together > tier.slots) return { tier, together, stepSeconds, first, last };
  }
}
