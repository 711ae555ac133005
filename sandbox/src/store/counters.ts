import type { SandboxState } from './state-schema.ts';

export type CounterName = keyof SandboxState['counters'];

/** The last id given of each kind before anything exists. Separate sequences per kind, starting where the provider's samples do. */
export const firstCounters: SandboxState['counters'] = {
  server: 900_000,
  action: 4_400_000,
  link: 800_000,
  network: 51_000,
  key: 3_000,
  image: 9_000,
  task: 0,
  address: 0,
};

/** The next id of a kind. Ids are never given twice, not even after a delete. */
export const takeId = (state: SandboxState, counter: CounterName): number => ++state.counters[counter];
