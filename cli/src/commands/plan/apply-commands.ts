import { type Command, InvalidArgumentError } from 'commander';
import { installAgents, listNewServers } from '#core/operations/deploy/install-agents.ts';
import { plainDeploy } from '#core/operations/deploy/deploy-request.ts';
import { type FileApplyRequest, runApply } from '#core/operations/run-apply.ts';
import { runDestroy } from '#core/operations/run-destroy.ts';
import { runUnprotect } from '#core/operations/run-unprotect.ts';
import type { RenderText } from '#core/text/render-text.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import type { NewEvent } from '#schemas/events/operation-event.ts';
import { address as addressSchema } from '#schemas/infra/names.ts';
import type { Plan } from '#schemas/plan/plan.ts';
import { t } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import {
  addConfirmOptions,
  addPlanOptions,
  type ConfirmOptions,
  type PlanOptions,
  toGiven,
  toApplyPolicy,
} from '../../inputs/operation-options.ts';
import { readPlan } from '../../inputs/saved-plan.ts';
import type { CliHost, GlobalOptions } from '../../terminal/host.ts';
import { withSession } from '../../session/session.ts';
import { toDeployContext } from '../../session/to-deploy-context.ts';
import { renderPlan } from '../../views/plan-view.ts';
import { renderDiagnostics } from '../../views/diagnostics-view.ts';
import { showResult } from '../../views/result-view.ts';

/** Options of `ict apply` and `ict destroy`. */
export interface ApplyOptions extends PlanOptions, ConfirmOptions {
  readonly plan?: string;
  readonly agent?: boolean;
}

/** `ict apply`, `ict destroy`, `ict unprotect`. */
export function addApplyCommands(program: Command, host: CliHost): void {
  const { render } = host;
  const fileHelp = render(t('infra file, its folder, or NAME of NAME.infra.yaml'));

  addApplyOptions(program.command('apply'), render)
    .argument('[file]', fileHelp)
    .description(render(t('make the panel equal to the file; goes on where an interrupted run stopped')))
    .option('--plan <path>', render(t('carry out this saved plan, if it still holds')))
    .option('--retry-failed', render(t('go on after a failed run; apply always does')))
    .option('--no-agent', render(t('install no metrics agent on new servers')))
    .action((word: string | undefined, options: ApplyOptions, command: Command) => apply(host, word, options, command.optsWithGlobals()));

  addApplyOptions(program.command('destroy'), render)
    .argument('[file]', fileHelp)
    .description(render(t('delete what ict created for the project; with --only, a part of it')))
    .action((word: string | undefined, options: ApplyOptions, command: Command) =>
      apply(host, word, options, command.optsWithGlobals(), true),
    );

  program
    .command('unprotect')
    .argument('<address>', render(t('address, such as server.db')))
    .argument('[file]', fileHelp)
    .description(render(t('lift the recorded protection of a server or network')))
    .action((address: string, word: string | undefined, _options: unknown, command: Command) =>
      unprotect(host, address, word, command.optsWithGlobals()),
    );
}

/** Adds the options of `ict apply` and `ict destroy`. */
export const addApplyOptions = (command: Command, render: RenderText): Command =>
  addConfirmOptions(addPlanOptions(command, render), render);

/** Runs `ict apply` or `ict destroy`; sets the exit code. Throws `UsageError` without a file. */
export async function apply(
  host: CliHost,
  word: string | undefined,
  options: ApplyOptions,
  globals: GlobalOptions,
  isDestroy = false,
): Promise<void> {
  const saved = options.plan === undefined ? undefined : await readPlan(host, options.plan);
  const file = saved && word === undefined ? saved.file.path : await findInfraFile(host.io.cwd, word);
  const isJson = globals.json === true;
  const isFull = options.full === true;
  const operation = isDestroy ? 'destroy' : 'apply';
  // The plan is shown when it is ready, before anything is asked; a result without work shows it at its end.
  const onEvent = (event: NewEvent): void => {
    if (event.kind === 'plan-ready' && !isJson && hasWork(event.plan))
      host.io.out(renderPlan(event.plan, { render: host.render, style: host.style, isFull }));
  };
  host.exitCode = await withSession(
    host,
    { operation, file, globals, isReadOnly: false, ansible: 'failures', onEvent },
    async ({ context, credentials, stop, abort }) => {
      const request: FileApplyRequest = {
        file,
        only: saved?.selection?.only ?? options.only,
        except: saved?.selection?.except ?? options.except,
        policy: toApplyPolicy(host, options),
        given: toGiven(options),
        ...(saved ? { saved } : {}),
      };
      const result = await (isDestroy ? runDestroy : runApply)(context, request, { stop, abort });
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

const hasWork = ({ changes, refusals }: Plan): boolean => refusals.length > 0 || changes.some(({ action }) => action !== 'no-op');

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
