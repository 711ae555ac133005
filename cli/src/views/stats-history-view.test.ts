import pc from 'picocolors';
import { expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import type { KeptFigure } from '#schemas/metrics/kept-figures.ts';
import type { MetricsHistoryAnswer } from '#schemas/metrics/metrics-history.ts';
import { t } from '#schemas/text/text.ts';
import { renderStatsHistory } from './stats-history-view.ts';

const T0 = Date.UTC(2026, 10, 22, 10) / 1000;
const series = (figure: KeptFigure, values: readonly (number | null)[]) => ({ figure, mean: [...values], highest: [...values] });
const answer = (servers: MetricsHistoryAnswer['servers']): MetricsHistoryAnswer => ({
  kind: 'metrics-history',
  format: 1,
  project: 'shop',
  stepSeconds: 60,
  atSeconds: Array.from({ length: 10 }, (_, index) => T0 + index * 60),
  servers,
  marks: [{ at: '2026-11-22T10:05:30.000Z', kind: 'deploy', text: t('deployed'), servers: ['server.web-1', 'server.web-2'] }],
});
const rising = [0, 0.1, 0.2, 0.3, 0.4, null, 0.6, 0.7, 0.8, 1];
const web = {
  address: 'server.web-1',
  series: [
    series('cpuRatio', rising),
    series('loadRatio', [0.5, 1.5]),
    series(
      'receivedBytesPerSecond',
      rising.map((value) => value && value * 2 ** 20),
    ),
    series('upRatio', [1, 1, 1, 1, 1, 0, 1, 1, 1, 1]),
  ],
} as const;
const mutable = (server: typeof web): MetricsHistoryAnswer['servers'][number] => ({ address: server.address, series: [...server.series] });
const options = { render: createTextRenderer('en'), style: pc.createColors(false), columns: 80, isUnicode: true };

test('one server: every figure with its course, and what was done meanwhile', () => {
  expect(`\n${renderStatsHistory(answer([mutable(web)]), options)}`).toBe(`
2026-11-22 10:00 to 2026-11-22 10:10 UTC
server  figure         course      mean    highest
web-1   cpu            ▁▁▂▃▄ ▅▆▇█  46%     100%
web-1   load per core  ▃█          1.00    1.50
web-1   in/s           ▁▁▂▃▄ ▅▆▇█  466 kB  1.0 MB
web-1   answered       █████▁████  90%     100%
2026-11-22 10:05  deployed: web-1 web-2
`);
});

test('several servers: the main figures; one of which nothing was kept; signs of ASCII', () => {
  const text = renderStatsHistory(
    answer([mutable(web), { address: 'server.new', series: [] }, { ...mutable(web), address: 'server.web-2' }]),
    {
      ...options,
      isUnicode: false,
    },
  );
  expect(text).not.toContain('load');
  expect(text).toContain('new  nothing was kept\n');
  expect(text).toContain('..:-= +*#@');
});

test.each([80, 60, 40])('no line is wider than %i columns', (columns) => {
  const long = { ...mutable(web), address: 'server.a-server-with-a-name-that-goes-on-and-on' as const };
  const wide = answer([
    {
      ...long,
      series: [
        series(
          'cpuRatio',
          Array.from({ length: 500 }, () => 0.5),
        ),
      ],
    },
  ]);
  const table = renderStatsHistory(wide, { ...options, columns })
    .split('\n')
    .slice(1, 3);
  expect(Math.max(...table.map((line) => line.length))).toBeLessThanOrEqual(Math.max(columns, 48));
});
