import type uPlot from 'uplot';
import { type HistoryMark, markKinds } from '../../charts/find-marks.ts';
import { styleOf } from '../../charts/line-styles.ts';
import type { ChartLine } from '../../charts/list-charts.ts';
import type { PageTheme } from '../dom/read-theme.ts';

/** How faint a peak is beside its line: it is there to be looked for. High contrast has no faint lines. */
const FAINT = 0.45;

/** Draws the highest values of the steps as thin lines over those of the means. Where both are the same nothing is seen of it. */
export function drawPeaks(plot: uPlot, lines: readonly ChartLine[], atSeconds: readonly number[], theme: PageTheme): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.lineWidth = devicePixelRatio;
  ctx.globalAlpha = theme.isHighContrast ? 1 : FAINT;
  ctx.setLineDash([]);
  for (const { peaks, values, style } of lines) {
    if (!peaks?.some((peak, row) => peak !== values[row])) continue;
    ctx.strokeStyle = theme.lines[styleOf(style).colour];
    ctx.beginPath();
    let isDrawing = false;
    for (const [row, peak] of peaks.entries()) {
      const at = atSeconds[row];
      if (peak === null || at === undefined) {
        isDrawing = false;
        continue;
      }
      const [x, y] = [plot.valToPos(at, 'x', true), plot.valToPos(peak, 'y', true)];
      if (isDrawing) ctx.lineTo(x, y);
      else ctx.moveTo(x, y);
      isDrawing = true;
    }
    ctx.stroke();
  }
  ctx.restore();
}

/** Draws what was done as lines from top to bottom, each with the sign of its kind, over the chart. */
export function drawMarks(plot: uPlot, marks: readonly HistoryMark[], theme: PageTheme): void {
  const { ctx, bbox } = plot;
  const scale = devicePixelRatio;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, 0, bbox.width, bbox.top + bbox.height);
  ctx.clip();
  ctx.strokeStyle = theme.text;
  ctx.fillStyle = theme.text;
  ctx.lineWidth = (theme.isHighContrast ? 2 : 1) * scale;
  ctx.setLineDash([2 * scale, 4 * scale]);
  ctx.font = `${11 * scale}px ${theme.font}`;
  ctx.textAlign = 'center';
  for (const { at, kind } of marks) {
    const x = Math.round(plot.valToPos(Date.parse(at) / 1000, 'x', true));
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
    ctx.fillText(markKinds[kind].sign, x, bbox.top - 3 * scale);
  }
  ctx.restore();
}
