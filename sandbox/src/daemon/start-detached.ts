import { spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { t } from '#schemas/text/text.ts';
import { SandboxProblem } from '../errors/sandbox-problem.ts';
import { readStatus } from './read-status.ts';

/** What to start: a script that ends in `runSandboxForeground` over the same state folder. */
export interface DetachedOptions {
  readonly stateDir: string;
  /** The node to run it with. */
  readonly execPath: string;
  /** Script and arguments. Never a token: arguments are visible to everyone on the machine. */
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** How long it may take until it answers, milliseconds. */
  readonly timeoutMs?: number;
}

/** A sandbox that answers. */
export interface DetachedSandbox {
  readonly kind: 'started' | 'already-running';
  readonly endpoint: string;
  readonly token: string;
  readonly pid: number;
}

const START_MS = 20_000;
const LOOK_MS = 50;
const LOG_LINES = 5;

/**
 * Starts a sandbox that outlives this process, and waits until it answers. Its output goes to `sandbox.log` in the state folder.
 * Throws {@link SandboxProblem}: `start-failed` with the end of that log, or `start-timeout` (the process is ended then).
 */
export const startDetached = async (options: DetachedOptions, signal?: AbortSignal): Promise<DetachedSandbox> => {
  const { stateDir, execPath, args, env = process.env, timeoutMs = START_MS } = options;
  const before = await readStatus(stateDir);
  if (before.kind === 'running') {
    return { kind: 'already-running', endpoint: before.endpoint, token: before.token, pid: before.status.pid };
  }
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  const logPath = join(stateDir, 'sandbox.log');
  const log = await open(logPath, 'w', 0o600);
  const child = spawn(execPath, [...args], { detached: true, stdio: ['ignore', log.fd, log.fd], env, windowsHide: true });
  // Listened to before anything is awaited: a missing program is told at once.
  let ended: { readonly reason: string } | undefined;
  child.once('error', (error) => (ended ??= { reason: error.message }));
  child.once('exit', (code, killedBy) => (ended ??= { reason: String(code ?? killedBy) }));
  await log.close();
  const lastMs = performance.now() + timeoutMs;
  try {
    for (;;) {
      const report = await readStatus(stateDir);
      if (report.kind === 'running') return { kind: 'started', endpoint: report.endpoint, token: report.token, pid: report.status.pid };
      if (ended !== undefined) {
        const lines = (await readFile(logPath, 'utf8')).trim().split('\n').slice(-LOG_LINES).join('\n');
        throw new SandboxProblem('start-failed', t('The sandbox did not start ({0}). {1}', ended.reason, lines));
      }
      if (performance.now() > lastMs) throw new SandboxProblem('start-timeout', t('The sandbox did not answer in time.'));
      await sleep(LOOK_MS, undefined, signal === undefined ? {} : { signal });
    }
  } catch (error) {
    if (ended === undefined) child.kill();
    throw error;
  } finally {
    child.unref();
  }
};
