import { type KeptFigure, keptFigures } from '#schemas/metrics/kept-figures.ts';
import type { FigureSeries } from '#schemas/metrics/metrics-history.ts';
import { SLOT_BYTES } from './history-layout.ts';
import type { PickedSteps } from './pick-steps.ts';
import { decodeSlot } from './slot.ts';

/**
 * Every figure of one server over the steps, from the bytes of a whole ring; those never heard are left out. Steps taken together
 * are averaged by how often a value was heard in each.
 */
export function readSeries(ring: Buffer, { tier, together, first, last }: PickedSteps): FigureSeries[] {
  const count = last - first + 1;
  const series = new Map<KeptFigure, { readonly mean: (number | null)[]; readonly highest: (number | null)[]; readonly heard: number[] }>();
  const of = (figure: KeptFigure) => {
    const known = series.get(figure) ?? {
      mean: Array.from({ length: count }, () => null),
      highest: Array.from({ length: count }, () => null),
      heard: Array.from({ length: count }, () => 0),
    };
    series.set(figure, known);
    return known;
  };
  for (let index = 0; index < count; index++) {
    for (let part = 0; part < together; part++) {
      const step = (first + index) * together + part;
      const at = (step % tier.slots) * SLOT_BYTES;
      for (const [figure, value] of decodeSlot(ring.subarray(at, at + SLOT_BYTES), step)?.values ?? []) {
        const { mean, highest, heard } = of(figure);
        const [known, before] = [mean[index] ?? 0, heard[index] ?? 0];
        heard[index] = before + value.count;
        mean[index] = known + ((value.mean - known) * value.count) / (before + value.count);
        highest[index] = Math.max(highest[index] ?? Number.NEGATIVE_INFINITY, value.highest);
      }
    }
  }
  return keptFigures.flatMap((figure) => {
    const found = series.get(figure);
    return found ? [{ figure, mean: found.mean.map(round), highest: found.highest.map(round) }] : [];
  });
}

/** Five digits say all there is to say, and an answer for a hundred servers stays small. */
const round = (value: number | null): number | null => (value === null ? null : Number(value.toPrecision(5)));
