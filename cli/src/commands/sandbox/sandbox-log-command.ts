import type { Command } from 'commander';
import { showHidden } from '#core/text/show-hidden.ts';
import { t } from '#schemas/text/text.ts';
import { readRequestLog } from '#sandbox/daemon/command-sandbox.ts';
import type { CliHost, GlobalOptions } from '../../terminal/host.ts';
import { parseNumber, toFolder } from './sandbox-options.ts';

/** `ict sandbox log`: the requests the running sandbox has had, so that it can be seen what a client really sends. */
export function addSandboxLogCommand(command: Command, host: CliHost): void {
  const { render, io } = host;
  command
    .description(render(t('show the last requests, oldest first')))
    .option('--last <count>', render(t('number of requests to show')), (value) => parseNumber(value, host))
    .action(async ({ state, last }: { state: string; last?: number }, self: Command) => {
      const all = await readRequestLog(toFolder(host, state));
      const shown = last === undefined ? all : all.slice(Math.max(0, all.length - last));
      if (self.optsWithGlobals<GlobalOptions>().json === true) {
        host.printJson(shown);
        return;
      }
      for (const { at, method, path, status, isCut } of shown) {
        io.out(`${at}  ${isCut ? '-x-' : (status ?? '...')}  ${method.padEnd(METHOD_WIDTH)}  ${showHidden(path)}\n`);
      }
      if (shown.length === 0) host.say(t('There were no requests.'));
    });
}

/** Longest method, characters. */
const METHOD_WIDTH = 6;
