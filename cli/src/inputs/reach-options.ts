import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { t } from '#schemas/text/text.ts';
import type { CliHost } from '../terminal/host.ts';

/** Adds `--user` and `--key`. */
export const addReachOptions = (command: Command, { render }: CliHost): Command =>
  command
    .option('--user <name>', render(t('user of SSH, instead of each server’s administrator')))
    .option('--key <path>', render(t('private key of SSH, instead of the ones the file names')));

/** How hosts are logged in to, as `--user` and `--key` say. Throws `InvalidArgumentError` for a user that ssh would take for an option. */
export const toReach = ({ io, render }: CliHost, options: { readonly user?: string; readonly key?: string }) => ({
  ...(options.user === undefined ? {} : { user: parseUser(options.user, render) }),
  ...(options.key === undefined ? {} : { keyFile: resolve(io.cwd, options.key) }),
});

/** A name that cannot be taken for an option of ssh. */
function parseUser(value: string, render: CliHost['render']): string {
  if (!/^[A-Za-z_][\w.-]*\$?$/.test(value)) throw new InvalidArgumentError(render(t('A user name is expected.')));
  return value;
}
