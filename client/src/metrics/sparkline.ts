const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'] as const;
/** As wide as a block in most fonts; an ordinary space at the end of a text is not shown. */
const GAP = '\u2007';

/** Shares between 0 and 1 as a row of bars; what is not known is a gap. */
export const drawSparkline = (ratios: readonly (number | undefined)[]): string =>
  ratios.map((ratio) => (ratio === undefined ? GAP : blocks[Math.min(blocks.length - 1, Math.floor(ratio * blocks.length))])).join('');
