import { join } from 'node:path';
import * as z from 'zod';
import { t } from '#schemas/text/text.ts';
import { parseJson } from '../../operations/parse-json.ts';
import { window } from '../../text/editor-window.ts';
import type { ClientContext } from '../context/client-context.ts';
import { runShown, showFailure } from '../context/run-shown.ts';
import { openStorage } from '../context/workspace-files.ts';

const startedSandbox = z.object({ endpoint: z.url(), token: z.string(), state: z.string() });
/** Name of the account that the local 1cloud is signed in as. */
const SANDBOX = 'sandbox';

/** Handlers of the local 1cloud. */
export const sandboxCommands = {
  /** Starts a local 1cloud and signs in to it, to try everything without an account. */
  'ict.startSandbox': async (context: ClientContext) => {
    const { accounts, render } = context;
    const folder = await openStorage(context);
    const words = ['sandbox', 'start', '--detach', '--hosts', 'auto', '--delay', '1500', '--state', join(folder, 'sandbox'), '--json'];
    const result = await runShown(context, render(t('Starting a local 1cloud')), words, folder);
    if (!result) return;
    const started = result.exitCode === 0 ? parseJson(startedSandbox, result.stdout) : undefined;
    if (!started) {
      context.log.error(result.stderr);
      showFailure(context, t('The local 1cloud did not start: {0}', result.stderr.trim()), 'log');
      return;
    }
    await accounts.add({ name: SANDBOX, endpoint: started.endpoint }, started.token);
    void window.showInformationMessage(render(t('A local 1cloud is running at {0}. You are signed in to it.', started.endpoint)));
  },
  'ict.stopSandbox': async (context: ClientContext) => {
    const { accounts, render } = context;
    const folder = await openStorage(context);
    const words = ['sandbox', 'stop', '--state', join(folder, 'sandbox')];
    const result = await runShown(context, render(t('Stopping the local 1cloud')), words, folder);
    if (!result) return;
    if (result.exitCode !== 0) {
      context.log.error(result.stderr);
      showFailure(context, t('The local 1cloud did not stop: {0}', result.stderr.trim()), 'log');
      return;
    }
    if (accounts.list.some(({ name }) => name === SANDBOX)) await accounts.remove(SANDBOX);
    void window.showInformationMessage(render(t('The local 1cloud is stopped.')));
  },
} as const;
