import { join } from 'node:path';
import { commands, Uri, workspace } from 'vscode';
import * as z from 'zod';
import { t } from '#schemas/text/text.ts';
import type { ClientContext } from '../client-context.ts';
import type { ViewId } from '../generated/ids.ts';
import { OUTPUT_SCHEME } from '../output/virtual-documents.ts';
import { findLastResult } from './find-last-result.ts';
import { runShown, showFailure } from './make-plan.ts';
import { parseJson } from './parse-json.ts';
import { readLensArgument } from './pick-target.ts';
import { isRow } from './row-selection.ts';
import { openStorage } from './workspace-files.ts';
import { window } from '../text/editor-window.ts';

const startedSandbox = z.object({ endpoint: z.url(), token: z.string(), state: z.string() });
/** Name of the account that the local 1cloud is signed in as. */
const SANDBOX = 'sandbox';

/** Handlers of operations as such, of the local 1cloud, and of first steps. */
export const otherCommands = {
  /** Stops an operation: running steps finish; a second time it leaves at once. */
  'ict.cancelOperation': (context: ClientContext, row: unknown) => {
    const operation = isRow(row)
      ? context.operationsView.resolve(row)
      : context.operations.list.find(({ state }) => state.status === 'running');
    if (operation) context.operations.cancel(operation.id);
  },
  'ict.showOutput': async (context: ClientContext, row: unknown) => {
    const operation = isRow(row) ? context.operationsView.resolve(row) : context.operations.list[0];
    if (!operation) return;
    const text = await context.operations.readOutput(operation.id);
    const uri = context.virtualDocuments.show(OUTPUT_SCHEME, `/${operation.id}/${operation.title.replaceAll('/', '-')}.txt`, text);
    await window.showTextDocument(uri, { preview: true });
  },
  /** The operation that a lens tells the result of, else the last plan of its file, else all operations. */
  'ict.showLastResult': async (context: ClientContext, argument: unknown) => {
    const { operations, operationsView, plan } = context;
    const target = readLensArgument(argument);
    const found = findLastResult(operations.list, plan.plan, target);
    if (found?.kind === 'plan') await plan.focus();
    else {
      await commands.executeCommand('ict.operations.focus' satisfies `${ViewId}.focus`);
      if (found) await operationsView.reveal(found.operation.id);
    }
  },
  'ict.showAnsible': (context: ClientContext) => context.showAnsible(),
  'ict.showLog': (context: ClientContext) => context.log.show(),
  /** Says what deploying needs and what of it is here. */
  'ict.doctor': async (context: ClientContext) => {
    const { log, render } = context;
    const cwd = workspace.workspaceFolders?.[0]?.uri.fsPath ?? (await openStorage(context));
    const result = await runShown(context, render(t('Looking for what deploying needs')), ['doctor'], cwd);
    if (!result) return;
    log.info(`ict doctor\n${result.stdout}${result.stderr}`);
    log.show();
  },
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
  /** A first infra file, small and valid. */
  'ict.newFile': async () => {
    const folder = workspace.workspaceFolders?.[0]?.uri;
    if (!folder) {
      await commands.executeCommand('workbench.action.files.openFolder');
      return;
    }
    const uri = Uri.joinPath(folder, 'infra.yaml');
    const isThere = await workspace.fs.stat(uri).then(
      () => true,
      () => false,
    );
    if (!isThere) await workspace.fs.writeFile(uri, new TextEncoder().encode(FIRST_FILE));
    await window.showTextDocument(uri);
  },
} as const;

/** A valid file; every key of it is explained by hovering over it. */
const FIRST_FILE = `version: 1
project: my-project

defaults:
  dc: Xelent
  image: Ubuntu 20.4 x64

sizes:
  small: { cpu: 1, ram: 1 GB, disk: 10 GB }

servers:
  web:
    size: small
`;
