import type { Command } from 'commander';
import { plainDeploy } from '#core/operations/deploy/deploy-request.ts';
import { runCommand } from '#core/operations/deploy/run-command.ts';
import type { NewEvent } from '#schemas/events/operation-event.ts';
import { t } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import type { CliHost } from '../../terminal/host.ts';
import { withSession } from '../../session/session.ts';
import { createFailureList, renderOutput, showDeploy } from '../../views/deploy-view.ts';
import { addReachOptions, toReach } from '../../inputs/reach-options.ts';
import { toDeployContext } from '../../session/to-deploy-context.ts';
import { collect } from '../../inputs/parse-options.ts';

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
      const failures = createFailureList();
      const onEvent = (event: NewEvent): void => {
        failures.note(event);
        if (event.kind === 'ansible-host-result' && event.output !== undefined && !isJson)
          io.out(renderOutput(event.host, event.output, style));
      };
      const session = { operation: 'run', file, globals, isReadOnly: false, ansible: 'none', onEvent } as const;
      host.exitCode = await withSession(host, session, async (opened) => {
        const request = { ...plainDeploy(file, options.on), ...toReach(host, options) };
        const result = await runCommand(toDeployContext(host, opened), request, line, { stop: opened.stop, abort: opened.abort });
        return showDeploy(host, result, failures, { isJson });
      });
    });
}
