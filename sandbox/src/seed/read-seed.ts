import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { t } from '#schemas/text/text.ts';
import { SandboxProblem } from '../sandbox-problem.ts';
import { type Seed, seed } from './seed-schema.ts';

/** Reads a seed file, YAML or JSON. Throws {@link SandboxProblem} for a file that is missing, no YAML, or not a seed. */
export const readSeed = async (path: string): Promise<Seed> => {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch {
    throw new SandboxProblem('bad-seed', t('The seed file {0} cannot be read.', path));
  }
  return parseSeed(text, path);
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
