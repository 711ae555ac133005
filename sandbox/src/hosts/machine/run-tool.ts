import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { t, verbatim } from '#schemas/text/text.ts';
import { HostError } from '../backend/host-error.ts';

/** What may be said of a tool besides its arguments. */
export interface ToolOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Hears each line it prints, on either stream. */
  readonly onLine?: (line: string) => void;
}

/**
 * Runs a program of the machine to its end. Throws {@link HostError} `tool-failed` with its last line when it fails or is missing.
 * An abort ends it together with everything it has started.
 */
export const runTool = (tool: string, args: readonly string[], options: ToolOptions = {}, signal?: AbortSignal): Promise<void> =>
  new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(new HostError('closed', t('The sandbox is stopping.')));
    let lastLine = '';
    const child = spawn(tool, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...options.env } });
    for (const input of [child.stdout, child.stderr]) {
      createInterface({ input }).on('line', (line) => {
        if (line.trim() !== '') lastLine = line.trim();
        options.onLine?.(line);
      });
    }
    // The whole group: a shell that is ended leaves what it has started.
    const abort = (): void => void (child.pid !== undefined && process.kill(-child.pid, 'SIGTERM'));
    const fail = (reason: string, cause?: unknown): void =>
      reject(new HostError('tool-failed', t('{0} failed: {1}', tool, verbatim(reason)), cause));
    signal?.addEventListener('abort', abort, { once: true });
    child.once('error', (error) => fail(error.message, error));
    child.once('close', (code, killedBy) => {
      signal?.removeEventListener('abort', abort);
      if (code === 0) resolve();
      else fail(lastLine === '' ? String(code ?? killedBy) : lastLine);
    });
    return undefined;
  });

/** Removes folders of a host, files of its users included. Throws {@link HostError} `tool-failed`. */
export const removeTree = (path: string, isRootless: boolean): Promise<void> => {
  const words = ['-rf', '--one-file-system', path];
  // The ids of a host's users belong to nobody outside a user namespace.
  return isRootless ? runTool('unshare', ['--user', '--map-root-user', '--map-auto', 'rm', ...words]) : runTool('rm', words);
};
