import type { Address } from '#schemas/infra/names.ts';
import type { KeptFigure } from '#schemas/metrics/kept-figures.ts';
import { t, type Text, verbatim } from '#schemas/text/text.ts';
import type { Column, FigureTable } from './figure-table.ts';

/** What the numbers of a chart are: shares, loads of a core, bytes per second. */
export type ChartUnit = 'ratio' | 'load' | 'rate';

export interface ChartLine {
  readonly address: Address;
  readonly figure: KeptFigure;
  readonly label: Text;
  /** Place among the styles: the same server looks the same in every chart. */
  readonly style: number;
  readonly values: Column;
  /** Highest within each row's step, where that is another than its mean. */
  readonly peaks?: Column;
}

export interface Chart {
  readonly id: string;
  readonly title: Text;
  readonly unit: ChartUnit;
  readonly lines: readonly ChartLine[];
}

interface ChartKind {
  readonly id: string;
  readonly title: Text;
  readonly unit: ChartUnit;
  readonly figures: readonly { readonly figure: KeptFigure; readonly label: Text; readonly title?: Text }[];
}

/** The charts in their order. `title` of a figure is that of its own chart, where each server is a line. */
const kinds: readonly ChartKind[] = [
  {
    id: 'cpu',
    title: t('Processor'),
    unit: 'ratio',
    figures: [
      { figure: 'cpuRatio', label: t('processor') },
      { figure: 'iowaitRatio', label: t('waiting for disk'), title: t('Processor waiting for disk') },
    ],
  },
  { id: 'load', title: t('Load per core'), unit: 'load', figures: [{ figure: 'loadRatio', label: t('load') }] },
  {
    id: 'memory',
    title: t('Memory'),
    unit: 'ratio',
    figures: [
      { figure: 'memoryRatio', label: t('memory') },
      { figure: 'swapRatio', label: t('swap'), title: t('Swap') },
    ],
  },
  { id: 'disk', title: t('Fullest disk'), unit: 'ratio', figures: [{ figure: 'diskRatio', label: t('fullest disk') }] },
  {
    id: 'disk-rate',
    title: t('Disk traffic'),
    unit: 'rate',
    figures: [
      { figure: 'readBytesPerSecond', label: t('disk read'), title: t('Disk read') },
      { figure: 'writtenBytesPerSecond', label: t('disk written'), title: t('Disk written') },
    ],
  },
  {
    id: 'network',
    title: t('Network traffic'),
    unit: 'rate',
    figures: [
      { figure: 'receivedBytesPerSecond', label: t('network in'), title: t('Network in') },
      { figure: 'transmittedBytesPerSecond', label: t('network out'), title: t('Network out') },
    ],
  },
  { id: 'up', title: t('Availability'), unit: 'ratio', figures: [{ figure: 'upRatio', label: t('answering') }] },
];

export interface ChartServer {
  readonly address: Address;
  readonly name: string;
  /** Place among all servers of the dashboard. */
  readonly place: number;
}

/** Of one server the figures that belong together share a chart; of several each figure has its own, with a line for each server. */
export function listCharts(table: FigureTable, servers: readonly ChartServer[], isGroup: boolean): readonly Chart[] {
  const columnsOf = (address: Address, figure: KeptFigure): Pick<ChartLine, 'values' | 'peaks'> | undefined => {
    const values = table.servers.get(address)?.[figure];
    const peaks = table.highest?.get(address)?.[figure];
    return values && { values, ...(peaks ? { peaks } : {}) };
  };
  return kinds.flatMap(({ id, title, unit, figures }): readonly Chart[] => {
    if (!isGroup) {
      const lines = servers.flatMap(({ address }) =>
        figures.flatMap(({ figure, label }, style) => {
          const columns = columnsOf(address, figure);
          return columns ? [{ address, figure, label, style, ...columns }] : [];
        }),
      );
      return lines.length > 0 ? [{ id, title, unit, lines }] : [];
    }
    return figures.flatMap(({ figure, title: own }) => {
      const lines = servers.flatMap(({ address, name, place }) => {
        const columns = columnsOf(address, figure);
        return columns ? [{ address, figure, label: verbatim(name), style: place, ...columns }] : [];
      });
      return lines.length > 0 ? [{ id: `${id}-${figure}`, title: own ?? title, unit, lines }] : [];
    });
  });
}

/** More lines than this cannot be told apart. */
export const MOST_LINES = 8;

/** The servers whose processors were busiest, as many as fit, in the order given. */
export function pickBusiest(table: FigureTable, addresses: readonly Address[]): readonly Address[] {
  const loadOf = (address: Address): number => {
    const known = (table.servers.get(address)?.cpuRatio ?? []).filter((value) => value !== null);
    return known.length === 0 ? -1 : known.reduce((sum, value) => sum + value, 0) / known.length;
  };
  const loads = addresses.map((address) => ({ address, load: loadOf(address) }));
  const busiest = new Set(
    loads
      .sort((left, right) => right.load - left.load)
      .slice(0, MOST_LINES)
      .map(({ address }) => address),
  );
  return addresses.filter((address) => busiest.has(address));
}
