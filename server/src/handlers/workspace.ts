import { DidChangeConfigurationNotification, DidChangeWatchedFilesNotification } from 'vscode-languageserver';
import { toPath } from '../documents/document-paths.ts';
import { readEditorSettings } from '../runtime/session.ts';
import type { ExternalChanges } from '../runtime/external-changes.ts';
import type { AnswerContext } from './answer.ts';
import { guardNotification } from './notice.ts';

/** Section of the editor's settings that is ours. */
const SECTION = 'ict';

/** Files whose changes matter: infra files and what they name, keys, and the histories of projects. */
const WATCHED = ['**/*.{yaml,yml,pub}', '**/.ict/*/history/*.json', '**/.ict/*/deploys/*/deploy.json'];

/** The workspace: its folders, files that change on the disk, settings. */
export function handleWorkspace(context: AnswerContext, external: () => ExternalChanges | undefined): void {
  const { connection } = context;
  const notice = guardNotification(context);
  connection.onInitialized(
    notice('initialized', async ({ session }) => {
      const { capabilities } = session;
      if (capabilities.workspaceFolders) {
        connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
          const gone = new Set(removed.map(({ uri }) => uri));
          session.folders = [...session.folders.filter((uri) => !gone.has(uri)), ...added.map(({ uri }) => uri)];
          external()?.filesChanged([]);
        });
      }
      if (capabilities.watching) {
        const watchers = WATCHED.map((globPattern) => ({ globPattern }));
        await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
        external()?.isWatching();
      }
      if (capabilities.configurationRegistration)
        await connection.client.register(DidChangeConfigurationNotification.type, { section: SECTION });
      if (capabilities.configuration) external()?.setSettings(readEditorSettings(await connection.workspace.getConfiguration(SECTION)));
    }),
  );
  connection.onDidChangeConfiguration(
    notice('workspace/didChangeConfiguration', async ({ session }, { settings }) => {
      // An editor that can be asked sends what it likes; what it answers is right.
      const section: unknown = session.capabilities.configuration
        ? await connection.workspace.getConfiguration(SECTION)
        : pickSection(settings);
      external()?.setSettings(readEditorSettings(section));
    }),
  );
  connection.onDidSaveTextDocument(
    notice('textDocument/didSave', ({ session }) => {
      if (!session.capabilities.watching) external()?.filesChanged([]);
    }),
  );
  connection.onDidChangeWatchedFiles(
    notice('workspace/didChangeWatchedFiles', (_server, { changes }) => external()?.filesChanged(changes.map(({ uri }) => toPath(uri)))),
  );
}

const pickSection = (settings: unknown): unknown =>
  typeof settings === 'object' && settings !== null && SECTION in settings ? settings[SECTION] : settings;
