import { type Command } from 'commander';
import { stringify } from 'yaml';
import { drawInventory, listInventory } from '#core/engine/deploy/list-inventory.ts';
import { makeInventory } from '#core/operations/deploy/make-inventory.ts';
import { unsafeTag } from '#schemas/ansible/unsafe-text.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import { type CliHost, UsageError } from '../../terminal/host.ts';
import { withSession } from '../../session/session.ts';
import { renderDiagnostics } from '../../views/diagnostics-view.ts';
import { addReachOptions, toReach } from '../../inputs/reach-options.ts';
import { toDeployContext } from '../../session/to-deploy-context.ts';

interface Options {
  readonly list?: boolean;
  readonly graph?: boolean;
  readonly host?: string;
  readonly user?: string;
  readonly key?: string;
}

/** `ict inventory [--list|--host NAME|--graph]`: the Ansible inventory of what there is. */
export function addInventoryCommand(program: Command, host: CliHost): void {
  const { render, io } = host;
  addReachOptions(program.command('inventory'), host)
    .argument('[file]', render(t('infra file, its folder, or NAME of NAME.infra.yaml')))
    .description(render(t('print the Ansible inventory; with --list or --host as an inventory script prints it')))
    .option('--list', render(t('all groups and hosts as JSON')))
    .option('--host <name>', render(t('variables of one host as JSON')))
    .option('--graph', render(t('groups and hosts as a tree')))
    .action(async (word: string | undefined, options: Options, self: Command) => {
      const file = await findInfraFile(io.cwd, word);
      const globals = self.optsWithGlobals();
      host.exitCode = await withSession(host, { operation: 'inventory', file, globals, isReadOnly: true }, async (session) => {
        const made = await makeInventory(toDeployContext(host, session), { file, ...toReach(host, options) }, session.abort);
        if (made.kind === 'invalid') {
          io.err(renderDiagnostics(made.diagnostics, { render, style: host.errorStyle, cwd: io.cwd }));
          return exitCodes.usage;
        }
        const { inventory } = made;
        if (options.host !== undefined) {
          const found = inventory.all.hosts[options.host];
          if (!found)
            throw new UsageError(t('There is no host {0}. There are: {1}', options.host, Object.keys(inventory.all.hosts).join(', ')));
          host.printJson(found);
        } else if (options.graph === true) io.out(drawInventory(inventory));
        else if (options.list === true || globals['json'] === true) host.printJson(listInventory(inventory));
        // Ansible reads YAML 1.1, where a bare `no` or `12:30` is no text: every text stands in quotes.
        else
          host.printFile(
            stringify(inventory, {
              aliasDuplicateObjects: false,
              defaultStringType: 'QUOTE_DOUBLE',
              defaultKeyType: 'PLAIN',
              lineWidth: 0,
              customTags: [unsafeTag],
            }),
          );
        return exitCodes.done;
      });
    });
}
