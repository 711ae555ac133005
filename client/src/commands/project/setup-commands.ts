import { commands, Uri, workspace } from 'vscode';
import { t } from '#schemas/text/text.ts';
import { window } from '../../text/editor-window.ts';
import type { ClientContext } from '../context/client-context.ts';
import { runShown } from '../context/run-shown.ts';
import { openStorage } from '../context/workspace-files.ts';

/** Handlers of first steps: what has to be there, and a file to begin with. */
export const setupCommands = {
  /** Says what deploying needs and what of it is here. */
  'ict.doctor': async (context: ClientContext) => {
    const { log, render } = context;
    const cwd = workspace.workspaceFolders?.[0]?.uri.fsPath ?? (await openStorage(context));
    const result = await runShown(context, render(t('Looking for what deploying needs')), ['doctor'], cwd);
    if (!result) return;
    log.info(`ict doctor\n${result.stdout}${result.stderr}`);
    log.show();
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
