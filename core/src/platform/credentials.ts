import { chmod, mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';
import writeFileAtomic from 'write-file-atomic';
import { readOrdinaryFile } from '../files/read-ordinary-file.ts';
import * as z from 'zod';
import { DEFAULT_ENDPOINT } from '#schemas/settings/settings.ts';
import type { Environment } from './environment.ts';

const credentialsFile = z.object({
  format: z.literal(1),
  current: z.string(),
  /** Context name → account. */
  contexts: z.record(z.string(), z.object({ endpoint: z.url(), token: z.string().min(1) })),
});
type CredentialsFile = z.output<typeof credentialsFile>;

/** Where the token came from, for `ict whoami`. */
export type TokenSource = 'environment' | 'token-file' | 'login';

export interface Credentials {
  readonly endpoint: string;
  readonly token: string;
  readonly source: TokenSource;
  /** Named context of `ict login`; absent for the environment. */
  readonly context?: string;
}

/** Why there is no usable token. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
  readonly code: 'missing' | 'unreadable' | 'too-open' | 'unknown-context';
  readonly path: string;

  constructor(code: CredentialsError['code'], path: string) {
    super(`credentials: ${code} (${path})`);
    this.code = code;
    this.path = path;
  }
}

/** Path of the file `ict login` writes; `ICT_CONFIG_DIR` moves it. */
export const credentialsPath = (environment: Environment): string =>
  join(environment['ICT_CONFIG_DIR'] ?? envPaths('ict', { suffix: '' }).config, 'credentials.json');

/**
 * Finds the token: `ONECLOUD_TOKEN`, then the file in `ONECLOUD_TOKEN_FILE`, then `ict login`. A file that others may
 * read is refused. The token is never taken from an argument: arguments are visible to every user of the machine.
 */
export async function findCredentials(environment: Environment, context?: string): Promise<Credentials> {
  const endpoint = environment['ONECLOUD_ENDPOINT'];
  const inline = environment['ONECLOUD_TOKEN']?.trim();
  if (inline && context === undefined) return { endpoint: endpoint ?? DEFAULT_ENDPOINT, token: inline, source: 'environment' };
  const tokenFile = environment['ONECLOUD_TOKEN_FILE'];
  if (tokenFile && context === undefined) {
    const token = (await readPrivate(tokenFile))?.trim();
    if (!token) throw new CredentialsError('unreadable', tokenFile);
    return { endpoint: endpoint ?? DEFAULT_ENDPOINT, token, source: 'token-file' };
  }
  const path = credentialsPath(environment);
  const file = await readCredentialsFile(path);
  const name = context ?? environment['ICT_CONTEXT'] ?? file?.current;
  const found = name === undefined ? undefined : file?.contexts[name];
  if (!found || name === undefined) throw new CredentialsError(context === undefined ? 'missing' : 'unknown-context', path);
  return { endpoint: endpoint ?? found.endpoint, token: found.token, source: 'login', context: name };
}

/** Stores a token under a context name and makes it the current one. The file is readable by its owner only. */
export async function storeCredentials(environment: Environment, context: string, endpoint: string, token: string): Promise<string> {
  const path = credentialsPath(environment);
  const file = (await readCredentialsFile(path)) ?? { format: 1 as const, current: context, contexts: {} };
  await writeCredentialsFile(path, { ...file, current: context, contexts: { ...file.contexts, [context]: { endpoint, token } } });
  return path;
}

/** Forgets one context. False when there was none. */
export async function removeCredentials(environment: Environment, context: string): Promise<boolean> {
  const path = credentialsPath(environment);
  const file = await readCredentialsFile(path);
  if (!file?.contexts[context]) return false;
  const contexts = Object.fromEntries(Object.entries(file.contexts).filter(([name]) => name !== context));
  const [next] = Object.keys(contexts);
  if (next === undefined) await rm(path);
  else await writeCredentialsFile(path, { ...file, contexts, current: file.current === context ? next : file.current });
  return true;
}

async function writeCredentialsFile(path: string, file: CredentialsFile): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFileAtomic(path, `${JSON.stringify(file, null, 2)}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
}

async function readCredentialsFile(path: string): Promise<CredentialsFile | undefined> {
  const text = await readPrivate(path);
  if (text === undefined) return undefined;
  try {
    return credentialsFile.parse(JSON.parse(text));
  } catch {
    // The error of the parser would quote the file, and with it a token.
    throw new CredentialsError('unreadable', path);
  }
}

/** Largest file with secrets that is read: a token has some hundred bytes. */
const MAX_SECRET_BYTES = 1024 * 1024;

/** Reads a file that holds a secret; undefined when there is none. Windows has no mode bits to check. */
async function readPrivate(path: string): Promise<string | undefined> {
  const info = await stat(path).catch(() => undefined);
  if (!info) return undefined;
  if (process.platform !== 'win32' && (info.mode & 0o077) !== 0) throw new CredentialsError('too-open', path);
  const bytes = await readOrdinaryFile(path, { maxBytes: MAX_SECRET_BYTES }).catch(() => {
    throw new CredentialsError('unreadable', path);
  });
  return bytes && new TextDecoder().decode(bytes);
}
