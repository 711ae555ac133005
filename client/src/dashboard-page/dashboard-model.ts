import type { Address } from '#schemas/infra/names.ts';
import type { MetricsHistoryAnswer } from '#schemas/metrics/metrics-history.ts';
import type { DashboardMessage, DashboardRange, DashboardServer, DashboardState, MetricPoint } from '#schemas/protocol/dashboard.ts';
import { buildFigureTable, type FigureTable, rangeSeconds } from '../charts/figure-table.ts';
import { type HistoryMark, marksOf } from '../charts/find-marks.ts';
import { type Chart, listCharts, pickBusiest } from '../charts/list-charts.ts';

/** What the page shows at a moment. */
export interface DashboardContents {
  /** Undefined: the project has not been read yet. */
  readonly servers: readonly DashboardServer[] | undefined;
  /** Those with lines. */
  readonly chosen: readonly Address[];
  readonly isGroup: boolean;
  /** What is known of those with lines. */
  readonly table: FigureTable;
  /** The history was read, or could not be. */
  readonly isRead: boolean;
  readonly trouble: string;
  readonly charts: readonly Chart[];
  /** Within the range, in the order of time. */
  readonly marks: readonly HistoryMark[];
}

/** What a dashboard was told. Values in, values out: the page draws them. */
export class DashboardModel {
  #servers: readonly DashboardServer[] | undefined;
  #history: MetricsHistoryAnswer | undefined;
  #trouble = '';
  #live: ReadonlyMap<Address, readonly MetricPoint[]> = new Map();
  /** Chosen once for a history: lines that come and go by themselves cannot be followed. */
  #busiest: readonly Address[] | undefined;

  /** Takes what the extension tells; a history of another range than the one that is shown comes too late. */
  take(message: Exclude<DashboardMessage, { kind: 'open' }>, range: DashboardRange): void {
    switch (message.kind) {
      case 'servers':
        if (message.servers?.length !== this.#servers?.length) this.#busiest = undefined;
        this.#servers = message.servers;
        return;
      case 'history':
        if (message.range !== range) return;
        this.#trouble = '';
        this.#history = message.answer;
        this.#live = new Map(message.live.map(({ address, points }) => [address, points]));
        this.#busiest = undefined;
        return;
      case 'trouble':
        if (message.range === range) this.#trouble = message.text;
        return;
      case 'live': {
        const { address, point, status } = message;
        this.#live = addLook(this.#live, address, point);
        this.#servers = this.#servers?.map((server) => (server.address === address ? { ...server, status } : server));
        return;
      }
      default:
        message satisfies never;
    }
  }

  /** Another range is shown from now on: what was read is not of it. */
  forgetHistory(): void {
    this.#history = undefined;
    this.#trouble = '';
  }

  /** What there is to see now. */
  contentsAt({ range, chosen: kept }: Pick<DashboardState, 'range' | 'chosen'>, nowSeconds: number): DashboardContents {
    const servers = this.#servers ?? [];
    const addresses = servers.map(({ address }) => address);
    const chosen = kept?.filter((address) => addresses.includes(address)) ?? this.#pickBusiest(range, nowSeconds, addresses);
    const table = this.tableOf(range, nowSeconds, chosen);
    const isGroup = servers.length > 1;
    const shown = servers.map((server, place) => ({ ...server, place })).filter(({ address }) => chosen.includes(address));
    const from = nowSeconds - rangeSeconds[range];
    return {
      servers: this.#servers,
      chosen,
      isGroup,
      table,
      isRead: this.#history !== undefined || this.#trouble !== '',
      trouble: this.#trouble,
      charts: listCharts(table, shown, isGroup),
      marks: marksOf(this.#history?.marks ?? [], addresses).filter(({ at }) => Date.parse(at) / 1000 >= from),
    };
  }

  /** What is known of some servers, or of all. */
  tableOf(range: DashboardRange, nowSeconds: number, addresses?: readonly Address[]): FigureTable {
    const wanted = new Set(addresses);
    const isWanted = (address: Address): boolean => addresses === undefined || wanted.has(address);
    const history = this.#history && { ...this.#history, servers: this.#history.servers.filter(({ address }) => isWanted(address)) };
    return buildFigureTable({ range, nowSeconds, history, live: new Map([...this.#live].filter(([address]) => isWanted(address))) });
  }

  #pickBusiest(range: DashboardRange, nowSeconds: number, addresses: readonly Address[]): readonly Address[] {
    const known = this.#busiest ?? pickBusiest(this.tableOf(range, nowSeconds), addresses);
    // Before the history is there, any choice would be taken back.
    if (this.#history) this.#busiest = known;
    return known;
  }
}

/** Looks kept of each server on a page: ten minutes at the usual pace. By then the history is read anew. */
export const MOST_LIVE = 120;

/** Adds a look in the order of time; one that is known already changes nothing. */
export function addLook(
  looks: ReadonlyMap<Address, readonly MetricPoint[]>,
  address: Address,
  point: MetricPoint,
): ReadonlyMap<Address, readonly MetricPoint[]> {
  const known = looks.get(address) ?? [];
  const last = known.at(-1);
  if (last && last.atSeconds >= point.atSeconds) return looks;
  return new Map([...looks, [address, [...known.slice(1 - MOST_LIVE), point]]]);
}
