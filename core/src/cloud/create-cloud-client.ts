import type nodeFetch from 'node-fetch';
import type { Clock } from '#core/ports/clock.ts';
import type { Logger } from '#core/ports/logger.ts';
import type { Api } from './answers/call-api.ts';
import { type AccountResource, createAccountResource } from './resources/account.ts';
import { type ActionsResource, createActionsResource } from './resources/actions.ts';
import { createDataCentresResource, type DataCentresResource } from './resources/data-centres.ts';
import { createImagesResource, type ImagesResource } from './resources/images.ts';
import { createNetworksResource, type NetworksResource } from './resources/networks.ts';
import { createServersResource, type ServersResource } from './resources/servers.ts';
import { createSshKeysResource, type SshKeysResource } from './resources/ssh-keys.ts';
import { assembleTransport, type TransportSettings } from './transport/assemble-transport.ts';
import { createNetworkAgents, type Environment, type NetworkAgents } from './transport/network-agents.ts';
import { sendRequests } from './transport/send-requests.ts';

export interface CloudClientOptions {
  /** `https://api.1cloud.ru` or the white label's. */
  readonly endpoint: string;
  /** Asked before each call. */
  readonly token: () => string | Promise<string>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: TransportSettings;
  /** `process.env`: proxies (see `pickProxy`) and extra certificates. An empty one: neither. */
  readonly environment: Environment;
  /** For the User-Agent. */
  readonly version?: string;
  /** node-fetch unless given. */
  readonly fetch?: typeof nodeFetch;
  /** Spreads retries; `Math.random` unless given. */
  readonly random?: () => number;
}

/** The REST API of 1cloud, one property per resource. Every method throws `CloudError` only. */
export interface CloudClient {
  readonly endpoint: string;
  readonly account: AccountResource;
  readonly actions: ActionsResource;
  readonly dataCentres: DataCentresResource;
  readonly images: ImagesResource;
  readonly networks: NetworksResource;
  readonly servers: ServersResource;
  readonly sshKeys: SshKeysResource;
  /** Drops idle connections. */
  close(): void;
}

/** Makes a client. Nothing is read or opened before the first call. */
export function createCloudClient(options: CloudClientOptions): CloudClient {
  const { clock, endpoint, environment, fetch, logger, random = Math.random, settings, token, version = 'dev' } = options;
  let agents: NetworkAgents | undefined;
  const send = sendRequests({
    endpoint,
    token,
    version,
    agents: () => (agents ??= createNetworkAgents(endpoint, environment, logger)),
    ...(fetch === undefined ? {} : { fetch }),
  });
  const api: Api = { logger, send: assembleTransport({ clock, logger, settings, random, send }) };
  return {
    endpoint,
    account: createAccountResource(api),
    actions: createActionsResource(api),
    dataCentres: createDataCentresResource(api),
    images: createImagesResource(api),
    networks: createNetworksResource(api),
    servers: createServersResource(api),
    sshKeys: createSshKeysResource(api),
    close: () => {
      agents?.close();
      agents = undefined;
    },
  };
}
