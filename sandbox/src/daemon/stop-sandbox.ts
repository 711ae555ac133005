import { setTimeout as sleep } from 'node:timers/promises';
import { t } from '#schemas/text/text.ts';
import { SandboxProblem } from '../errors/sandbox-problem.ts';
import { callControl, requireSandboxFile } from './call-control.ts';
import { readStatus } from './read-status.ts';
import { readSandboxFile } from './sandbox-file.ts';

const STOP_MS = 10_000;
const LOOK_MS = 50;

/**
 * Asks the sandbox of a state folder to stop, and waits until it has stored its state. `not-running` is an answer. Throws
 * {@link SandboxProblem} `stop-timeout`; no process is ever killed by a number from a file.
 */
export const stopSandbox = async (stateDir: string, signal?: AbortSignal): Promise<'stopped' | 'not-running'> => {
  if ((await readStatus(stateDir)).kind === 'stopped') return 'not-running';
  await callControl(await requireSandboxFile(stateDir), 'POST', '/shutdown');
  const lastMs = performance.now() + STOP_MS;
  // The file loses its process id as the very last thing.
  while ((await readSandboxFile(stateDir))?.pid != null) {
    if (performance.now() > lastMs) throw new SandboxProblem('stop-timeout', t('The sandbox did not stop in time.'));
    await sleep(LOOK_MS, undefined, signal === undefined ? {} : { signal });
  }
  return 'stopped';
};
