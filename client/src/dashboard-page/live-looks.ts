import type { Address } from '#schemas/infra/names.ts';
import type { MetricPoint } from '#schemas/protocol/dashboard.ts';

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
