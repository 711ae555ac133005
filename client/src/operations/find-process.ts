import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { uptime } from 'node:os';

/**
 * Whether a process of an earlier window still runs. Its id may have been reused, so where the system reports command lines,
 * `word`, which no other process has, must be in it. Elsewhere only the wall clock is left: what was started before the last boot
 * (ISO time) is gone.
 */
export async function isProcessOf(pid: number, word: string, startedAt: string): Promise<boolean> {
  if (!isAlive(pid)) return false;
  const commandLine = await readCommandLine(pid);
  return commandLine === undefined ? Date.parse(startedAt) >= Date.now() - uptime() * 1000 : commandLine.includes(word);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** Undefined where the system does not tell. */
async function readCommandLine(pid: number): Promise<string | undefined> {
  switch (process.platform) {
    case 'linux':
      return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
    case 'darwin':
      return new Promise((resolve) => {
        execFile('/bin/ps', ['-ww', '-o', 'command=', '-p', String(pid)], (error, stdout) => resolve(error ? undefined : stdout));
      });
    default:
      return undefined;
  }
}
