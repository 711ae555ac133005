import { sep } from 'node:path';
import { type Disposable, FileType, RelativePattern, type TextDocument, Uri, workspace } from 'vscode';

/** Names of infra files. */
const PATTERN = '**/{infra.yaml,infra.yml,*.infra.yaml,*.infra.yml}';
/** Folders with files of others; the user's own `files.exclude` counts as well. */
const EXCLUDED = '**/{node_modules,.git,.ict}/**';
/** More than anybody shows in a tree. */
const MAX_FILES = 100;

/** Largest infra file, bytes: the limit of `ict` itself. */
const MAX_BYTES = 8 * 1024 * 1024;

/** Is told about the infra files of the workspace. */
export interface InfraFileListener {
  /** Paths of the files that declare a project, now and whenever one comes or goes. */
  onFiles(files: readonly string[]): void;
  /** One of them was saved. */
  onSaved(): void;
  onError(error: unknown): void;
}

/** Watches the infra files of all folders of the workspace. */
export function watchInfraFiles(listener: InfraFileListener): Disposable {
  let watchers: readonly Disposable[] = [];
  let known: readonly string[] = [];
  let newest = 0;
  let isOver = false;
  const look = (): void => {
    newest += 1;
    const own = newest;
    findInfraFiles().then(
      (files) => {
        // A look that began earlier may end later.
        if (own !== newest || isOver) return;
        known = files;
        listener.onFiles(files);
      },
      (error: unknown) => listener.onError(error),
    );
  };
  const watchFolders = (): void => {
    for (const watcher of watchers) watcher.dispose();
    watchers = (workspace.workspaceFolders ?? []).flatMap((folder) => {
      const watcher = workspace.createFileSystemWatcher(new RelativePattern(folder, PATTERN));
      // Of a folder that is removed VS Code tells by itself alone, not by the files in it.
      const removals = workspace.createFileSystemWatcher(new RelativePattern(folder, '**'), true, true);
      const onRemoved = ({ fsPath }: Uri): void => {
        if (known.some((file) => file.startsWith(fsPath + sep))) look();
      };
      return [
        watcher,
        watcher.onDidCreate(look),
        watcher.onDidDelete(look),
        watcher.onDidChange(() => listener.onSaved()),
        removals,
        removals.onDidDelete(onRemoved),
      ];
    });
    look();
  };
  const folders = workspace.onDidChangeWorkspaceFolders(watchFolders);
  // A folder that comes as a whole is told of in the same way; its file is missed at the latest when somebody opens it.
  const opened = workspace.onDidOpenTextDocument(({ languageId, uri }: TextDocument) => {
    if (languageId === 'ict-infra' && uri.scheme === 'file' && !known.includes(uri.fsPath)) look();
  });
  watchFolders();
  return {
    dispose: () => {
      isOver = true;
      folders.dispose();
      opened.dispose();
      for (const watcher of watchers) watcher.dispose();
    },
  };
}

async function findInfraFiles(): Promise<readonly string[]> {
  const found = await workspace.findFiles(PATTERN, EXCLUDED, MAX_FILES);
  const files = await Promise.all(found.map(async ({ fsPath }) => ({ path: fsPath, text: await readStart(fsPath) })));
  return pickProjects(files);
}

async function readStart(path: string): Promise<string> {
  const uri = Uri.file(path);
  try {
    const { type, size } = await workspace.fs.stat(uri);
    // A pipe would never answer, and what is larger is no infra file.
    if ((type & FileType.File) === 0 || size > MAX_BYTES) return '';
    return new TextDecoder().decode(await workspace.fs.readFile(uri));
  } catch {
    return '';
  }
}

/**
 * Paths of the files that declare a project, sorted. Definitions that others include have no `project` and are left out,
 * unless nothing else is there: then a first file is being written.
 */
export function pickProjects(files: readonly { readonly path: string; readonly text: string }[]): readonly string[] {
  const declaring = files.filter(({ text }) => /^["']?project["']?\s*:/m.test(text));
  return (declaring.length > 0 ? declaring : files).map(({ path }) => path).sort((a, b) => (a < b ? -1 : 1));
}
