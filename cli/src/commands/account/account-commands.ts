import type { Command } from 'commander';
import { createOperationContext } from '#core/create-core/create-operation-context.ts';
import { findCredentials, removeCredentials, storeCredentials } from '#core/platform/credentials.ts';
import { readSettings } from '#core/platform/environment.ts';
import { silentLogger } from '#core/ports/logger.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t } from '#schemas/text/text.ts';
import { type CliHost, type GlobalOptions, UsageError } from '../../terminal/host.ts';
import { renderTable } from '../../views/table-view.ts';

/** `ict login`, `logout`, `whoami`, `account`, `catalog`: what needs no infra file. */
export function addAccountCommands(program: Command, host: CliHost): void {
  const { render } = host;
  program
    .command('login')
    .description(render(t('store a token for this user, checked by the provider; read from the terminal or standard input')))
    .option('--endpoint <url>', render(t('another endpoint, such as a white label or a sandbox')))
    .action((options: { endpoint?: string }, command: Command) => login(host, options.endpoint, command.optsWithGlobals()));
  program
    .command('logout')
    .description(render(t('forget the stored token')))
    .action(async (_options: unknown, command: Command) => {
      const context = command.optsWithGlobals<GlobalOptions>().context ?? 'default';
      const wasThere = await removeCredentials(host.io.environment, context);
      host.say(wasThere ? t('Signed out of {0}.', context) : t('There is no stored token for {0}.', context));
    });
  program
    .command('whoami')
    .description(render(t('say which account the token belongs to')))
    .action((_options: unknown, command: Command) => whoami(host, command.optsWithGlobals()));
  program
    .command('account')
    .description(render(t('show account and balance')))
    .action((_options: unknown, command: Command) => account(host, command.optsWithGlobals()));
  program
    .command('catalog')
    .argument('[kind]', render(t('images or data-centres; both without it')))
    .description(render(t('list the images and data centres the provider offers')))
    .action((kind: string | undefined, _options: unknown, command: Command) => catalog(host, kind, command.optsWithGlobals()));
}

/** Opens the provider for one call. */
async function withCloud<T>(
  host: CliHost,
  globals: GlobalOptions,
  given: { endpoint: string; token: string } | undefined,
  work: (core: ReturnType<typeof createOperationContext>) => Promise<T>,
): Promise<T> {
  const credentials = given ?? (await findCredentials(host.io.environment, globals.context));
  const core = createOperationContext({
    settings: readSettings(host.io.environment, credentials.endpoint),
    token: () => credentials.token,
    environment: host.io.environment,
    logger: silentLogger,
    emit: () => undefined,
    prompt: { isInteractive: false, ask: () => Promise.resolve(undefined) },
    command: 'ict',
    version: host.version,
  });
  try {
    return await work(core);
  } finally {
    core.close();
  }
}

const never = (): AbortSignal => new AbortController().signal;

async function login(host: CliHost, endpointOption: string | undefined, globals: GlobalOptions): Promise<void> {
  const { io, render } = host;
  const context = globals.context ?? 'default';
  const endpoint = readSettings(io.environment, endpointOption).endpoint;
  const typed = io.isInteractive
    ? await io.ask(render(t('Token for {0} (not shown):', endpoint)) + ' ', { isSecret: true })
    : await io.readAll();
  const token = typed?.trim() ?? '';
  if (token === '') throw new UsageError(t('No token was given. Copy it from the account page of the panel.'));
  const found = await withCloud(host, globals, { endpoint, token }, (core) => core.cloud.readAccount(never()));
  const path = await storeCredentials(io.environment, context, endpoint, token);
  host.say(t('Signed in as {0}. The token is stored in {1}.', found.email ?? String(found.id ?? '?'), path));
}

async function whoami(host: CliHost, globals: GlobalOptions): Promise<void> {
  const credentials = await findCredentials(host.io.environment, globals.context);
  const found = await withCloud(host, globals, credentials, (core) => core.cloud.readAccount(never()));
  const { endpoint, source, context } = credentials;
  if (globals.json) host.printJson({ ...found, endpoint, source, context });
  else {
    const sources = {
      environment: t('ONECLOUD_TOKEN'),
      'token-file': t('the file in ONECLOUD_TOKEN_FILE'),
      login: t('ict login, context {0}', context ?? ''),
    } as const;
    host.say(t('{0} at {1}, token from {2}', found.email ?? String(found.id ?? '?'), endpoint, sources[source]));
  }
}

async function account(host: CliHost, globals: GlobalOptions): Promise<void> {
  const found = await withCloud(host, globals, undefined, (core) => core.cloud.readAccount(never()));
  if (globals.json) {
    host.printJson(found);
    return;
  }
  host.say(t('Account {0}', found.email ?? String(found.id ?? '?')));
  host.say(t('Balance {0} RUB', found.balance === undefined ? '?' : found.balance.toFixed(2)));
}

async function catalog(host: CliHost, kind: string | undefined, globals: GlobalOptions): Promise<void> {
  if (kind !== undefined && kind !== 'images' && kind !== 'data-centres')
    throw new UsageError(t('The catalogue has images and data-centres, not {0}.', kind));
  const found = await withCloud(host, globals, undefined, (core) => core.cloud.readCatalog(never()));
  const shown = {
    ...(kind === 'data-centres' ? {} : { images: found.images }),
    ...(kind === 'images' ? {} : { dataCentres: found.dataCentres }),
  };
  if (globals.json) {
    host.printJson(shown);
    host.exitCode = exitCodes.done;
    return;
  }
  const { render, style, io } = host;
  const yes = (value: boolean): string => render(value ? t('yes') : t('no'));
  if (shown.images) {
    const rows = shown.images.map((image) => [
      String(image.id),
      image.displayName,
      image.name,
      image.family ?? '',
      image.minDiskGb === undefined ? '' : `${image.minDiskGb} GB`,
    ]);
    io.out(renderTable([t('id'), t('image'), t('technical name'), t('family'), t('least disk')].map(render), rows, style));
  }
  if (shown.images && shown.dataCentres) io.out('\n');
  if (shown.dataCentres) {
    const rows = shown.dataCentres.map((dc) => [
      dc.title,
      dc.techTitle,
      dc.shortTitle ?? '',
      dc.city ?? '',
      yes(dc.hasBasePool),
      yes(dc.hasHighPool),
    ]);
    io.out(
      renderTable([t('data centre'), t('technical name'), t('short'), t('city'), t('base pool'), t('high pool')].map(render), rows, style),
    );
  }
}
