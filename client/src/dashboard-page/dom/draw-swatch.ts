import { styleOf } from '../../charts/line-styles.ts';
import { element } from './elements.ts';
import type { PageTheme } from './read-theme.ts';

/** A short piece of the line, as the charts draw it. */
export function drawSwatch(place: number, theme: PageTheme): HTMLCanvasElement {
  const [width, height] = [28, 10];
  const canvas = element('canvas', {
    class: 'swatch',
    width: String(width * devicePixelRatio),
    height: String(height * devicePixelRatio),
    'aria-hidden': 'true',
  });
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.scale(devicePixelRatio, devicePixelRatio);
  const { colour, dash } = styleOf(place);
  context.strokeStyle = theme.lines[colour];
  context.lineWidth = theme.lineWidth;
  context.setLineDash([...dash]);
  context.beginPath();
  context.moveTo(0, height / 2);
  context.lineTo(width, height / 2);
  context.stroke();
  return canvas;
}
