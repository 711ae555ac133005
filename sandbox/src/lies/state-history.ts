import type { RequestFacts } from '../faults/fault-rule.ts';
import type { FaultName } from '../faults/fault-names.ts';
import type { FaultSwitches } from '../faults/fault-switches.ts';
import type { SandboxState } from '../store/state-schema.ts';

/** How far answers lag when the fault does not say, milliseconds. */
const LAG_MS = 15_000;
const lagFaults = ['list-lag', 'object-lag'] as const satisfies readonly FaultName[];

/** What a lagging answer is made from. */
type Past = Pick<SandboxState, 'servers' | 'networks' | 'keys'>;

/** Remembers the objects of the recent past, so that lists or single objects can lag behind. */
export interface StateHistory {
  /** Records the objects as they are now; called whenever they may have changed. Keeps nothing while no fault lags. */
  note(): void;
  /** The state a request sees: a list after `list-lag`, an object by its id after `object-lag`, else the present. */
  seenBy(request: RequestFacts): SandboxState;
}

/** Lag is counted from the moment its fault was set: what was there then is seen from the start. */
export const createStateHistory = (now: () => { state: SandboxState; atMs: number }, faults: FaultSwitches): StateHistory => {
  let pasts: { atMs: number; text: string }[] = [];
  return {
    note() {
      const lags = lagFaults.flatMap((name) => faults.rules(name)).map(({ ms = LAG_MS }) => ms);
      if (lags.length === 0) {
        pasts = [];
        return;
      }
      const { state, atMs } = now();
      const { servers, networks, keys } = state;
      const text = JSON.stringify({ servers, networks, keys } satisfies Past);
      if (pasts.at(-1)?.text !== text) pasts.push({ atMs, text });
      // The last one from before the longest lag is still seen.
      const firstSeen = pasts.findLastIndex((past) => past.atMs <= atMs - Math.max(...lags));
      if (firstSeen > 0) pasts = pasts.slice(firstSeen);
    },
    seenBy(request) {
      const { state, atMs } = now();
      const rule = request.method === 'GET' ? faults.take(request.kind.endsWith('/{id}') ? 'object-lag' : 'list-lag', request) : undefined;
      if (rule === undefined) return state;
      const past = pasts.findLast((one) => one.atMs <= atMs - (rule.ms ?? LAG_MS)) ?? pasts[0];
      return past === undefined ? state : { ...state, ...(JSON.parse(past.text) as Past) };
    },
  };
};
