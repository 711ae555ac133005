import type { PriceTable } from '#schemas/infra/prices.ts';
import { MB_PER_GB } from '#schemas/infra/units.ts';
import type { DataCentre } from '#schemas/state/actual.ts';
import type { ServerValues } from '#schemas/state/values.ts';

/** What decides about the price of a server. */
export type Priced = Pick<ServerValues, 'dc' | 'pool' | 'cpu' | 'ramMb' | 'diskGb' | 'diskType'>;

/**
 * Roubles a month for the hardware of one server by the user's table; undefined when no line fits it. A stopped server
 * costs the same: the provider keeps its hardware.
 */
export function costOfServer(server: Priced, table: PriceTable, centres: readonly DataCentre[]): number | undefined {
  const names = new Set([
    server.dc,
    ...centres.flatMap((centre) => (centre.techTitle === server.dc ? [centre.title, centre.shortTitle] : [])),
  ]);
  const row = table.prices.find(
    (item) => (item.dc === undefined || names.has(item.dc)) && (item.pool === undefined || item.pool === server.pool),
  );
  const perGb = row?.disk[server.diskType as keyof typeof row.disk];
  if (!row || perGb === undefined) return undefined;
  return row.cpu * server.cpu + row.ram * (server.ramMb / MB_PER_GB) + perGb * server.diskGb;
}
