import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse, get as getHttp } from 'node:http';
import { get as getHttps } from 'node:https';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { DebianMirrors } from './apt-sources.ts';

/** The only way out of a host: a proxy for apt on a UNIX socket. */
export interface AptProxy {
  /** Requests answered from the cache, fetched, and refused. */
  readonly counts: { hit: number; miss: number; refused: number };
  close(): Promise<void>;
}

/**
 * Listens on `socketPath` and fetches files of the given mirrors, nothing else. Packages are kept in `cacheDir` for good, lists for ten
 * minutes, and for longer when the mirror cannot be reached.
 */
export const startAptProxy = async (socketPath: string, cacheDir: string, mirrors: DebianMirrors): Promise<AptProxy> => {
  await mkdir(cacheDir, { recursive: true });
  const counts = { hit: 0, miss: 0, refused: 0 };
  const fetching = new Map<string, Promise<void>>();
  const fetchOnce = (url: URL, path: string): Promise<void> => {
    const running = fetching.get(path) ?? fetchTo(url, path, mirrors).finally(() => fetching.delete(path));
    fetching.set(path, running);
    return running;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = request.method === 'GET' ? toMirrorUrl(request.url ?? '', mirrors) : undefined;
    if (url === undefined) {
      counts.refused++;
      response.writeHead(403).end();
      return;
    }
    const path = join(cacheDir, createHash('sha256').update(`${url.host}${url.pathname}`).digest('hex'));
    const ageMs = await ageOf(path);
    const isFixed = /\.deb$|\/by-hash\//.test(url.pathname);
    if (ageMs !== undefined && (isFixed || ageMs < FRESH_MS)) counts.hit++;
    else {
      counts.miss++;
      try {
        await fetchOnce(url, path);
      } catch (error) {
        const status = error instanceof MirrorError ? error.status : undefined;
        if (status !== undefined || ageMs === undefined) return void response.writeHead(status ?? 502).end();
      }
    }
    const { size } = await stat(path);
    response.writeHead(200, { 'content-length': size, 'content-type': 'application/octet-stream' });
    await pipeline(createReadStream(path), response);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(socketPath, resolve));
  return {
    counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};

const FRESH_MS = 600_000;
const FETCH_TIMEOUT_MS = 60_000;
const MAX_REDIRECTS = 5;

/** The mirror said no; without a status it could not be asked. */
class MirrorError extends Error {
  override readonly name = 'MirrorError';
  readonly status: number | undefined;

  constructor(message: string, status?: number) {
    super(message);
    this.status = status;
  }
}

/** The URL to fetch: below a mirror, in the mirror's own scheme, since hosts ask by plain HTTP. Undefined: not allowed. */
function toMirrorUrl(text: string, { main, security }: DebianMirrors): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  for (const mirror of [main, security].filter((one) => one !== undefined).map((one) => new URL(one))) {
    if (url.host !== mirror.host || !`${url.pathname}/`.startsWith(`${mirror.pathname.replace(/\/$/, '')}/`)) continue;
    url.protocol = mirror.protocol;
    url.search = '';
    return url;
  }
  return undefined;
}

async function fetchTo(url: URL, path: string, mirrors: DebianMirrors, redirects = 0): Promise<void> {
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const get = url.protocol === 'https:' ? getHttps : getHttp;
    const request = get(url, { timeout: FETCH_TIMEOUT_MS }, resolve).on('error', reject);
    request.on('timeout', () => request.destroy(new MirrorError('timed out')));
  });
  const { statusCode = 0, headers } = response;
  if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
    response.resume();
    const next = toMirrorUrl(new URL(headers.location, url).href, mirrors);
    if (next === undefined || redirects === MAX_REDIRECTS) throw new MirrorError('redirected elsewhere');
    return fetchTo(next, path, mirrors, redirects + 1);
  }
  if (statusCode !== 200) {
    response.resume();
    throw new MirrorError(`status ${statusCode}`, statusCode);
  }
  const partial = `${path}.${randomBytes(4).toString('hex')}`;
  try {
    await pipeline(response, createWriteStream(partial));
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

async function ageOf(path: string): Promise<number | undefined> {
  try {
    const age = Date.now() - (await stat(path)).mtimeMs;
    // From the future: the clock was set back since, and nobody knows how old it is.
    return age < 0 ? Infinity : age;
  } catch {
    return undefined;
  }
}
