import { type Disposable, workspace } from 'vscode';
import type { ServersView } from './servers-view.ts';
import { window } from '../../text/editor-window.ts';

/** Pause after the last move of the cursor before the tree follows, milliseconds. */
const PAUSE_MS = 200;

/** Selects the row of the server that the cursor is in, while the view can be seen and the setting says so. */
export function followCursor(servers: ServersView): Disposable {
  let timer: NodeJS.Timeout | undefined;
  let last = '';
  const follow = (): void => {
    const editor = window.activeTextEditor;
    if (!editor || editor.document.languageId !== 'ict-infra' || !servers.isVisible) return;
    if (!workspace.getConfiguration('ict').get('tree.followCursor', true)) return;
    const id = servers.findAt(editor.document.uri.fsPath, editor.selection.active.line);
    // Moving within one entry leaves the user's own selection in the tree alone.
    if (id === undefined || id === last) return;
    last = id;
    void servers.revealRow(id).catch(() => undefined);
  };
  const ask = (): void => {
    clearTimeout(timer);
    timer = setTimeout(follow, PAUSE_MS);
  };
  const subscriptions = [window.onDidChangeTextEditorSelection(ask), window.onDidChangeActiveTextEditor(ask)];
  return {
    dispose: () => {
      clearTimeout(timer);
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
}
