import type { Settings } from '#schemas/settings/settings.ts';
import type { ActualState, Catalog } from '#schemas/state/actual.ts';
import { createCloudClient } from '../cloud/create-cloud-client.ts';
import { systemClock } from '../platform/clock.ts';
import type { Environment } from '../platform/environment.ts';
import type { Clock } from '../ports/clock.ts';
import { silentLogger } from '../ports/logger.ts';
import { readCatalog, readLists } from '../providers/reading.ts';

export interface CloudReaderOptions {
  readonly settings: Settings;
  /** Asked before each call. */
  readonly token: () => string;
  readonly environment: Environment;
  readonly version: string;
  readonly clock?: Clock;
}

/** The account for those who only look. There is nothing in it that could write. */
export interface CloudReader {
  /** What the provider offers. Throws `CloudError`. */
  readCatalog(signal: AbortSignal): Promise<Catalog>;
  /** What the account has. Throws `CloudError`. */
  readObjects(signal: AbortSignal): Promise<Pick<ActualState, 'servers' | 'networks' | 'keys' | 'unreadable'>>;
  /** Drops idle connections. */
  close(): void;
}

/** Makes a reader. Nothing is read before it is asked. */
export function createCloudReader({ settings, token, environment, version, clock = systemClock }: CloudReaderOptions): CloudReader {
  const client = createCloudClient({ endpoint: settings.endpoint, token, clock, logger: silentLogger, settings, environment, version });
  return {
    readCatalog: (signal) => readCatalog(client, signal),
    readObjects: (signal) => readLists(client, signal),
    close: () => client.close(),
  };
}
