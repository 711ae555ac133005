import type { Command } from 'commander';
import { runDrift, runPlan } from '#core/operations/run-plan.ts';
import { writePanelFile } from '#core/operations/write-panel-file.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import { savePlan } from '../../inputs/saved-plan.ts';
import type { CliHost, GlobalOptions } from '../../terminal/host.ts';
import { withSession } from '../../session/session.ts';
import { showResult } from '../../views/result-view.ts';
import { addDetailedExitCode, addPlanOptions, type PlanOptions, toPolicy } from '../../inputs/operation-options.ts';

interface Options extends PlanOptions {
  readonly out?: string;
  readonly detailedExitcode?: boolean;
  readonly asFile?: boolean;
}

/** `ict plan` and `ict drift`: look and say, change nothing. */
export function addPlanCommands(program: Command, host: CliHost): void {
  const { render } = host;
  addDetailedExitCode(addPlanOptions(program.command('plan'), render), render)
    .argument('[file]', render(t('infra file, its folder, or NAME of NAME.infra.yaml')))
    .description(render(t('compare the panel with the file and say what would change')))
    .option('--out <path>', render(t('save the plan, for: ict apply --plan PATH')))
    .action(async (word: string | undefined, options: Options, command: Command) => {
      await plan(host, word, options, command.optsWithGlobals(), 'plan');
    });
  addDetailedExitCode(addPlanOptions(program.command('drift'), render), render)
    .argument('[file]', render(t('infra file, its folder, or NAME of NAME.infra.yaml')))
    .description(render(t('say what was changed in the panel since the last apply')))
    .option('--as-file', render(t('print the infra file with the values that the panel has; writes nothing')))
    .action(async (word: string | undefined, options: Options, command: Command) => {
      if (options.asFile === true) await printPanelFile(host, word, options, command.optsWithGlobals());
      else await plan(host, word, options, command.optsWithGlobals(), 'drift');
    });
}

async function plan(
  host: CliHost,
  word: string | undefined,
  options: Options,
  globals: GlobalOptions,
  operation: 'plan' | 'drift',
): Promise<void> {
  const file = await findInfraFile(host.io.cwd, word);
  host.exitCode = await withSession(host, { operation, file, globals, isReadOnly: true }, async ({ context, abort }) => {
    const request = { file, only: options.only, except: options.except, policy: toPolicy(options) };
    const result = await (operation === 'plan' ? runPlan : runDrift)(context, request, abort);
    const exitCode = showResult(host, result, {
      isFull: options.full === true,
      isJson: globals.json === true,
      isDetailed: options.detailedExitcode === true,
    });
    if (result.kind === 'planned' && options.out !== undefined) await savePlan(host, options.out, result.plan);
    return exitCode;
  });
}

/** The file as the panel has it: its text for people, with the edits for programs. */
async function printPanelFile(host: CliHost, word: string | undefined, options: Options, globals: GlobalOptions): Promise<void> {
  const file = await findInfraFile(host.io.cwd, word);
  host.exitCode = await withSession(host, { operation: 'drift', file, globals, isReadOnly: true }, async ({ context, abort }) => {
    const request = { file, only: options.only, except: options.except, policy: toPolicy(options) };
    const result = await writePanelFile(context, request, abort);
    if ('kind' in result) return showResult(host, result, { isFull: false, isJson: globals.json === true });
    if (globals.json === true) host.printJson(result);
    else {
      host.printFile(result.text);
      for (const { text } of result.skipped) host.complain(text);
    }
    return options.detailedExitcode === true && result.edits.length > 0 ? exitCodes.changesPresent : exitCodes.done;
  });
}
