const blocks = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const signs = ['.', ':', '-', '=', '+', '*', '#', '@'];

/**
 * A row of values as `cells` signs, low to high from 0 to `top`; blank where there are none. Several values of a cell are
 * averaged. Without unicode it is drawn with signs of ASCII.
 */
export function renderSparkline(values: readonly (number | null)[], options: { cells: number; top: number; isUnicode: boolean }): string {
  const levels = options.isUnicode ? blocks : signs;
  const cells = Math.min(options.cells, values.length);
  return Array.from({ length: cells }, (_, cell) => {
    const from = Math.floor((cell * values.length) / cells);
    const heard = values.slice(from, Math.floor(((cell + 1) * values.length) / cells)).filter((value) => value !== null);
    if (heard.length === 0) return ' ';
    const mean = heard.reduce((sum, value) => sum + value, 0) / heard.length;
    const level = options.top > 0 ? Math.floor((mean / options.top) * levels.length) : 0;
    return levels[Math.min(levels.length - 1, Math.max(0, level))];
  }).join('');
}
