import { createHash } from 'node:crypto';
import { dirname, resolve } from 'node:path';
import type { Settings } from '#schemas/settings/settings.ts';
import { createCloudClient } from '../cloud/create-cloud-client.ts';
import type { OperationContext, Prompt } from '../operations/operation-context.ts';
import { systemClock } from '../platform/clock.ts';
import type { Environment } from '../platform/environment.ts';
import { nodeFileReader } from '../platform/node-file-reader.ts';
import { createRunName } from '../platform/run-name.ts';
import type { Clock } from '../ports/clock.ts';
import type { EmitEvent } from '../ports/event-sink.ts';
import type { FileReader } from '../ports/files.ts';
import type { Logger } from '../ports/logger.ts';
import { createCloudProvider } from '../providers/create-cloud-provider.ts';
import { openProjectStore } from '../storage/open-project-store.ts';

export interface CoreOptions {
  readonly settings: Settings;
  /** Asked before each call, so that the secret lives in one place. */
  readonly token: () => string;
  readonly environment: Environment;
  readonly logger: Logger;
  readonly emit: EmitEvent;
  readonly prompt: Prompt;
  /** Command line for journal and history; must hold no secret. */
  readonly command: string;
  readonly version: string;
  /** Reads the infra file and what it names; without it from anywhere. */
  readonly files?: FileReader;
  readonly clock?: Clock;
}

/** Wires the engine: the only place that joins ports and their implementations. */
export function createOperationContext(options: CoreOptions): OperationContext & { close(): void } {
  const { settings, clock = systemClock, emit, prompt, command } = options;
  const client = createCloudClient({
    endpoint: settings.endpoint,
    token: options.token,
    clock,
    logger: options.logger,
    settings,
    environment: options.environment,
    version: options.version,
  });
  return {
    files: options.files ?? nodeFileReader,
    cloud: createCloudProvider(client, clock, settings),
    clock,
    emit,
    prompt,
    settings,
    command,
    openStore: (folder, project) => openProjectStore(folder, project, clock),
    folderOf: (path) => dirname(resolve(path)),
    hash: (parts) => parts.reduce((hash, part) => hash.update(part).update('\0'), createHash('sha256')).digest('hex'),
    newRun: () => createRunName(clock.now()),
    close: () => client.close(),
  };
}
