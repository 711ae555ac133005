import { type Command } from 'commander';
import { plainDeploy } from '#core/operations/deploy/deploy-request.ts';
import { runCommand } from '#core/operations/deploy/run-command.ts';
import type { NewEvent } from '#schemas/events/operation-event.ts';
import { t } from '#schemas/text/text.ts';
import { findInfraFile } from '../arguments/find-infra-file.ts';
import type { CliHost } from '../host.ts';
import { withSession } from '../session.ts';
import { renderOutput } from '../views/deploy-view.ts';
import { createFailureList, showDeploy } from '../views/deploy-view.ts';
import { addReachOptions, toDeployContext, toReach } from './deploy-command.ts';
import { collect } from './operation-options.ts';

interface Options {
  readonly on: string[];
  readonly file?: string;
  readonly user?: string;
  readonly key?: string;
}

/** `ict run 'COMMAND' --on TARGET`. */
export function addRunCommand(program: Command, host: CliHost): void {
  const { render, io, style } = host;
  addReachOptions(program.command('run'), host)
    .argument('<command>', render(t('command line for the shell of each server')))
    .description(render(t('run one command on servers')))
    .requiredOption('--on <target>', render(t('server, entry, group or glob; may be repeated')), collect, [])
    .option('-f, --file <file>', render(t('infra file, its folder, or NAME of NAME.infra.yaml')))
    .action(async (line: string, options: Options, self: Command) => {
      const file = await findInfraFile(io.cwd, options.file);
      const globals = self.optsWithGlobals();
      const isJson = globals['json'] === true;
      host.exitCode = await withSession(host, { operation: 'run', file, globals, isReadOnly: false, ansible: 'none' }, async (session) => {
        const failures = createFailureList();
        const context = toDeployContext(host, session);
        const shown = {
          ...context,
          emit: (event: NewEvent) => {
            failures.note(event);
            if (event.kind === 'ansible-host-result' && event.output !== undefined && !isJson)
              io.out(renderOutput(event.host, event.output, style));
            context.emit(event);
          },
        };
        const request = { ...plainDeploy(file, options.on), ...toReach(host, options) };
        const result = await runCommand(shown, request, line, { stop: session.stop, abort: session.abort });
        return showDeploy(host, result, failures, { isJson });
      });
    });
}
