import { readdir, readFile } from 'node:fs/promises';

/** Processes whose command line has these words, by number. Linux alone. */
export async function findProcesses(...words: readonly string[]): Promise<ReadonlyMap<number, string>> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name) && name !== String(process.pid));
  const lines = await Promise.all(
    ids.map(async (id) => {
      const line = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
      return [Number(id), line.replaceAll('\0', ' ')] as const;
    }),
  );
  return new Map(lines.filter(([, line]) => words.every((word) => line.includes(word))));
}

/** Numbers of the processes of a process group. */
export async function listGroup(group: number): Promise<readonly number[]> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    ids.map(async (id) => {
      const stat = await readFile(`/proc/${id}/stat`, 'utf8').catch(() => '');
      // The name of a program may have spaces and brackets: what follows it does not.
      const [state, , pgrp] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return Number(pgrp) === group && state !== 'Z' ? [Number(id)] : [];
    }),
  );
  return found.flat();
}
