import { parse } from 'yaml';
import { t } from '#schemas/text/text.ts';
import { SandboxProblem } from '../errors/sandbox-problem.ts';
import { schemaOf, type SeedSource } from './seed-source.ts';

/** Largest seed file that is read. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a seed file, YAML or JSON, or a transcript; `read` gives the bytes of an ordinary file, undefined when there is none. Throws
 * {@link SandboxProblem} for a file that is missing, no YAML, or not a seed.
 */
export const readSeed = async (
  path: string,
  read: (path: string, maxBytes: number) => Promise<Uint8Array | undefined>,
): Promise<SeedSource> => {
  const bytes = await read(path, MAX_BYTES).catch(() => undefined);
  if (!bytes) throw new SandboxProblem('bad-seed', t('The seed file {0} cannot be read.', path));
  return parseSeed(new TextDecoder().decode(bytes), path);
};

/** The seed in a text; `path` is for messages. */
export const parseSeed = (text: string, path: string): SeedSource => {
  let value: unknown;
  try {
    // Transcripts are JSON and large: YAML would read them as well, but slowly.
    value = text.trimStart().startsWith('{') ? (readJson(text) ?? parse(text)) : parse(text);
  } catch (error) {
    throw new SandboxProblem(
      'bad-seed',
      t('The seed file {0} is not valid YAML: {1}', path, error instanceof Error ? error.message : String(error)),
    );
  }
  const parsed = schemaOf(value).safeParse(value ?? {});
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue?.path.join('.') ?? '';
  throw new SandboxProblem('bad-seed', t('The seed file {0} is wrong at "{1}": {2}', path, where, issue?.message ?? ''));
};

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
