import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { commands, Range, type TextDocument, Uri, window, workspace, WorkspaceEdit } from 'vscode';

/** A project of a suite's own: a folder inside of the window's, so that suites do not see each other's files. */
export interface Project {
  readonly folder: string;
  uri(name: string): Uri;
  /** Writes a file from outside of VS Code. */
  write(name: string, text: string): Promise<void>;
  /** Opens a file in an editor. */
  show(name: string): Promise<TextDocument>;
  /** Closes all editors without saving and removes the folder. */
  close(): Promise<void>;
}

/** `from` is a folder of the repository to copy, such as `examples/shop`, or the files by name. */
export async function openProject(from: string | Readonly<Record<string, string>>): Promise<Project> {
  const root = workspace.workspaceFolders?.[0]?.uri.fsPath;
  if (root === undefined) throw new Error('the window has no folder');
  const folder = await mkdtemp(join(root, 'project-'));
  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  };
  if (typeof from === 'string') await cp(join(process.env['ICT_TEST_ROOT'] ?? '', from), folder, { recursive: true });
  else for (const [name, text] of Object.entries(from)) await write(name, text);
  const uri = (name: string): Uri => Uri.file(join(folder, name));
  return {
    folder,
    uri,
    write,
    show: async (name) => {
      const document = await workspace.openTextDocument(uri(name));
      await window.showTextDocument(document, { preview: false });
      return document;
    },
    close: async () => {
      for (const document of workspace.textDocuments) if (document.isDirty) await revert(document);
      await commands.executeCommand('workbench.action.closeAllEditors');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Replaces the first occurrence of a text through VS Code's own edits, as typing does. */
export async function replaceText(document: TextDocument, old: string, now: string): Promise<void> {
  const at = document.getText().indexOf(old);
  if (at < 0) throw new Error(`"${old}" is not in ${document.uri.fsPath}`);
  const edit = new WorkspaceEdit();
  edit.replace(document.uri, new Range(document.positionAt(at), document.positionAt(at + old.length)), now);
  await workspace.applyEdit(edit);
}

async function revert(document: TextDocument): Promise<void> {
  await window.showTextDocument(document);
  await commands.executeCommand('workbench.action.files.revert');
}
