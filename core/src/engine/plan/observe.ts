import type { FieldValue, Observations } from '#schemas/plan/plan.ts';
import type { ActualKey, ActualNetwork, ActualServer } from '#schemas/state/actual.ts';
import { type NameNetwork, toServerValues } from './server-values.ts';

type Observation = Record<string, FieldValue>;

/** What was read of a server, as it is compared when a saved plan is applied. */
export function observeServer(server: ActualServer, nameNetwork: NameNetwork): Observation {
  const { networks, ...values } = toServerValues(server, nameNetwork);
  return { id: server.id, name: server.name, state: server.rawState, ...values, networks };
}

export const observeNetwork = (network: ActualNetwork): Observation => ({
  id: network.id,
  name: network.name,
  state: network.rawState,
  ...(network.values.dc === undefined ? {} : { dc: network.values.dc }),
  ...(network.values.dhcp === undefined ? {} : { dhcp: network.values.dhcp }),
});

export const observeKey = (key: ActualKey): Observation => ({ id: key.id, name: key.title, public_key: key.blob });

/** One difference between two readings of the same object. */
export interface ObservationDifference {
  readonly subject: string;
  readonly field: string;
  readonly before: FieldValue | undefined;
  readonly now: FieldValue | undefined;
}

/** Compares what a saved plan saw with what is there now. */
export function compareObservations(before: Observations, now: Observations): ObservationDifference[] {
  const differences: ObservationDifference[] = [];
  for (const subject of new Set([...Object.keys(before), ...Object.keys(now)])) {
    const [left, right] = [before[subject], now[subject]];
    if (!left || !right) {
      differences.push({ subject, field: 'id', before: left?.['id'], now: right?.['id'] });
      continue;
    }
    for (const field of new Set([...Object.keys(left), ...Object.keys(right)])) {
      if (JSON.stringify(left[field]) !== JSON.stringify(right[field]))
        differences.push({ subject, field, before: left[field], now: right[field] });
    }
  }
  return differences;
}
