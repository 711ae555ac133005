import { Range, Uri, workspace, WorkspaceEdit } from 'vscode';
import { targetName } from '#schemas/infra/names.ts';
import { t } from '#schemas/text/text.ts';
import type { ClientContext } from '../context/client-context.ts';
import { addServerEntries, type AdoptedServer } from './add-server-entries.ts';
import { selectRows } from '../context/row-selection.ts';
import { window } from '../../text/editor-window.ts';

/** Handler of taking servers of the account into the infra file. */
export const adoptCommands = {
  /** Adds an entry with the server's id for each row, unsaved: the next plan shows that nothing changes in the cloud. */
  'ict.adopt': async (context: ClientContext, argument: unknown, selection: unknown) => {
    const { servers, render } = context;
    const nodes = selectRows(argument, selection).flatMap((row) => servers.resolve(row) ?? []);
    const unmanaged = nodes.flatMap((node) => (node.kind === 'unmanaged' ? [node] : []));
    const [first] = unmanaged;
    if (!first) {
      void window.showInformationMessage(render(t('Choose a server under "Not in the file" to adopt it.')));
      return;
    }
    const { file } = first;
    const adopted: AdoptedServer[] = [];
    for (const { server } of unmanaged.filter((node) => node.file === file)) {
      const name = targetName.safeParse(server.name).success ? server.name : await askName(context, server.name);
      if (name !== undefined) adopted.push({ ...server.live, name, isOn: server.state !== 'stopped' });
    }
    const uri = Uri.file(file);
    const document = await workspace.openTextDocument(uri);
    const addition = addServerEntries(document.getText(), adopted);
    if (addition.kind === 'taken') {
      void window.showWarningMessage(
        render(t('The file has an entry {0} already. Write `id: {1}` into it if it is this server.', addition.name, addition.id)),
      );
      return;
    }
    if (addition.text === '') return;
    const edit = new WorkspaceEdit();
    const [start, end] = [document.positionAt(addition.start), document.positionAt(addition.end)];
    edit.replace(uri, new Range(start, end), addition.text);
    await workspace.applyEdit(edit);
    const shown = document.positionAt(addition.start + addition.text.length);
    await window.showTextDocument(document, { selection: new Range(shown, shown) });
  },
} as const;

/** The panel allows names that the file does not. */
function askName({ render }: ClientContext, name: string): Thenable<string | undefined> {
  return window.showInputBox({
    title: render(t('Adopt {0}', name)),
    prompt: render(t('Name of the entry: letters, digits, `_` and `-`')),
    value: name.replace(/[^A-Za-z0-9_-]+/g, '-').replace(/^[^A-Za-z0-9]+/, ''),
    ignoreFocusOut: true,
    validateInput: (value) => (targetName.safeParse(value).success ? undefined : render(t('A name is expected.'))),
  });
}
