import type { Address } from '#schemas/infra/names.ts';
import { type KeptFigure, keptFigures } from '#schemas/metrics/kept-figures.ts';
import type { FigureTable } from './figure-table.ts';

/**
 * The table as CSV (RFC 4180): one row for each moment and server, so that tools can sort it as they like. Times are UTC,
 * ratios are between 0 and 1, rates in bytes per second; what was not heard is empty. Beside each mean stands the highest within
 * the row's step. Figures that no server has are left out.
 */
export function toCsv(table: FigureTable, servers: readonly { readonly address: Address; readonly name: string }[]): string {
  const figures = keptFigures.filter((figure) => servers.some(({ address }) => table.servers.get(address)?.[figure] !== undefined));
  const lines = table.atSeconds.flatMap((seconds, row) =>
    servers.flatMap(({ address, name }) => {
      const values = figures.flatMap((figure) =>
        [table.servers, table.highest ?? table.servers].map((columns) => columns.get(address)?.[figure]?.[row] ?? null),
      );
      if (values.every((value) => value === null)) return [];
      return [[new Date(seconds * 1000).toISOString(), quote(name), ...values.map(print)].join(',')];
    }),
  );
  return [['time', 'server', ...figures.map(toColumnName).flatMap((name) => [name, `${name}_highest`])].join(','), ...lines, ''].join(
    '\r\n',
  );
}

/** Six digits are more than any figure has, and fewer than a machine's. */
const print = (value: number | null): string => (value === null ? '' : String(Number(value.toPrecision(6))));

const quote = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

const toColumnName = (figure: KeptFigure): string => figure.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
