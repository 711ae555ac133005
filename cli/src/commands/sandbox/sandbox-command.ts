import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t } from '#schemas/text/text.ts';
import { resetSandbox, switchFaults } from '#sandbox/daemon/command-sandbox.ts';
import { readStatus } from '#sandbox/daemon/read-status.ts';
import { runSandboxForeground } from '#sandbox/daemon/run-sandbox-foreground.ts';
import { startDetached } from '#sandbox/daemon/start-detached.ts';
import { stopSandbox } from '#sandbox/daemon/stop-sandbox.ts';
import { type HostsChoice, hostsChoices } from '#sandbox/hosts/choose-hosts.ts';
import { nodeFileReader } from '#core/platform/node-file-reader.ts';
import { readSeed } from '#sandbox/seed/read-seed.ts';
import type { CliHost, GlobalOptions } from '../../terminal/host.ts';
import { defaultState, parseNumber, toFolder } from './sandbox-options.ts';
import { addSandboxLogCommand } from './sandbox-log-command.ts';
import { addSandboxPanelCommands } from './sandbox-panel-commands.ts';

interface StartOptions {
  readonly port?: number;
  readonly seed?: string;
  readonly state: string;
  readonly fault: string[];
  readonly delay?: number;
  readonly hosts?: HostsChoice;
  readonly detach?: boolean;
}

/** `ict sandbox start|stop|status|reset|fault|log|change|rename|delete|create`: a local 1cloud to try everything without an account. */
export function addSandboxCommand(program: Command, host: CliHost): void {
  const { render } = host;
  const sandbox = program.command('sandbox').description(render(t('a local 1cloud to try everything without an account')));
  const withState = (command: Command): Command =>
    command.option('--state <folder>', render(t('folder that keeps its state and tells other commands where it is')), defaultState(host));

  withState(sandbox.command('start'))
    .description(render(t('start it; ends with Ctrl-C unless --detach is given')))
    .option('--port <number>', render(t('port on 127.0.0.1; a free one without it')), (value) => parseNumber(value, host))
    .option('--seed <file>', render(t('what is in it at first: YAML or JSON')))
    .option(
      '--fault <rule>',
      render(t('switch a fault on, such as rate-limit; may be repeated')),
      (value: string, all: readonly string[]) => [...all, value],
      [],
    )
    .option('--delay <ms>', render(t('how long each task takes, milliseconds; 0: at once')), (value) => parseNumber(value, host))
    .addOption(
      new Option('--hosts <kind>', render(t('machines behind its servers, reached over SSH; none without it'))).choices(hostsChoices),
    )
    .option('--detach', render(t('go on in the background')))
    .action((options: StartOptions, command: Command) => start(host, options, command.optsWithGlobals()));
  withState(sandbox.command('stop'))
    .description(render(t('stop it')))
    .action(async ({ state }: { state: string }) => {
      const answer = await stopSandbox(toFolder(host, state));
      host.say(answer === 'stopped' ? t('The sandbox is stopped.') : t('No sandbox is running.'));
    });
  withState(sandbox.command('status'))
    .description(render(t('say whether it runs, and what is in it')))
    .action(async ({ state }: { state: string }, command: Command) => status(host, toFolder(host, state), command.optsWithGlobals()));
  withState(sandbox.command('reset'))
    .description(render(t('put it back to its seed')))
    .action(async ({ state }: { state: string }) => {
      await resetSandbox(toFolder(host, state));
      host.say(t('The sandbox is as it was at first.'));
    });
  withState(sandbox.command('fault'))
    .argument('[rule...]', render(t('faults to switch on')))
    .option('--clear', render(t('switch all faults off first')))
    .description(render(t('switch faults of the running sandbox')))
    .action(async (rules: string[], { state, clear }: { state: string; clear?: boolean }) => {
      const list = await switchFaults(toFolder(host, state), { set: rules, ...(clear === true ? { clear: 'all' } : {}) });
      for (const item of list) host.io.out(`${item.fault}\n`);
      if (list.length === 0) host.say(t('No fault is on.'));
    });
  addSandboxLogCommand(withState(sandbox.command('log')), host);
  addSandboxPanelCommands(sandbox, host, withState);
}

async function start(host: CliHost, options: StartOptions, globals: GlobalOptions): Promise<void> {
  const { io } = host;
  const stateDir = toFolder(host, options.state);
  const show = ({ endpoint, token }: { endpoint: string; token: string }): void => {
    if (globals.json) host.printJson({ endpoint, token, state: stateDir }, 'line');
    else
      io.out(
        `${host.render(t('The sandbox is running at {0}. To use it in this shell:', endpoint))}\n    export ONECLOUD_ENDPOINT=${endpoint}\n    export ONECLOUD_TOKEN=${token}\n`,
      );
    if (options.hosts === 'isolated' || options.hosts === 'shared') host.complain(sayShared);
  };
  if (options.detach) {
    const args = [
      ...host.self.args,
      'sandbox',
      'start',
      '--state',
      stateDir,
      ...(options.port === undefined ? [] : ['--port', String(options.port)]),
      ...(options.seed === undefined ? [] : ['--seed', resolve(io.cwd, options.seed)]),
      ...(options.delay === undefined ? [] : ['--delay', String(options.delay)]),
      ...(options.hosts === undefined ? [] : ['--hosts', options.hosts]),
      ...options.fault.flatMap((rule) => ['--fault', rule]),
    ];
    const started = await startDetached({
      stateDir,
      execPath: host.self.execPath,
      args,
      env: { ...io.environment, ICT_QUIET_SANDBOX: '1' },
    });
    show(started);
    return;
  }
  const interrupted = new AbortController();
  const release = io.onInterrupt(() => interrupted.abort());
  try {
    await runSandboxForeground(
      {
        stateDir,
        ...(options.port === undefined ? {} : { port: options.port }),
        ...(options.seed === undefined
          ? {}
          : { seed: await readSeed(resolve(io.cwd, options.seed), (path, maxBytes) => nodeFileReader.read(path, maxBytes)) }),
        ...(options.delay === undefined ? {} : { delays: options.delay }),
        ...(options.hosts === undefined ? {} : { hosts: options.hosts }),
        faults: options.fault,
        onImage: ({ suite, step }) => {
          if (step === 'downloading' || step === 'installing') host.complain(t('Making the image of Debian {0}: {1}', suite, step));
        },
        // In the background its output is a log, and a token does not belong there.
        onReady: (ready) => {
          if (io.environment['ICT_QUIET_SANDBOX'] === undefined) show(ready);
        },
      },
      interrupted.signal,
    );
  } finally {
    release();
  }
}

async function status(host: CliHost, stateDir: string, globals: GlobalOptions): Promise<void> {
  const report = await readStatus(stateDir);
  if (globals.json) host.printJson(report.kind === 'running' ? { kind: report.kind, ...report.status } : report);
  else if (report.kind === 'stopped') host.say(t('No sandbox is running.'));
  else
    host.say(
      t(
        'The sandbox is running at {0} (process {1}). Hosts behind its servers: {2}.',
        report.endpoint,
        report.status.pid,
        report.status.hosts,
      ),
    );
  if (report.kind === 'running' && !globals.json) {
    const { hosts, hostsReason, hostList = [] } = report.status;
    if (hostsReason !== undefined) host.say(hostsReason);
    if (hosts !== 'none') host.say(sayShared);
    for (const one of hostList) {
      const place = `${one.serverId}  ssh -p ${one.port} ${one.user}@${one.ip}`;
      host.io.out(one.problem === undefined ? `${place}\n` : `${place}  ${host.render(one.problem)}\n`);
    }
  }
  if (report.kind === 'stopped') host.exitCode = exitCodes.unclassified;
}

/** Who looks at metrics must know it: a busy host looks like a busy machine, and so like every other host. */
const sayShared = t('Its hosts share the kernel of this machine: their processor, load, memory and disk figures are the machine’s.');
