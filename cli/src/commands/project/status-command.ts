import type { Command } from 'commander';
import { planFile } from '#core/operations/make-plan.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import { t, type Text, verbatim } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import type { CliHost } from '../../terminal/host.ts';
import { withSession } from '../../session/session.ts';
import { formatFieldValue } from '../../views/field-value.ts';
import { showResult } from '../../views/result-view.ts';
import { renderTable } from '../../views/table-view.ts';

/** `ict status`: the project's servers as they are now. */
export function addStatusCommand(program: Command, host: CliHost): void {
  const { render } = host;
  program
    .command('status')
    .argument('[file]', render(t('infra file, its folder, or NAME of NAME.infra.yaml')))
    .description(render(t("list the project's servers as they are now")))
    .action(async (word: string | undefined, _options: unknown, command: Command) => {
      const file = await findInfraFile(host.io.cwd, word);
      const globals = command.optsWithGlobals();
      host.exitCode = await withSession(host, { operation: 'status', file, globals, isReadOnly: true }, async ({ context, abort }) => {
        const made = await planFile(context, { file, only: [], except: [], policy: { allowReplace: [] }, needsCatalog: false }, abort);
        if (made.kind === 'invalid') return showResult(host, made, { isFull: false, isJson: globals['json'] === true });
        const remotes = new Map(made.actual.servers.map((server) => [server.id, server]));
        const servers = made.plan.changes
          .filter((change) => change.kind === 'server')
          .map((change) => ({
            address: change.address,
            action: change.action,
            server: change.remoteId === undefined ? undefined : remotes.get(change.remoteId),
          }));
        if (globals['json'] === true) {
          host.printJson({ project: made.plan.project, servers });
          return 0;
        }
        const head = [t('address'), t('state'), t('IP'), t('cores'), t('memory'), t('disk'), t('data centre'), t('plan')].map(render);
        const rows = servers.map(({ address, action, server }) => [
          address,
          render(describeState(server)),
          server?.ip ?? '',
          server ? String(server.cpu) : '',
          server ? render(formatFieldValue('ram', server.ramMb)) : '',
          server ? `${server.diskGb} GB` : '',
          server?.dc ?? '',
          action === 'no-op' ? '' : action,
        ]);
        host.io.out(rows.length === 0 ? `${render(t('The file declares no servers.'))}\n` : renderTable(head, rows, host.style));
        return 0;
      });
    });
}

function describeState(server: ActualServer | undefined): Text {
  if (!server) return t('not created');
  switch (server.state) {
    case 'active':
      return server.isPowerOn ? t('running') : t('stopped');
    case 'new':
      return t('being created');
    case 'need-money':
      return t('waits for money');
    case 'blocked':
      return t('blocked');
    case 'deleting':
    case 'deleted':
      return t('being deleted');
    case 'other':
      return verbatim(server.rawState);
    default:
      return server.state satisfies never;
  }
}
