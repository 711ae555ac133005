import { join } from 'node:path';
import * as z from 'zod';
import { plan } from '#schemas/plan/plan.ts';
import type { ReadApplied } from '../ports/history.ts';
import { readJsonFile } from './json-file.ts';
import { toProjectPaths } from './project-paths.ts';

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
