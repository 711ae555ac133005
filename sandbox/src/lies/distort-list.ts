import type { RequestFacts } from '../faults/fault-rule.ts';
import type { FaultName } from '../faults/fault-names.ts';
import type { FaultSwitches } from '../faults/fault-switches.ts';
import { isAbout } from './wire-row.ts';

/** Lists of what an account has. A fault of lists that names no path is about these alone: not about catalogue and actions. */
const accountLists: ReadonlySet<string> = new Set(['/server', '/network', '/publicnetwork', '/sshkey']);

/** How many rows `list-cut` leaves when it does not say. */
const CUT_ROWS = 1;

/** Leaves rows of a list out, repeats them or turns them round. GET only: answers of writes are no lists. */
export const distortList = (rows: readonly unknown[], request: RequestFacts, faults: FaultSwitches): readonly unknown[] => {
  const take = (name: FaultName) =>
    faults.takeAll(name, request).filter(({ path }) => path !== undefined || accountLists.has(request.kind));
  let list = withoutWithdrawn(rows, request, faults);
  if (request.method !== 'GET') return list;
  for (const rule of take('list-omits')) list = list.filter((row) => !isAbout(rule, row));
  for (const { rows: left = CUT_ROWS } of take('list-cut')) list = list.slice(0, left);
  if (take('list-reversed').length > 0) list = list.toReversed();
  if (take('list-twice').length > 0) list = list.flatMap((row) => [row, row]);
  return take('list-empty').length > 0 ? [] : list;
};

/** Images and data centres that are no longer offered. Servers made from them stay. */
function withoutWithdrawn(rows: readonly unknown[], request: RequestFacts, faults: FaultSwitches): readonly unknown[] {
  const fault = { '/image': 'image-withdrawn', '/dclocation': 'dc-withdrawn' } as const;
  const name = request.kind === '/image' || request.kind === '/dclocation' ? fault[request.kind] : undefined;
  if (name === undefined || request.method !== 'GET') return rows;
  return faults.takeAll(name, request).reduce<readonly unknown[]>((left, rule) => left.filter((row) => !isAbout(rule, row)), rows);
}
