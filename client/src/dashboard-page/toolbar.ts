import type { RenderText } from '#core/text/render-text.ts';
import { type DashboardRange, dashboardRanges } from '#schemas/protocol/dashboard.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { button, element } from './dom/elements.ts';

const rangeTexts: Readonly<Record<DashboardRange, Text>> = {
  '5m': t('5 min'),
  '1h': t('1 h'),
  '6h': t('6 h'),
  '24h': t('24 h'),
  '7d': t('7 d'),
  '30d': t('30 d'),
};

/** What the user can do with a dashboard. */
export interface ToolbarActions {
  readonly onRange: (range: DashboardRange) => void;
  readonly onTable: (isTable: boolean) => void;
  readonly onSaveCsv: () => void;
  readonly onSavePng: () => void;
}

/** The range as a group of which one is chosen, and what else can be done. */
export function createToolbar(
  state: { readonly range: DashboardRange; readonly isTable: boolean },
  render: RenderText,
  actions: ToolbarActions,
): HTMLElement {
  const ranges = dashboardRanges.map((range) => {
    const radio = element('input', { type: 'radio', name: 'range', value: range, checked: range === state.range });
    radio.addEventListener('change', () => actions.onRange(range));
    return element('label', {}, radio, element('span', {}, render(rangeTexts[range])));
  });
  const table = element('input', { type: 'checkbox', checked: state.isTable });
  table.addEventListener('change', () => actions.onTable(table.checked));
  return element(
    'div',
    { class: 'toolbar' },
    element('fieldset', { class: 'ranges' }, element('legend', {}, render(t('Range of time'))), ...ranges),
    element('label', { class: 'switch' }, table, render(t('Show as table'))),
    element(
      'div',
      { class: 'exports' },
      button(render(t('Save as CSV')), actions.onSaveCsv),
      button(render(t('Save as PNG')), actions.onSavePng),
    ),
  );
}
