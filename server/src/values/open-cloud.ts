import { CredentialsError, findCredentials } from '#core/platform/credentials.ts';
import { readSettings, type Environment } from '#core/platform/environment.ts';
import type { CredentialsParams } from '#schemas/protocol/credentials.ts';
import { DEFAULT_ENDPOINT } from '#schemas/settings/settings.ts';
import type { OpenCloud } from '../ports/server-ports.ts';

/** A question in the editor is worth one more try, not the patience of an apply. */
const ATTEMPTS = 2;

/**
 * Opens the account of the client's credentials; without them that of the environment or of `ict login`. The client for
 * the API is loaded only then.
 */
export const createOpenCloud =
  (environment: Environment, version: string): OpenCloud =>
  async (given) => {
    const credentials = given ? fromClient(given, environment) : await fromEnvironment(environment);
    if (!credentials) return undefined;
    const settings = { ...readSettings(environment, credentials.endpoint), attempts: ATTEMPTS };
    const { createCloudReader } = await import('#core/create-core/create-cloud-reader.ts');
    return createCloudReader({ settings, token: () => credentials.token, environment, version });
  };

interface Account {
  readonly endpoint: string;
  readonly token: string;
}

const fromClient = ({ endpoint, token }: CredentialsParams, environment: Environment): Account | undefined =>
  token === null ? undefined : { endpoint: endpoint ?? environment['ONECLOUD_ENDPOINT'] ?? DEFAULT_ENDPOINT, token };

/** Undefined when nobody is signed in. */
const fromEnvironment = (environment: Environment): Promise<Account | undefined> =>
  findCredentials(environment).catch((error: unknown) => {
    if (error instanceof CredentialsError) return undefined;
    throw error;
  });
