/** A moment and the share used then. */
export interface UsePoint {
  readonly atSeconds: number;
  readonly usedRatio: number;
}

/** Fewer points, or over a shorter time, say nothing about a trend. */
const FEWEST_POINTS = 6;
const SHORTEST_SECONDS = 600;
/** Further than this nobody plans by a straight line. */
const LONGEST_SECONDS = 90 * 86_400;

/**
 * Seconds from the last point until a disk is full, by the straight line that fits the points best; undefined when it does not
 * fill, the line explains less than half of what happened, or it would take months. Points are in the order of time.
 */
export function forecastFull(points: readonly UsePoint[]): number | undefined {
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || points.length < FEWEST_POINTS || last.atSeconds - first.atSeconds < SHORTEST_SECONDS) return undefined;
  const meanAt = mean(points.map(({ atSeconds }) => atSeconds));
  const meanUse = mean(points.map(({ usedRatio }) => usedRatio));
  let [together, time, use] = [0, 0, 0];
  for (const { atSeconds, usedRatio } of points) {
    together += (atSeconds - meanAt) * (usedRatio - meanUse);
    time += (atSeconds - meanAt) ** 2;
    use += (usedRatio - meanUse) ** 2;
  }
  const slope = together / time;
  if (!(slope > 0) || together ** 2 < 0.5 * time * use) return undefined;
  const seconds = Math.max(0, (1 - last.usedRatio) / slope);
  return seconds > LONGEST_SECONDS ? undefined : seconds;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
