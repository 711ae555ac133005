import { chmod, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { explainReadFailure } from '#core/infra/load/read-text.ts';
import { nodeFileReader } from '#core/platform/node-file-reader.ts';
import { type Plan, plan as planSchema } from '#schemas/plan/plan.ts';
import { t } from '#schemas/text/text.ts';
import { type CliHost, UsageError } from '../terminal/host.ts';

/** Largest saved plan that is read. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Writes a plan to a file, for a later apply. */
export async function savePlan(host: CliHost, path: string, plan: Plan): Promise<void> {
  try {
    const target = resolve(host.io.cwd, path);
    await writeFile(target, `${JSON.stringify(plan, null, 2)}\n`, { mode: 0o600 });
    // The mode counts for a new file only; a pipe or a device is somebody else's.
    if ((await stat(target)).isFile()) await chmod(target, 0o600);
  } catch (error) {
    throw new UsageError(t('The plan cannot be written to {0}: {1}', path, error instanceof Error ? error.message : String(error)));
  }
  host.complain(t('The plan is saved. To carry out exactly this: ict apply --plan {0}', path));
}

/** Reads a saved plan through its schema. */
export async function readPlan(host: CliHost, path: string): Promise<Plan> {
  const bytes = await nodeFileReader.read(resolve(host.io.cwd, path), MAX_BYTES).catch((error: unknown) => {
    throw new UsageError(explainReadFailure(path, error));
  });
  if (!bytes) throw new UsageError(t('There is no plan at {0}.', path));
  const text = new TextDecoder().decode(bytes);
  try {
    return planSchema.parse(JSON.parse(text));
  } catch {
    throw new UsageError(t('{0} is not a plan of this version of ict. Make a new one: ict plan --out {0}', path));
  }
}
