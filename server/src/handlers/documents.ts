import { isInfraFileName } from '#schemas/infra/infra-file.ts';
import { toPath } from '../documents/document-paths.ts';
import type { RunningServer } from '../runtime/server-state.ts';
import type { AnswerContext } from './answer.ts';
import { guardNotification } from './notice.ts';

/** The language of infra files in editors that know it. */
export const LANGUAGE_ID = 'ict-infra';

/** Opening, editing and closing of documents. */
export function handleDocuments(context: AnswerContext): void {
  const { connection } = context;
  const notice = guardNotification(context);
  connection.onDidOpenTextDocument(
    notice('textDocument/didOpen', (server, { textDocument: { uri, languageId, version, text } }) => {
      // An editor without our language may send every YAML file.
      if (languageId !== LANGUAGE_ID && !isInfraFileName(toPath(uri)) && isYamlFile(uri)) return;
      const document = server.documents.open(uri, version, text);
      server.families.opened(document);
      server.diagnostics.opened(document);
      server.lensReminder.opened(uri);
    }),
  );
  connection.onDidChangeTextDocument(
    notice('textDocument/didChange', (server, { textDocument: { uri, version }, contentChanges }) => {
      const document = server.documents.get(uri);
      if (!document) return;
      const edited = document.change(version, contentChanges);
      server.families.changed(document);
      server.diagnostics.changed(document, edited);
    }),
  );
  connection.onDidCloseTextDocument(notice('textDocument/didClose', (server, { textDocument }) => closeDocument(server, textDocument.uri)));
}

function closeDocument(server: RunningServer, uri: string): void {
  const document = server.documents.close(uri);
  if (!document) return;
  server.families.closed(document);
  server.diagnostics.closed(document);
  server.lensReminder.forget(uri);
}

/** A document of another YAML language, such as a playbook. */
const isYamlFile = (uri: string): boolean => /\.ya?ml$/i.test(uri);
