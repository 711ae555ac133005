import type { CloudClient } from '#core/cloud/create-cloud-client.ts';
import { createProviderContext, type ProviderContext } from '#core/providers/provider-context.ts';
import type { WriteHooks } from '#core/providers/server.ts';
import { createScriptedClock, type ScriptedClock } from './scripted-clock.ts';

/** Everything a function of the provider takes, with a record of what it told. */
export interface FakeContext {
  readonly context: ProviderContext;
  readonly clock: ScriptedClock;
  readonly hooks: WriteHooks;
  /** `accepted 7`, and the provider's words in between. */
  readonly told: readonly string[];
}

/** A context of a fake client: looks every second, tasks may take an hour, guests have a minute, changes five. */
export function fakeContext(client: CloudClient, signal: AbortSignal = new AbortController().signal): FakeContext {
  const clock = createScriptedClock(0);
  const told: string[] = [];
  const hooks: WriteHooks = {
    onAccepted: async (id) => void told.push(`accepted ${id}`),
    onProgress: (state) => void told.push(state),
    signal,
  };
  return { context: createProviderContext(client, clock, { pollIntervalMs: 1000, taskTimeoutMs: 3_600_000 }, {}), clock, hooks, told };
}
