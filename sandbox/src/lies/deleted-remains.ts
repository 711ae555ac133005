import type { SandboxState, StoredTask } from '../store/state-schema.ts';

/** Removes every object that `deleted-stays` has kept: the fault was cleared. */
export const removeRemains = ({ state }: { readonly state: SandboxState }): void => {
  const isGone = new Set(state.servers.filter((server) => server.isGone === true).map(({ id }) => id));
  state.servers = state.servers.filter(({ id }) => !isGone.has(id));
  state.networks = state.networks.filter((network) => network.isGone !== true);
  state.actions = state.actions.filter(({ serverId }) => !isGone.has(serverId));
  state.tasks = state.tasks.filter(({ subject }) => subject.kind !== 'server' || !isGone.has(subject.id));
};

/** The task that takes the rest of a deleted object away after `ms`. */
export const vanishTask = (id: number, subject: StoredTask['subject'], nowMs: number, ms: number): StoredTask => ({
  id,
  subject,
  actionId: null,
  work: { kind: 'vanish' },
  phase: 'running',
  durationMs: ms,
  notBeforeMs: nowMs,
  dueMs: nowMs + ms,
  ending: 'done',
});
