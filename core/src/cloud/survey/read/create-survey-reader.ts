import type nodeFetch from 'node-fetch';
import type { Clock } from '#core/ports/clock.ts';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { silentLogger } from '#core/ports/logger.ts';
import { assembleTransport, type TransportSettings } from '../../transport/assemble-transport.ts';
import { createNetworkAgents, type Environment, type NetworkAgents } from '../../transport/network-agents.ts';
import { sendRequests } from '../../transport/send-requests.ts';
import type { Send } from '../../transport/transport.ts';
import { type Exchange, toBody } from './exchange.ts';
import type { ReadPath } from './read-survey.ts';

export interface SurveyReaderOptions {
  readonly endpoint: string;
  readonly token: () => string;
  readonly clock: Clock;
  readonly settings: TransportSettings;
  readonly environment: Environment;
  readonly version: string;
  /** node-fetch unless given. */
  readonly fetch?: typeof nodeFetch;
}

/**
 * Makes a reader of raw answers: the usual transport with its pacing and retries, and what the last attempt brought, whatever its
 * status. Statuses that mean "sign in" are thrown for `/account` only. GET alone: there is nothing in it that could write.
 */
export function createSurveyReader(options: SurveyReaderOptions): { readonly read: ReadPath; close(): void } {
  const { clock, endpoint, environment, fetch, settings, token, version } = options;
  let agents: NetworkAgents | undefined;
  const last = new Map<string, Exchange>();
  const sendOnce = sendRequests({
    endpoint,
    token,
    version,
    agents: () => (agents ??= createNetworkAgents(endpoint, environment, silentLogger)),
    ...(fetch === undefined ? {} : { fetch }),
  });
  const record: Send = async (request) => {
    const before = last.get(request.path);
    last.delete(request.path);
    const startedAt = clock.elapsed();
    const answer = await sendOnce(request);
    const { headers = {}, status, text } = answer;
    const earlier = before === undefined ? [] : [...(before.earlier ?? []), { status: before.status, headers: before.headers }];
    last.set(request.path, {
      path: request.path,
      status,
      headers,
      elapsedMs: clock.elapsed() - startedAt,
      ...toBody(text),
      ...(earlier.length === 0 ? {} : { earlier }),
    });
    return answer;
  };
  const send = assembleTransport({ clock, logger: silentLogger, settings, random: Math.random, send: record });
  return {
    read: async (path, signal) => {
      // A path that is read twice begins anew: attempts are those of one reading.
      last.delete(path);
      try {
        await send({ method: 'GET', path, signal });
      } catch (error) {
        if (!(error instanceof CloudError) || error.code === 'aborted' || path === '/account') throw error;
        if (!last.has(path)) throw error;
      }
      const exchange = last.get(path);
      if (exchange === undefined) throw new CloudError('network', `GET ${path}: no answer`);
      return exchange;
    },
    close: () => {
      agents?.close();
      agents = undefined;
    },
  };
}
