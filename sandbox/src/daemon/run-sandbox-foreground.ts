import { t } from '#schemas/text/text.ts';
import { SandboxProblem } from '../errors/sandbox-problem.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../start-sandbox.ts';
import { readStatus } from './read-status.ts';
import { readSandboxFile, writeSandboxFile } from './sandbox-file.ts';

/** Options of a sandbox that others find by its state folder. */
export interface ForegroundOptions extends SandboxOptions {
  readonly stateDir: string;
  /** Called once it answers. The token is a secret: show it to the person in front, never to a log. */
  readonly onReady?: (ready: { readonly endpoint: string; readonly token: string }) => void;
}

/**
 * Runs a sandbox until it is told to stop: by its control endpoint, or by the signal. Takes the token and, when it is free, the port
 * of the run before. Throws {@link SandboxProblem} `already-running` when one works over this folder.
 */
export const runSandboxForeground = async (options: ForegroundOptions, signal?: AbortSignal): Promise<void> => {
  const { stateDir } = options;
  const report = await readStatus(stateDir);
  if (report.kind === 'running') {
    throw new SandboxProblem('already-running', t('A sandbox is already running at {0}.', report.endpoint));
  }
  const before = await readSandboxFile(stateDir);
  const sandbox = await startOnKnownPort({ ...options, ...(before === undefined ? {} : { token: options.token ?? before.token }) }, before);
  const { endpoint, token } = sandbox;
  const stop = (): void => void sandbox.close();
  try {
    await writeSandboxFile(stateDir, { version: 1, endpoint, token, pid: process.pid });
    signal?.addEventListener('abort', stop, { once: true });
    if (signal?.aborted === true) stop();
    options.onReady?.({ endpoint, token });
    await sandbox.closed;
  } finally {
    signal?.removeEventListener('abort', stop);
    await sandbox.close();
    await writeSandboxFile(stateDir, { version: 1, endpoint, token, pid: null });
  }
};

/** A port that was asked for must be had; the one of the last run is only a wish. */
async function startOnKnownPort(options: SandboxOptions, before: { endpoint: string } | undefined): Promise<Sandbox> {
  if (options.port !== undefined || before === undefined) return startSandbox(options);
  try {
    return await startSandbox({ ...options, port: Number(new URL(before.endpoint).port) });
  } catch (error) {
    if (error instanceof SandboxProblem && error.code === 'port-taken') return startSandbox(options);
    throw error;
  }
}
