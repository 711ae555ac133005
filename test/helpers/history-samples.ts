import type { Address } from '#schemas/infra/names.ts';
import type { KeptFigure } from '#schemas/metrics/kept-figures.ts';
import type { MetricsHistoryAnswer } from '#schemas/metrics/metrics-history.ts';

type Values = readonly (number | null)[];

/** A history with these means, by server and figure. */
export const testHistory = (
  atSeconds: readonly number[],
  servers: Readonly<Record<Address, Readonly<Partial<Record<KeptFigure, Values>>>>> = {},
  more: Partial<MetricsHistoryAnswer> = {},
): MetricsHistoryAnswer => ({
  kind: 'metrics-history',
  format: 1,
  project: 'shop',
  stepSeconds: 60,
  atSeconds: [...atSeconds],
  servers: Object.entries(servers).map(([address, figures]) => ({
    address: address as Address,
    series: Object.entries(figures).map(([figure, mean]) => ({ figure: figure as KeptFigure, mean: [...mean], highest: [...mean] })),
  })),
  marks: [],
  ...more,
});
