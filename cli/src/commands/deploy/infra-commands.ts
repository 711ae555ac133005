import type { Command } from 'commander';
import { t } from '#schemas/text/text.ts';
import type { CliHost } from '../../terminal/host.ts';
import { addApplyOptions, apply, type ApplyOptions } from '../plan/apply-commands.ts';
import { addDeployCommand } from './deploy-command.ts';

/** Spellings of the earlier ict: `ict infra update NAME`, `ict infra deploy`. */
export function addInfraCommands(program: Command, host: CliHost): void {
  const { render } = host;
  const infra = program.command('infra').description(render(t('spellings of the earlier ict: infra update NAME')));
  addApplyOptions(infra.command('update'), render)
    .argument('<name>', render(t('infra file, its folder, or NAME of NAME.infra.yaml')))
    .description(render(t('the same as apply')))
    .action((word: string, options: ApplyOptions, command: Command) => apply(host, word, options, command.optsWithGlobals()));
  addDeployCommand(infra, host, t('the same as deploy'));
}
