import { InvalidArgumentError, type Command } from 'commander';
import { installAgents, listNewServers } from '#core/operations/deploy/install-agents.ts';
import { plainDeploy } from '#core/operations/deploy/deploy-request.ts';
import { type FileApplyRequest, runApply } from '#core/operations/run-apply.ts';
import { runDestroy } from '#core/operations/run-destroy.ts';
import { runUnprotect } from '#core/operations/run-unprotect.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { address as addressSchema } from '#schemas/infra/names.ts';
import { t } from '#schemas/text/text.ts';
import { findInfraFile } from '../arguments/find-infra-file.ts';
import { readPlan } from '../arguments/saved-plan.ts';
import type { CliHost, GlobalOptions } from '../host.ts';
import { withSession } from '../session.ts';
import { renderPlan } from '../views/plan-view.ts';
import { renderDiagnostics } from '../views/diagnostics-view.ts';
import { showResult } from '../views/result-view.ts';
import { addDeployCommand, toDeployContext } from './deploy-command.ts';
import { addConfirmOptions, addPlanOptions, type ConfirmOptions, type PlanOptions, toGiven, toApplyPolicy } from './operation-options.ts';

interface Options extends PlanOptions, ConfirmOptions {
  readonly plan?: string;
  readonly agent?: boolean;
}

/** `ict apply`, `ict destroy`, `ict unprotect`, and the older spelling `ict infra update`. */
export function addApplyCommands(program: Command, host: CliHost): void {
  const { render } = host;
  const fileHelp = render(t('infra file, its folder, or NAME of NAME.infra.yaml'));
  const asApply = (command: Command): Command => addConfirmOptions(addPlanOptions(command, render), render);

  asApply(program.command('apply'))
    .argument('[file]', fileHelp)
    .description(render(t('make the panel equal to the file; goes on where an interrupted run stopped')))
    .option('--plan <path>', render(t('carry out this saved plan, if it still holds')))
    .option('--retry-failed', render(t('go on after a failed run; apply always does')))
    .option('--no-agent', render(t('install no metrics agent on new servers')))
    .action((word: string | undefined, options: Options, command: Command) => apply(host, word, options, command.optsWithGlobals()));

  asApply(program.command('destroy'))
    .argument('[file]', fileHelp)
    .description(render(t('delete what ict created for the project; with --only, a part of it')))
    .action((word: string | undefined, options: Options, command: Command) => apply(host, word, options, command.optsWithGlobals(), true));

  program
    .command('unprotect')
    .argument('<address>', render(t('address, such as server.db')))
    .argument('[file]', fileHelp)
    .description(render(t('lift the recorded protection of a server or network')))
    .action((address: string, word: string | undefined, _options: unknown, command: Command) =>
      unprotect(host, address, word, command.optsWithGlobals()),
    );

  addDeployCommand(program, host, t('compare, apply the difference, then run the playbooks'));
  const infra = program.command('infra').description(render(t('spellings of the earlier ict: infra update NAME')));
  asApply(infra.command('update'))
    .argument('<name>', fileHelp)
    .description(render(t('the same as apply')))
    .action((word: string, options: Options, command: Command) => apply(host, word, options, command.optsWithGlobals()));
  addDeployCommand(infra, host, t('the same as deploy'));
}

async function apply(host: CliHost, word: string | undefined, options: Options, globals: GlobalOptions, isDestroy = false): Promise<void> {
  const saved = options.plan === undefined ? undefined : await readPlan(host, options.plan);
  const file = saved && word === undefined ? saved.file.path : await findInfraFile(host.io.cwd, word);
  const isJson = globals.json === true;
  const isFull = options.full === true;
  const operation = isDestroy ? 'destroy' : 'apply';
  host.exitCode = await withSession(
    host,
    { operation, file, globals, isReadOnly: false, ansible: 'failures' },
    async ({ context, credentials, stop, abort }) => {
      const request: FileApplyRequest = {
        file,
        only: saved?.selection?.only ?? options.only,
        except: saved?.selection?.except ?? options.except,
        policy: toApplyPolicy(host, options),
        given: toGiven(options),
        ...(saved ? { saved } : {}),
      };
      // The plan is shown when it is ready, before anything is asked; a result without work shows it at its end.
      const shown = {
        ...context,
        emit: (event: Parameters<typeof context.emit>[0]) => {
          context.emit(event);
          if (
            event.kind !== 'plan-ready' ||
            isJson ||
            (event.plan.changes.every((change) => change.action === 'no-op') && event.plan.refusals.length === 0)
          )
            return;
          host.io.out(renderPlan(event.plan, { render: host.render, style: host.style, isFull }));
        },
      };
      const result = await (isDestroy ? runDestroy : runApply)(shown, request, { stop, abort });
      const created = listNewServers(result);
      if (result.kind === 'applied' && created.length > 0 && options.agent !== false && host.io.environment['ICT_AGENT'] !== 'off')
        await installAgents(
          toDeployContext(host, { context, credentials, stop, abort }),
          result.project,
          plainDeploy(file, created),
          created,
          { stop, abort },
        );
      return showResult(host, result, { isFull, isJson });
    },
  );
}

async function unprotect(host: CliHost, word: string, fileWord: string | undefined, globals: GlobalOptions): Promise<void> {
  const address = addressSchema.safeParse(word);
  if (!address.success) throw new InvalidArgumentError(host.render(t('An address is expected, such as server.db.')));
  const file = await findInfraFile(host.io.cwd, fileWord);
  host.exitCode = await withSession(host, { operation: 'unprotect', file, globals, isReadOnly: true }, async ({ context }) => {
    const result = await runUnprotect(context, file, address.data);
    switch (result.kind) {
      case 'invalid':
        host.io.err(renderDiagnostics(result.diagnostics, { render: host.render, style: host.errorStyle, cwd: host.io.cwd }));
        return exitCodes.usage;
      case 'unknown':
        host.complain(t('{0} is not recorded. Recorded are: {1}', word, result.known.join(', ')));
        return exitCodes.usage;
      case 'not-protected':
        host.say(t('{0} is not protected.', word));
        return exitCodes.done;
      case 'done':
        host.say(t('The protection of {0} is lifted. `protect: true` in the file would set it again.', word));
        return exitCodes.done;
      default:
        return result satisfies never;
    }
  });
}
