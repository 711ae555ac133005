import { systemClock } from '../platform/clock.ts';
import { type Clock, toTimestamp } from '../ports/clock.ts';
import type { LockState } from '../ports/project-store.ts';
import { breakLock, readLock } from '../storage/project-lock.ts';
import { toProjectPaths } from '../storage/project-paths.ts';

/** The lock of a project, for whoever looks at it without working on the project. */
export interface ProjectLock {
  /** Throws `StorageError`. */
  read(): Promise<LockState>;
  /** Removes the lock as it was read; false when it is another one by now, or gone. Throws `StorageError`. */
  remove(seen: LockState): Promise<boolean>;
}

/** Opens the lock of the project whose infra file lies in `folder`. */
export function openProjectLock(folder: string, project: string, clock: Clock = systemClock): ProjectLock {
  const { lock } = toProjectPaths(folder, project);
  return { read: () => readLock(lock), remove: (seen) => breakLock(lock, seen, 'ict unlock', toTimestamp(clock)) };
}
