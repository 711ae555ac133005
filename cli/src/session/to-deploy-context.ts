import { createDeployContext } from '#core/create-core/create-deploy-context.ts';
import { readSettings } from '#core/platform/environment.ts';
import type { CliHost } from '../terminal/host.ts';
import type { Session } from './session.ts';

/** The engine of a session with what deploying needs. */
export function toDeployContext(host: CliHost, { context, credentials }: Session) {
  const { environment } = host.io;
  const { sshWaitMs } = readSettings(environment, credentials.endpoint);
  return createDeployContext(context, { environment, version: host.version, sshWaitMs, secrets: () => [credentials.token] });
}
