import type { SandboxClock } from '../clock/sandbox-clock.ts';
import type { FaultSwitches } from '../faults/fault-switches.ts';
import type { HostBackend } from '../hosts/backend/host-backend.ts';
import type { StateHistory } from '../lies/state-history.ts';
import type { SandboxState } from '../store/state-schema.ts';
import type { TaskDelays } from '../clock/task-delays.ts';

/** Everything routes and tasks act on: the state, and the ports to time, chance, faults and hosts. */
export interface SandboxContext {
  /** Replaced as a whole by a reset; never keep it across an `await`. */
  state: SandboxState;
  readonly clock: SandboxClock;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  readonly faults: FaultSwitches;
  /** Ids given when `other-project` was set: objects up to these belong to the first project. */
  foreign?: SandboxState['counters'];
  /** What lagging answers are made from. */
  readonly history: StateHistory;
  readonly hosts: HostBackend;
  readonly delays: TaskDelays;
}
