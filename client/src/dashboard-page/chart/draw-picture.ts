import type uPlot from 'uplot';
import type { RenderText } from '#core/text/render-text.ts';
import { styleOf } from '../../charts/line-styles.ts';
import type { Chart } from '../../charts/list-charts.ts';
import type { PageTheme } from '../dom/read-theme.ts';

/** A chart as it is drawn on the page. */
export interface DrawnChart {
  readonly chart: Chart;
  readonly plot: uPlot;
}

/** Heights of the heading of the picture and of a chart, and the width of a name, CSS pixels. */
const [HEAD, CHART_HEAD, MARGIN] = [40, 44, 16];

/** All charts below one another, with their names and what each line is: a PNG in base64. */
export function drawPicture(title: string, charts: readonly DrawnChart[], render: RenderText, theme: PageTheme): string {
  const scale = devicePixelRatio;
  const width = Math.max(...charts.map(({ plot }) => plot.ctx.canvas.width)) + 2 * MARGIN * scale;
  const height = charts.reduce((sum, { plot }) => sum + plot.ctx.canvas.height + CHART_HEAD * scale, HEAD * scale) + MARGIN * scale;
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  if (!context) return '';
  context.fillStyle = theme.background;
  context.fillRect(0, 0, width, height);
  const write = (text: string, x: number, y: number, size: number, colour: string): number => {
    context.font = `${size * scale}px ${theme.font}`;
    context.fillStyle = colour;
    context.fillText(text, x, y);
    return context.measureText(text).width;
  };
  write(title, MARGIN * scale, 26 * scale, 18, theme.text);
  let top = HEAD * scale;
  for (const { chart, plot } of charts) {
    write(render(chart.title), MARGIN * scale, top + 16 * scale, 14, theme.text);
    let left = MARGIN * scale;
    for (const { label, style } of chart.lines) {
      const { colour, dash } = styleOf(style);
      context.strokeStyle = theme.lines[colour];
      context.lineWidth = theme.lineWidth * scale;
      context.setLineDash(dash.map((length) => length * scale));
      context.beginPath();
      context.moveTo(left, top + 32 * scale);
      context.lineTo(left + 24 * scale, top + 32 * scale);
      context.stroke();
      left += 30 * scale;
      left += write(render(label), left, top + 36 * scale, 12, theme.muted) + 16 * scale;
    }
    top += CHART_HEAD * scale;
    context.drawImage(plot.ctx.canvas, MARGIN * scale, top);
    top += plot.ctx.canvas.height;
  }
  return canvas.toDataURL('image/png').replace(/^data:image\/png;base64,/, '');
}
