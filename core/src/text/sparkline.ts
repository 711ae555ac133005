/** Signs of a row of bars, from low to high, and the one for what is not known. */
export interface BarSigns {
  readonly levels: readonly string[];
  readonly gap: string;
}

/** The gap is as wide as a block in most fonts; an ordinary space at the end of a text is not shown. */
const blocks: BarSigns = { levels: ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'], gap: '\u2007' };
/** In a terminal all signs are as wide. */
export const terminalBars: BarSigns = { ...blocks, gap: ' ' };
/** For terminals without blocks. */
export const asciiBars: BarSigns = { levels: ['.', ':', '-', '=', '+', '*', '#', '@'], gap: ' ' };

/** Shares between 0 and 1 as a row of bars; what is not known is a gap. Shares beyond are drawn as the nearest end. */
export const drawSparkline = (ratios: readonly (number | undefined)[], { levels, gap }: BarSigns = blocks): string =>
  ratios
    .map((ratio) => (ratio === undefined ? gap : levels[Math.min(levels.length - 1, Math.max(0, Math.floor(ratio * levels.length)))]))
    .join('');

/** Values as at most so many shares of `top`, each the mean of what was known in its part of the row. */
export function toBars(values: readonly (number | null)[], count: number, top: number): readonly (number | undefined)[] {
  const bars = Math.min(count, values.length);
  return Array.from({ length: bars }, (_, bar) => {
    const part = values.slice(Math.floor((bar * values.length) / bars), Math.floor(((bar + 1) * values.length) / bars));
    const known = part.filter((value) => value !== null);
    if (known.length === 0) return undefined;
    return top > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length / top : 0;
  });
}
