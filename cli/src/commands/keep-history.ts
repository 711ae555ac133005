import { dirname } from 'node:path';
import { openProjectMetrics } from '#core/create-core/create-metrics.ts';
import { LockedError } from '#core/ports/project-store.ts';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';

/** Writes looks at servers into the project's history. */
export interface HistoryKeeper {
  keep(event: MetricsEvent): void;
  /** Resolves when the last look is written and others may keep. */
  close(): Promise<void>;
}

/** Keeps the looks at a project's servers, as `command`; undefined when somebody else does already: a daemon, another window. */
export async function keepHistory(file: string, project: string, command: string): Promise<HistoryKeeper | undefined> {
  const { history, lock } = openProjectMetrics(dirname(file), project);
  const held = await lock(command).catch((error: unknown) => {
    if (error instanceof LockedError) return undefined;
    throw error;
  });
  if (!held) return undefined;
  let writing = Promise.resolve();
  return {
    keep: (event) => {
      const figures = event.state === 'live' ? event.figures : undefined;
      // A full disk must not end the look at it.
      writing = writing.then(() => history.record(event.address, Date.parse(event.at), figures)).catch(() => undefined);
    },
    close: async () => {
      await writing;
      await held.release();
    },
  };
}
