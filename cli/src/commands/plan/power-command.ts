import type { Command } from 'commander';
import { type PowerOutcome, runPower } from '#core/operations/run-power.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { findInfraFile } from '../../inputs/find-infra-file.ts';
import type { CliHost } from '../../terminal/host.ts';
import { withSession } from '../../session/session.ts';
import { showResult } from '../../views/result-view.ts';
import { addConfirmOptions, type ConfirmOptions, toGiven } from '../../inputs/operation-options.ts';
import { parseSeconds } from '../../inputs/parse-options.ts';

interface Options extends ConfirmOptions {
  readonly file?: string;
  readonly hard?: boolean;
  readonly for?: number;
}

const opposite = { start: 'stop', stop: 'start', reboot: undefined } as const;

/** `ict power start|stop|reboot TARGET…`. */
export function addPowerCommand(program: Command, host: CliHost): void {
  const { render } = host;
  const power = program.command('power').description(render(t('start, stop or reboot servers')));
  const descriptions = {
    start: t('power servers on'),
    stop: t('shut servers down; hard when the guest does not follow'),
    reboot: t('reboot servers'),
  } as const;
  for (const action of ['start', 'stop', 'reboot'] as const) {
    const command = addConfirmOptions(power.command(action), render)
      .argument('<target...>', render(t('addresses, entries, groups or globs')))
      .description(render(descriptions[action]))
      .option('-f, --file <file>', render(t('infra file, its folder, or NAME of NAME.infra.yaml')));
    if (action === 'reboot') command.option('--hard', render(t('do not ask the guest')));
    else
      command.option(
        '--for <time>',
        render(t('how long this holds against the file, such as 2h; without it: until it is set again')),
        (value) => parseSeconds(value, render, 0),
      );
    command.action(async (targets: string[], options: Options, self: Command) => {
      const file = await findInfraFile(host.io.cwd, options.file);
      const globals = self.optsWithGlobals();
      host.exitCode = await withSession(
        host,
        { operation: `power ${action}`, file, globals, isReadOnly: false },
        async ({ context, stop, abort }) => {
          const request = {
            file,
            action,
            targets,
            isHard: options.hard === true,
            given: toGiven(options),
            ...(options.for === undefined ? {} : { holdSeconds: options.for }),
          };
          const outcome = await runPower(context, request, { stop, abort });
          const isJson = globals['json'] === true;
          if (!isJson) {
            for (const { address, why } of outcome.skipped) host.complain(describeSkipped(address, why));
            if (outcome.result.kind === 'nothing-to-do') {
              host.say(t('Nothing to do.'));
              return 0;
            }
          }
          const exitCode = showResult(host, outcome.result, { isFull: false, isJson });
          const undo = opposite[action];
          if (!isJson && exitCode === 0 && undo && outcome.hit.length > 0) {
            host.say(t('To undo:'));
            host.io.out(`    ict power ${undo} ${outcome.hit.join(' ')}\n`);
          }
          return exitCode;
        },
      );
    });
  }
}

function describeSkipped(address: string, why: PowerOutcome['skipped'][number]['why']): Text {
  switch (why) {
    case 'already':
      return t('{0}: skipped, it is so already', address);
    case 'not-created':
      return t('{0}: skipped, it does not exist', address);
    case 'unknown':
      return t('{0}: skipped, the provider does not show whether it is still the recorded server', address);
    default:
      return why satisfies never;
  }
}
