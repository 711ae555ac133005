import { type Tier, tiers } from './history-layout.ts';

/** The finest tier that holds a whole range in no more steps than can be shown; else the coarsest. Seconds. */
export function pickTier(range: { readonly fromSeconds: number; readonly toSeconds: number; readonly mostPoints: number }): Tier {
  const seconds = range.toSeconds - range.fromSeconds;
  const [finest, ...coarser] = tiers;
  if (!finest) throw new Error('there are no tiers');
  return (
    [finest, ...coarser].find(({ stepSeconds, slots }) => seconds <= stepSeconds * slots && seconds / stepSeconds <= range.mostPoints) ??
    coarser.at(-1) ??
    finest
  );
}
