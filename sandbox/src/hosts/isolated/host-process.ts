import type { ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';

/** Number, on this machine, of a host's first process: the child of its `unshare` that is number 1 for itself. Undefined until it is there. */
export const findFirst = async (unsharePid: number): Promise<number | undefined> => {
  const children = await readText(`/proc/${unsharePid}/task/${unsharePid}/children`);
  for (const pid of children.trim().split(' ').map(Number)) {
    if (pid > 1 && /^NSpid:.*\t1$/m.test(await readText(`/proc/${pid}/status`))) return pid;
  }
  return undefined;
};

/** Signals a host's first process; nothing happens when it is not there. */
export const signalFirst = async ({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals | number): Promise<void> => {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  const first = await findFirst(pid);
  if (first === undefined) return;
  try {
    process.kill(first, signal);
  } catch {
    // It has ended meanwhile.
  }
};

const readText = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '');
