import { parse } from 'yaml';
import { t } from '#schemas/text/text.ts';
import { SandboxProblem } from '../sandbox-problem.ts';
import { type Seed, seed } from './seed-schema.ts';

/** Largest seed file that is read. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a seed file, YAML or JSON; `read` gives the bytes of an ordinary file, undefined when there is none. Throws
 * {@link SandboxProblem} for a file that is missing, no YAML, or not a seed.
 */
export const readSeed = async (path: string, read: (path: string, maxBytes: number) => Promise<Uint8Array | undefined>): Promise<Seed> => {
  const bytes = await read(path, MAX_BYTES).catch(() => undefined);
  if (!bytes) throw new SandboxProblem('bad-seed', t('The seed file {0} cannot be read.', path));
  return parseSeed(new TextDecoder().decode(bytes), path);
};

/** The seed in a text; `path` is for messages. */
export const parseSeed = (text: string, path: string): Seed => {
  let value: unknown;
  try {
    value = parse(text);
  } catch (error) {
    throw new SandboxProblem(
      'bad-seed',
      t('The seed file {0} is not valid YAML: {1}', path, error instanceof Error ? error.message : String(error)),
    );
  }
  const parsed = seed.safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  throw new SandboxProblem('bad-seed', t('The seed file {0} is wrong at "{1}": {2}', path, where, issue?.message ?? ''));
};
