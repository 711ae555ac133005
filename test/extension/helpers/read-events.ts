import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** Events of an operation as its process wrote them; `line` is its command line, which names their file. */
export async function readEvents(line: string): Promise<readonly { readonly kind: string; readonly exitCode?: number }[]> {
  const lines = (await readFile(eventsOf(line), 'utf8')).trim().split('\n');
  return lines.map((one) => JSON.parse(one) as { kind: string; exitCode?: number });
}

/** What it wrote for people. */
export const readOutput = (line: string): Promise<string> => readFile(join(dirname(eventsOf(line)), 'output.txt'), 'utf8');

const eventsOf = (line: string): string => /--events (\S+)/.exec(line)?.[1] ?? '';
