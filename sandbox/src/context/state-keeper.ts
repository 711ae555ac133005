import type { SandboxContext } from './sandbox-context.ts';
import { memoryStateFile, type StateFile } from '../store/state-file.ts';

/** Brings the state to disk when it has changed. */
export interface StateKeeper {
  /** Resolves when the state as it is now is stored. Rejects when it cannot be. */
  store(): Promise<void>;
  /** Stores without anyone waiting; a failure shows at the next `store`. */
  storeSoon(): void;
}

/** Writes one after the other; a state that is already on its way to disk is not written again. */
export const createStateKeeper = (context: SandboxContext, file: StateFile): StateKeeper => {
  let written = '';
  let last: Promise<void> = Promise.resolve();
  const store = (): Promise<void> => {
    if (file === memoryStateFile) return last;
    const now = JSON.stringify({ ...context.state, savedMs: 0 });
    if (now === written) return last;
    written = now;
    context.state.savedMs = context.clock.now();
    const snapshot = structuredClone(context.state);
    last = last
      .catch(() => undefined)
      .then(() => file.save(snapshot))
      .catch((error: unknown) => {
        written = '';
        throw error;
      });
    return last;
  };
  return {
    store,
    storeSoon: () => void store().catch(() => undefined),
  };
};
