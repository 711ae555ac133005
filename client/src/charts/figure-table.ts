import type { Address } from '#schemas/infra/names.ts';
import type { KeptFigure } from '#schemas/metrics/kept-figures.ts';
import type { MetricsHistoryAnswer } from '#schemas/metrics/metrics-history.ts';
import type { DashboardRange, MetricPoint } from '#schemas/protocol/dashboard.ts';

/** Values in the order of the rows; null where nothing was heard. */
export type Column = readonly (number | null)[];

/** Columns by server and figure. */
export type FigureColumns = ReadonlyMap<Address, Readonly<Partial<Record<KeptFigure, Column>>>>;

/** What servers did over a range of time: rows of moments, ascending, and columns by server and figure. */
export interface FigureTable {
  /** Seconds since the epoch. */
  readonly atSeconds: readonly number[];
  /** Means of the rows' steps. */
  readonly servers: FigureColumns;
  /** Highest values within the steps: a short peak is nothing in the mean of an hour. Absent: the same as the means. */
  readonly highest?: FigureColumns;
}

/** How far back a range goes, seconds. */
export const rangeSeconds: Readonly<Record<DashboardRange, number>> = {
  '5m': 300,
  '1h': 3600,
  '6h': 21_600,
  '24h': 86_400,
  '7d': 604_800,
  '30d': 2_592_000,
};

/** Looks of several servers that come within this time make one row, seconds: they are never at the same moment. */
export const LIVE_STEP = 5;
/** So long a look stands for what follows it, seconds: three looks at the usual pace. Longer silence is a gap. */
export const HOLD = 15;

export interface TableSources {
  readonly range: DashboardRange;
  readonly nowSeconds: number;
  /** Undefined while it is being read. */
  readonly history: MetricsHistoryAnswer | undefined;
  /** What was heard in this window, oldest first. */
  readonly live: ReadonlyMap<Address, readonly MetricPoint[]>;
}

/**
 * Joins what was kept with what was heard since. The history has its own steps; after its last value come the live looks, in
 * steps of {@link LIVE_STEP}. Silence stays a gap.
 */
export function buildFigureTable({ range, nowSeconds, history, live }: TableSources): FigureTable {
  const from = nowSeconds - rangeSeconds[range];
  const kept = history ? trimHistory(history, from, nowSeconds) : { rows: [], endSeconds: from };
  const recent = new Map(
    [...live].map(([address, points]) => [
      address,
      new Map(
        points
          .filter(({ atSeconds }) => atSeconds >= kept.endSeconds && atSeconds <= nowSeconds + LIVE_STEP)
          .map((point) => [toRow(point.atSeconds), point]),
      ),
    ]),
  );
  const liveRows = withGaps(
    [...new Set([...recent.values()].flatMap((byRow) => [...byRow.keys()]))].sort((a, b) => a - b),
    kept,
  );
  const atSeconds = [...kept.rows.map(({ at }) => at), ...liveRows];
  const keptSeries = new Map(history?.servers.map(({ address, series }) => [address, series]));
  const heardOf = new Map(
    [...new Set([...keptSeries.keys(), ...live.keys()])].map((address) => [
      address,
      holdPoints(liveRows, recent.get(address) ?? new Map()),
    ]),
  );
  const toColumns = (kind: 'mean' | 'highest'): FigureColumns =>
    new Map(
      [...heardOf].map(([address, heard]) => {
        const known = keptSeries.get(address) ?? [];
        const figures = new Set([
          ...known.map(({ figure }) => figure),
          ...heard.flatMap((values) => Object.keys(values ?? {}) as KeptFigure[]),
        ]);
        const columns = [...figures].map((figure) => {
          const values = known.find((series) => series.figure === figure)?.[kind];
          return [
            figure,
            [...kept.rows.map(({ index }) => values?.[index] ?? null), ...heard.map((values) => values?.[figure] ?? null)],
          ] as const;
        });
        return [address, Object.fromEntries(columns)] as const;
      }),
    );
  return { atSeconds, servers: toColumns('mean'), highest: toColumns('highest') };
}

interface KeptRows {
  /** Steps of the history with their place in its columns. */
  readonly rows: readonly { readonly at: number; readonly index: number }[];
  /** From here on only live looks count. */
  readonly endSeconds: number;
}

/** The steps from the first moment on, up to the last one with a value. */
/** Steps after the present were stored before the clock was set back: they would hide what comes in until the clock is there again. */
function trimHistory({ atSeconds, stepSeconds, servers }: MetricsHistoryAnswer, from: number, nowSeconds: number): KeptRows {
  const last = atSeconds.findLastIndex((_, index) =>
    servers.some(({ series }) => series.some(({ mean }) => typeof mean[index] === 'number')),
  );
  const rows = atSeconds.slice(0, last + 1).flatMap((at, index) => (at >= from && at <= nowSeconds ? [{ at, index }] : []));
  const end = rows.at(-1);
  return { rows, endSeconds: end ? Math.min(end.at + stepSeconds, nowSeconds) : from };
}

const toRow = (seconds: number): number => Math.floor(seconds / LIVE_STEP) * LIVE_STEP;

/** A row without values wherever the silence between two is too long, so that no line is drawn through it. */
function withGaps(rows: readonly number[], { rows: kept, endSeconds }: KeptRows): readonly number[] {
  return rows.flatMap((row, index) => {
    const before = index > 0 ? rows[index - 1] : kept.length > 0 ? endSeconds : undefined;
    return before !== undefined && row - before > HOLD ? [before + HOLD, row] : [row];
  });
}

/** What stands in each row: its own look, or the one before while that still counts. */
function holdPoints(rows: readonly number[], byRow: ReadonlyMap<number, MetricPoint>): readonly (MetricPoint['values'] | undefined)[] {
  let last: { readonly row: number; readonly values: MetricPoint['values'] } | undefined;
  return rows.map((row) => {
    const own = byRow.get(row);
    if (own) last = { row, values: own.values };
    return last && row - last.row < HOLD ? last.values : undefined;
  });
}

/** Lowest, mean and highest of what is known, and the newest value; undefined for a column without any. `peaks` are the highest of each row. */
export interface ColumnSummary {
  readonly newest: number | undefined;
  readonly lowest: number;
  readonly mean: number;
  readonly highest: number;
}

export function summarizeColumn(column: Column, peaks: Column = column): ColumnSummary | undefined {
  const known = column.filter((value) => value !== null);
  if (known.length === 0) return undefined;
  return {
    newest: column.at(-1) ?? undefined,
    lowest: known.reduce((left, right) => Math.min(left, right)),
    mean: meanOf(known),
    highest: highestOf(peaks.filter((value) => value !== null)),
  };
}

/** Rows whose value stands between two gaps: no line leads there, so that it needs a point to be seen. */
export const findLoneRows = (column: Column): readonly number[] =>
  column.flatMap((value, row) => (value !== null && (column[row - 1] ?? null) === null && (column[row + 1] ?? null) === null ? [row] : []));

/** The table in no more than `most` rows, each the mean and the highest of those it stands for; its moment is that of the first. */
export function thinTable(table: FigureTable, most: number): FigureTable {
  const size = Math.ceil(table.atSeconds.length / most);
  if (size <= 1) return table;
  const chunks = <Value>(values: readonly Value[]): readonly (readonly Value[])[] =>
    Array.from({ length: Math.ceil(values.length / size) }, (_, index) => values.slice(index * size, (index + 1) * size));
  const thin = (columns: FigureColumns, join: (known: readonly number[]) => number): FigureColumns => {
    const thinColumn = (column: Column): Column =>
      chunks(column).map((part) => {
        const known = part.filter((value) => value !== null);
        return known.length === 0 ? null : join(known);
      });
    return new Map(
      [...columns].map(([address, byFigure]) => [
        address,
        Object.fromEntries(Object.entries(byFigure).map(([figure, column]) => [figure, thinColumn(column)])),
      ]),
    );
  };
  return {
    atSeconds: chunks(table.atSeconds).flatMap(([first]) => first ?? []),
    servers: thin(table.servers, meanOf),
    highest: thin(table.highest ?? table.servers, highestOf),
  };
}

const highestOf = (values: readonly number[]): number => values.reduce((left, right) => Math.max(left, right));
const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The first moment of which anything is known, seconds since the epoch. */
export function findBeginning({ atSeconds, servers }: FigureTable): number | undefined {
  const columns = [...servers.values()].flatMap((figures) => Object.values(figures));
  return atSeconds.find((_, index) => columns.some((column) => typeof column[index] === 'number'));
}
