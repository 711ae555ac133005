import { readFileSync, statSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { rootCertificates } from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import type { Logger } from '#core/ports/logger.ts';

/** The connections of one client. */
export interface NetworkAgents {
  /** Keeps connections open between calls. */
  readonly reads: HttpAgent;
  /**
   * Opens a connection per call: on a kept one that the server is just closing a write would be lost without anyone knowing
   * whether it was carried out.
   */
  readonly writes: HttpAgent;
  close(): void;
}

/** Reads that may be on the wire at once. */
const MAX_READ_SOCKETS = 8;

/** Makes the agents for an endpoint: through the environment's proxy where one applies, trusting its extra certificates. */
export function createNetworkAgents(endpoint: string, environment: Environment, logger: Logger): NetworkAgents {
  const url = new URL(endpoint);
  const proxy = pickProxy(url, environment);
  const certificates = url.protocol === 'https:' ? readCertificates(environment, logger) : undefined;
  const tls = certificates === undefined ? {} : { ca: [...certificates] };
  const create = (keepAlive: boolean): HttpAgent => {
    // An agent with a limit asks for a kept connection whatever else it is told, so only the reads have one.
    const options = { keepAlive, ...(keepAlive ? { maxSockets: MAX_READ_SOCKETS } : {}), ...tls };
    if (proxy !== undefined) return createProxyAgent(proxy, options);
    return url.protocol === 'https:' ? new HttpsAgent(options) : new HttpAgent(options);
  };
  const [reads, writes] = [create(true), create(false)];
  return {
    reads,
    writes,
    close: () => {
      reads.destroy();
      writes.destroy();
    },
  };
}

function createProxyAgent(proxy: string, options: { keepAlive: boolean; maxSockets?: number; ca?: string[] }): HttpAgent {
  const agent = new HttpsProxyAgent(proxy, options);
  // Its own options reach only the connection to the proxy; these reach the one through it.
  if (options.ca !== undefined) agent.options = { ...agent.options, ca: options.ca };
  return agent;
}

/**
 * The proxy for an endpoint: `HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`, in either case. A loopback endpoint never
 * has one. The library reads the process's own variables, so `environment` only decides whether a proxy is wanted at all.
 */
export function pickProxy(endpoint: URL, environment: Environment): string | undefined {
  if (isLoopback(endpoint) || !wantsProxy(environment)) return undefined;
  const proxy = getProxyForUrl(endpoint.href);
  return proxy === '' ? undefined : proxy;
}

/** This machine itself: no proxy could reach it. */
export const isLoopback = (url: URL): boolean => /^(?:localhost|.+\.localhost|127(?:\.\d+){3}|\[::1\])$/i.test(url.hostname);

const wantsProxy = (environment: Environment): boolean =>
  Object.entries(environment).some(([name, value]) => /^(?:https?|all)_proxy$/i.test(name) && value !== undefined && value !== '');

/** Files of PEM certificates to trust besides the built-in ones: what a company's own proxy or a test endpoint needs. */
const variables = ['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'] as const;

/**
 * The certificates to trust; undefined: the built-in ones are enough. An unreadable file is only a warning, as in Node itself:
 * most connections do not need it, and the one that does fails with `tls`.
 */
export function readCertificates(environment: Environment, logger: Logger): readonly string[] | undefined {
  const extra = variables.flatMap((variable) => {
    const path = environment[variable];
    if (path === undefined || path === '') return [];
    try {
      // A pipe or a device would never end.
      if (!statSync(path).isFile()) throw new Error('not an ordinary file');
      return [readFileSync(path, 'utf8')];
    } catch {
      logger.warn('The file of certificates cannot be read', { variable, path });
      return [];
    }
  });
  return extra.length === 0 ? undefined : [...rootCertificates, ...extra];
}

/** Variables of the process, as `process.env` has them. */
export type Environment = Readonly<Record<string, string | undefined>>;
