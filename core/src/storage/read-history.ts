import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { address } from '#schemas/infra/names.ts';
import { plan } from '#schemas/plan/plan.ts';
import { readOrdinaryFile } from '../files/read-ordinary-file.ts';
import type { HistorySummary, ReadApplied, ReadHistory } from '../ports/history.ts';
import { readJsonFile } from './json-file.ts';
import { toProjectPaths } from './project-paths.ts';

/** The part of a record that is shown; the rest of the file is passed over. */
const summary = z.object({
  run: z.string(),
  finishedAt: z.iso.datetime(),
  command: z.string(),
  exitCode: z.int(),
  isFinished: z.boolean().optional(),
  plan: z.object({ selection: z.unknown().optional(), changes: z.array(z.object({ address, action: z.string() })) }),
  result: z.object({ succeeded: z.array(z.string()), failed: z.array(z.string()), skipped: z.array(z.string()) }),
});

/** Largest record that is read; that of a thousand servers has a few megabytes. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads the history of a project to show it: a record that cannot be read is left out, and no folder is no history.
 * Whoever decides by the history must not use it.
 */
export const readHistory: ReadHistory = async (folderOfFile, project, limit) => {
  const { history } = toProjectPaths(folderOfFile, project);
  const names = await readdir(history).catch(() => []);
  // The name of a run starts with its time.
  const newest = names
    .filter((name) => name.endsWith('.json'))
    .sort((left, right) => (left < right ? 1 : -1))
    .slice(0, limit);
  const records: HistorySummary[] = [];
  // One after the other: whatever lies there, only one is in memory.
  for (const name of newest) {
    const record = await readSummary(join(history, name));
    if (record) records.push(record);
  }
  return records;
};

async function readSummary(path: string): Promise<HistorySummary | undefined> {
  try {
    // Also of a workspace nobody vouches for: whatever lies there under such a name.
    const bytes = await readOrdinaryFile(path, { maxBytes: MAX_BYTES });
    return bytes && summary.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data;
  } catch {
    return undefined;
  }
}

/** The part of a record that is shown. It has no format of its own: the plan in it has. */
const record = z.object({
  run: z.string(),
  startedAt: z.iso.datetime(),
  finishedAt: z.iso.datetime(),
  command: z.string(),
  exitCode: z.int(),
  isFinished: z.boolean().optional(),
  plan,
  result: z.object({ succeeded: z.array(z.string()), failed: z.array(z.string()), skipped: z.array(z.string()) }),
});

/** Reads what one apply did. Undefined: there is no such run. Throws `StorageError` for a damaged record. */
export const readApplied: ReadApplied = (folderOfFile, project, run) =>
  readJsonFile(join(toProjectPaths(folderOfFile, project).history, `${run}.json`), record, 1);
