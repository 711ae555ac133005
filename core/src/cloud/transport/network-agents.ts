import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { HttpsProxyAgent } from 'https-proxy-agent';
import type { Logger } from '#core/ports/logger.ts';
import type { Environment } from './environment.ts';
import { pickProxy } from './pick-proxy.ts';
import { readCertificates } from './read-certificates.ts';

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
