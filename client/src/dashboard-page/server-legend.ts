import type { RenderText } from '#core/text/render-text.ts';
import type { Address } from '#schemas/infra/names.ts';
import type { DashboardServer } from '#schemas/protocol/dashboard.ts';
import { t, tn } from '#schemas/text/text.ts';
import { MOST_LINES } from '../charts/list-charts.ts';
import { drawSwatch } from './dom/draw-swatch.ts';
import { element } from './dom/elements.ts';
import type { PageTheme } from './dom/read-theme.ts';

/** Servers with their line's look, what they are doing, and a box that chooses whether they have a line. */
export function createServerLegend(
  servers: readonly DashboardServer[],
  chosen: readonly Address[],
  { render, theme }: { readonly render: RenderText; readonly theme: PageTheme },
  onChoose: (chosen: readonly Address[]) => void,
): HTMLElement {
  const isFull = chosen.length >= MOST_LINES;
  const items = servers.map(({ address, name, status }, place) => {
    const isChosen = chosen.includes(address);
    const box = element('input', { type: 'checkbox', checked: isChosen, disabled: isFull && !isChosen });
    box.addEventListener('change', () => onChoose(box.checked ? [...chosen, address] : chosen.filter((one) => one !== address)));
    const state = element('span', { class: 'status', 'data-address': address }, status);
    return element('label', {}, box, drawSwatch(place, theme), element('span', { class: 'name' }, name), state);
  });
  const hidden = servers.length - chosen.length;
  const note =
    hidden > 0 && isFull
      ? [
          element(
            'p',
            { class: 'note' },
            render(
              tn(
                hidden,
                '{0} server has no line: {1} at most can be told apart.',
                '{0} servers have no line: {1} at most can be told apart.',
                MOST_LINES,
              ),
            ),
          ),
        ]
      : [];
  const box = element('fieldset', { class: 'servers' }, element('legend', {}, render(t('Servers'))), ...items);
  return element('div', {}, box, ...note);
}
