import { join, resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import envPaths from 'env-paths';
import { t } from '#schemas/text/text.ts';
import type { CliHost } from '../../terminal/host.ts';

/** The state folder when no option names one; `ICT_SANDBOX_DIR` moves it. */
export const defaultState = (host: CliHost): string =>
  host.io.environment['ICT_SANDBOX_DIR'] ?? join(envPaths('ict', { suffix: '' }).data, 'sandbox');

/** The state folder of an option as a full path. */
export const toFolder = (host: CliHost, state: string): string => resolve(host.io.cwd, state);

/** A whole number of an option. Throws commander's error for anything else. */
export const parseNumber = (value: string, host: CliHost): number => {
  if (!/^\d{1,9}$/.test(value)) throw new InvalidArgumentError(host.render(t('A whole number is expected.')));
  return Number(value);
};
