import { Command, Option } from 'commander';
import { t, type Text } from '#schemas/text/text.ts';
import { addAccountCommands } from './commands/account/account-commands.ts';
import { addApplyCommands } from './commands/plan/apply-commands.ts';
import { addCompletionCommand } from './commands/completion-command.ts';
import { addConvertCommand } from './commands/project/convert-command.ts';
import { addDoctorCommand } from './commands/doctor/doctor-command.ts';
import { addHistoryCommand } from './commands/project/history-command.ts';
import { addInventoryCommand } from './commands/deploy/inventory-command.ts';
import { addDeployCommand } from './commands/deploy/deploy-command.ts';
import { addInfraCommands } from './commands/deploy/infra-commands.ts';
import { addRunCommand } from './commands/deploy/run-command.ts';
import { addSshCommand } from './commands/deploy/ssh-command.ts';
import { addFileCommands } from './commands/project/file-commands.ts';
import { addPlanCommands } from './commands/plan/plan-commands.ts';
import { addPowerCommand } from './commands/plan/power-command.ts';
import { addSandboxCommand } from './commands/sandbox/sandbox-command.ts';
import { addStatsCommand } from './commands/metrics/stats-command.ts';
import { addStatusCommand } from './commands/project/status-command.ts';
import { addUnlockCommand } from './commands/project/unlock-command.ts';
import { addWatchCommand } from './commands/metrics/watch-command.ts';
import { parseSeconds } from './inputs/parse-options.ts';
import type { CliHost, GlobalOptions } from './terminal/host.ts';

/** The whole command line. Texts are rendered in the language that was picked before parsing. */
export function buildProgram(host: CliHost): Command {
  const { render, io } = host;
  const program = new Command('ict');
  program
    .description(render(t('Manages virtual servers of 1cloud.ru from one infra file.')))
    .version(host.version, '--version', render(t('print the version')))
    .option('--lang <language>', render(t('en or ru; otherwise LC_ALL, LC_MESSAGES, LANG decide')))
    .option('--context <name>', render(t('account stored by ict login under this name')))
    .option('--events <file>', render(t('write what happens as JSON lines to this file')))
    .addOption(
      new Option('--timeout <time>', render(t('give up after this time, such as 30m; exit code 124'))).argParser((value) =>
        parseSeconds(value, render),
      ),
    )
    .option('--root <folder>', render(t('read no file outside of this folder; in CI otherwise the git work tree of the infra file')))
    .option('--json', render(t('print the result as JSON')))
    .helpOption('-h, --help', render(t('print help')))
    .helpCommand('help [command]', render(t('print help for a command')))
    .showSuggestionAfterError(true)
    .enablePositionalOptions(false)
    .hook('preAction', (_program, command) => {
      host.root = command.optsWithGlobals<GlobalOptions>().root;
    });
  addPlanCommands(program, host);
  addApplyCommands(program, host);
  addDeployCommand(program, host, t('compare, apply the difference, then run the playbooks'));
  addInfraCommands(program, host);
  addStatusCommand(program, host);
  addStatsCommand(program, host);
  addWatchCommand(program, host);
  addPowerCommand(program, host);
  addSshCommand(program, host);
  addRunCommand(program, host);
  addInventoryCommand(program, host);
  addHistoryCommand(program, host);
  addUnlockCommand(program, host);
  addDoctorCommand(program, host);
  addFileCommands(program, host);
  addConvertCommand(program, host);
  addAccountCommands(program, host);
  addSandboxCommand(program, host);
  addCompletionCommand(program, host);
  program
    .command('version')
    .description(render(t('print the version')))
    .action(() => io.out(`${host.version}\n`));
  visitCommands(program, (command) => {
    command.exitOverride();
    command.configureOutput({ writeOut: io.out, writeErr: io.err, outputError: () => undefined });
    command.configureHelp({ styleTitle: (title) => render(helpTitles[title] ?? { text: title }) });
    command.helpOption('-h, --help', render(t('print help')));
  });
  return program;
}

/** The words commander itself puts into a help page. */
const helpTitles: Readonly<Record<string, Text>> = {
  'Usage:': t('Usage:'),
  'Arguments:': t('Arguments:'),
  'Options:': t('Options:'),
  'Global Options:': t('Global options:'),
  'Commands:': t('Commands:'),
};

function visitCommands(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const sub of command.commands) visitCommands(sub, visit);
}
