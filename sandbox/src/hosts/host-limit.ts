import { readFile } from 'node:fs/promises';

/**
 * How many hosts this machine bears: systemd takes seven inotify instances per host, and who comes too late, on any host or on the
 * machine itself, goes without and often silently. Some are left to the user's other programs.
 */
export const readHostLimit = async (): Promise<number> => {
  const text = await readFile('/proc/sys/fs/inotify/max_user_instances', 'utf8').catch(() => '128');
  return Math.max(1, Math.floor((Number(text) - LEFT_TO_OTHERS) / PER_HOST));
};

const PER_HOST = 7;
const LEFT_TO_OTHERS = 40;
