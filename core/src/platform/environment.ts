import * as z from 'zod';
import { DEFAULT_ENDPOINT, type Settings, settings } from '#schemas/settings/settings.ts';

/** The variables of the environment that ict reads; docs/environment.md describes each. */
export type Environment = Readonly<Partial<Record<string, string>>>;

const number = z.coerce.number();

/** Variable → setting it sets. */
const numbers = {
  ICT_CONCURRENCY: 'concurrency',
  ICT_READ_INTERVAL_MS: 'readIntervalMs',
  ICT_WRITE_INTERVAL_MS: 'writeIntervalMs',
  ICT_POLL_INTERVAL_MS: 'pollIntervalMs',
  ICT_TASK_TIMEOUT_MS: 'taskTimeoutMs',
  ICT_CREATE_LOOKUP_MS: 'createLookupMs',
  ICT_CREATE_DOUBT_MS: 'createDoubtMs',
  ICT_CREATE_RECHECK_MS: 'createRecheckMs',
  ICT_REQUEST_TIMEOUT_MS: 'requestTimeoutMs',
  ICT_ATTEMPTS: 'attempts',
  ICT_MAX_BACKOFF_MS: 'maxBackoffMs',
  ICT_SSH_WAIT_MS: 'sshWaitMs',
} as const satisfies Record<string, keyof Settings>;

/** A variable holds something that is not a setting. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
  readonly variable: string;

  constructor(variable: string) {
    super(`${variable} is not valid`);
    this.variable = variable;
  }
}

/** Whether an endpoint is on this machine: a sandbox, which has no limits worth pacing for. */
export function isLoopback(endpoint: string): boolean {
  const { hostname } = new URL(endpoint);
  return hostname === 'localhost' || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

/** Settings from the environment. Against a loopback endpoint requests are not paced unless asked. */
export function readSettings(environment: Environment, endpoint?: string): Settings {
  const url = endpoint ?? environment['ONECLOUD_ENDPOINT'] ?? DEFAULT_ENDPOINT;
  const checkedUrl = settings.shape.endpoint.safeParse(url);
  if (!checkedUrl.success || !/^https?:\/\//.test(url)) throw new EnvironmentError('ONECLOUD_ENDPOINT');
  const paced: Partial<Settings> = isLoopback(url) ? { readIntervalMs: 0, writeIntervalMs: 0, pollIntervalMs: 100, sshWaitMs: 3000 } : {};
  const given: Record<string, number> = {};
  for (const [variable, name] of Object.entries(numbers)) {
    const text = environment[variable];
    if (text === undefined || text === '') continue;
    const value = number.safeParse(text);
    const checked = value.success ? settings.shape[name].safeParse(value.data) : undefined;
    if (!checked?.success) throw new EnvironmentError(variable);
    given[name] = checked.data;
  }
  return settings.parse({ ...paced, ...given, endpoint: url.replace(/\/+$/, '') });
}
