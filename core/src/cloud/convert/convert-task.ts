import { readActionState, type WireAction } from '#schemas/cloud/action.ts';
import type { CloudTask } from '#schemas/state/actual.ts';

/** A task in our words. A state we do not know counts as running: the caller's patience ends it (API reference, section 16). */
export const convertTask = (wire: WireAction): CloudTask => ({
  id: wire.ID,
  type: wire.Type ?? '',
  state: toTaskState(wire.State),
  rawState: wire.State,
});

function toTaskState(rawState: string): CloudTask['state'] {
  const outcome = readActionState(rawState);
  switch (outcome) {
    case 'done':
      return 'completed';
    case 'failed':
      return 'failed';
    case 'running':
      return /^postponed$/i.test(rawState.trim()) ? 'postponed' : 'running';
    default:
      return outcome satisfies never;
  }
}
