import type uPlot from 'uplot';
import { type HistoryMark, markKinds } from '../charts/find-marks.ts';
import type { PageTheme } from './read-theme.ts';

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
