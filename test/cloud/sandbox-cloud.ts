import { onTestFinished } from 'vitest';
import { createCloudClient, type CloudClient, type CloudClientOptions } from '#core/cloud/create-cloud-client.ts';
import { systemClock } from '#core/platform/clock.ts';
import type { CloudProvider, ServerCreate } from '#core/ports/cloud-provider.ts';
import { createCloudProvider } from '#core/providers/create-cloud-provider.ts';
import type { ProviderOptions } from '#core/providers/provider-context.ts';
import { startSandbox, type Sandbox, type SandboxOptions } from '#sandbox/start-sandbox.ts';
import { settings as settingsSchema, type Settings } from '#schemas/settings/settings.ts';
import { createRecordingLogger } from './recording-logger.ts';

/** Settings without any pace: a test waits for answers only. */
export const fastSettings: Settings = settingsSchema.parse({
  readIntervalMs: 0,
  writeIntervalMs: 0,
  pollIntervalMs: 10,
  taskTimeoutMs: 20_000,
  maxBackoffMs: 5,
});

export interface SandboxCloud {
  readonly sandbox: Sandbox;
  readonly client: CloudClient;
  readonly provider: CloudProvider;
  /** Lines of the client's log. */
  readonly lines: readonly string[];
}

export interface SandboxCloudOptions extends ProviderOptions {
  readonly sandbox?: SandboxOptions;
  readonly settings?: Partial<Settings>;
  readonly client?: Partial<CloudClientOptions>;
}

/** A sandbox with a client and a provider on it; all of it ends with the test. Tasks take 20 ms unless told otherwise. */
export async function startSandboxCloud(options: SandboxCloudOptions = {}): Promise<SandboxCloud> {
  const sandbox = await startSandbox({ delays: 20, ...options.sandbox });
  const logger = createRecordingLogger();
  const settings = { ...fastSettings, ...options.settings };
  const client = createCloudClient({
    endpoint: sandbox.endpoint,
    token: () => sandbox.token,
    clock: systemClock,
    logger,
    settings,
    environment: {},
    ...options.client,
  });
  onTestFinished(async () => {
    client.close();
    await sandbox.close();
  });
  return { sandbox, client, provider: createCloudProvider(client, systemClock, settings, options), lines: logger.lines };
}

export const signal: AbortSignal = new AbortController().signal;
export const ignore = (): void => undefined;
export const accept = async (): Promise<void> => undefined;

/** A small server that the sandbox accepts. */
export const serverSpec = (fields: Partial<ServerCreate> = {}): ServerCreate => ({
  name: 'web-1',
  dc: 'SdnSpb',
  imageId: 3492,
  cpu: 1,
  ramMb: 1024,
  diskGb: 20,
  diskType: 'SSD',
  pool: 'base',
  backupPeriod: 0,
  sshKeyIds: [],
  ...fields,
});

/** Makes a server and waits for it. */
export async function createActiveServer({ provider }: SandboxCloud, fields: Partial<ServerCreate> = {}) {
  return provider.awaitServer((await provider.createServer(serverSpec(fields), signal)).id, ignore, signal);
}
