import { mkdir } from 'node:fs/promises';
import { workspace } from 'vscode';
import type { ClientContext } from './client-context.ts';

/** Saves what is being edited: the engine reads the disk, and the user means what is on the screen. */
export async function saveInfraFiles(): Promise<void> {
  const edited = workspace.textDocuments.filter(
    ({ isDirty, languageId, uri }) => isDirty && languageId === 'ict-infra' && uri.scheme === 'file',
  );
  await Promise.all(edited.map((document) => document.save()));
}

/** Folder of ours for files of this workspace; the editor only names it. */
export async function openStorage({ storage }: ClientContext): Promise<string> {
  await mkdir(storage.fsPath, { recursive: true });
  return storage.fsPath;
}
