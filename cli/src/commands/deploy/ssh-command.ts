import { type Command } from 'commander';
import { execa } from 'execa';
import { sayUnreached } from '#core/operations/deploy/locate-hosts.ts';
import { prepareSsh, type SshPreparation } from '#core/operations/deploy/prepare-ssh.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import type { CliHost } from '../../terminal/host.ts';
import { withSession } from '../../session/session.ts';
import { renderDiagnostics } from '../../views/diagnostics-view.ts';
import { addReachOptions, toReach } from '../../inputs/reach-options.ts';
import { toDeployContext } from '../../session/to-deploy-context.ts';

interface Options {
  readonly file?: string;
  readonly user?: string;
  readonly key?: string;
  readonly forgetKey?: boolean;
}

/** `ict ssh ADDRESS [-- COMMAND…]`. */
export function addSshCommand(program: Command, host: CliHost): void {
  const { render } = host;
  addReachOptions(program.command('ssh'), host)
    .argument('<address>', render(t('server, such as web-1 or server.web-1')))
    .argument('[command...]', render(t('command to run there instead of a shell')))
    .description(render(t('log in to a server by SSH')))
    .option('-f, --file <file>', render(t('infra file, its folder, or NAME of NAME.infra.yaml')))
    .option('--forget-key', render(t('forget the pinned host key: the next contact pins the one it shows')))
    .action(async (selector: string, words: string[], options: Options, self: Command) => {
      const file = await findInfraFile(host.io.cwd, options.file);
      const request = {
        file,
        selector,
        command: words,
        ...toReach(host, options),
      };
      const globals = self.optsWithGlobals();
      const isForgetting = options.forgetKey === true;
      let prepared: SshPreparation | undefined;
      const code = await withSession(host, { operation: 'ssh', file, globals, isReadOnly: true }, async (session) => {
        prepared = await prepareSsh(toDeployContext(host, session), request, isForgetting, session.abort);
        return explain(host, prepared);
      });
      // The session has ended: Ctrl-C belongs to the remote shell now.
      host.exitCode = prepared?.kind === 'ready' ? await logIn(prepared.arguments) : code;
    });
}

function explain(host: CliHost, prepared: SshPreparation): number {
  switch (prepared.kind) {
    case 'ready':
      return exitCodes.done;
    case 'invalid':
      host.io.err(renderDiagnostics(prepared.diagnostics, { render: host.render, style: host.errorStyle, cwd: host.io.cwd }));
      return exitCodes.usage;
    case 'several':
      host.complain(t('That names several servers. Name one of them: {0}', prepared.names.join(', ')));
      return exitCodes.usage;
    case 'left-out':
      host.complain(sayUnreached(prepared.unreached));
      return exitCodes.hostsUnreachable;
    case 'unreachable':
      return exitCodes.hostsUnreachable;
    case 'forgotten':
      host.say(t('The host key of {0} is forgotten. The next contact pins the one it shows.', prepared.target.address));
      return exitCodes.done;
    default:
      return prepared satisfies never;
  }
}

/** Gives the terminal to ssh; its exit code is that of the command, or 255. */
async function logIn(words: readonly string[]): Promise<number> {
  const { exitCode } = await execa('ssh', words, { stdio: 'inherit', reject: false });
  return exitCode ?? exitCodes.unclassified;
}
