import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createConnection,
  DiagnosticSeverity,
  type InitializeResult,
  ProposedFeatures,
  TextDocuments,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic, Severity } from '#core/diagnostics/diagnostic.ts';
import { readInfraFile } from '#core/infra/read-infra-file.ts';
import { nodeFileReader } from '#core/platform/node-file-reader.ts';
import { createTextRenderer, pickLanguage, type RenderText } from '#core/text/render-text.ts';
import manifest from '../../package.json' with { type: 'json' };
import russian from '../../l10n/bundle.l10n.ru.json' with { type: 'json' };

/**
 * The language server: shows the problems of an infra file while it is edited. It reads files, and neither writes to the
 * cloud nor starts a process.
 */
const connection = createConnection(ProposedFeatures.all);
const documents = new TextDocuments(TextDocument);
let render: RenderText = createTextRenderer('en');

connection.onInitialize(({ locale }): InitializeResult => {
  const language = pickLanguage(locale);
  render = createTextRenderer(language, language === 'ru' ? russian : {});
  return { capabilities: { textDocumentSync: TextDocumentSyncKind.Incremental }, serverInfo: { name: 'ict', version: manifest.version } };
});

documents.onDidChangeContent(({ document }) => void publish(document));
documents.onDidClose(({ document }) => void connection.sendDiagnostics({ uri: document.uri, diagnostics: [] }));

async function publish(document: TextDocument): Promise<void> {
  const { uri, version } = document;
  const path = uri.startsWith('file:') ? fileURLToPath(uri) : uri;
  const { diagnostics } = await readInfraFile(nodeFileReader, path, (other) => (other === path ? document.getText() : undefined));
  // A later edit has its own answer.
  if (documents.get(uri)?.version !== version) return;
  const own = diagnostics.filter((item) => item.source === undefined || item.source.file === path);
  await connection.sendDiagnostics({ uri, version, diagnostics: own.map(toLspDiagnostic) });
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

const start = { line: 0, character: 0 };

const toLspDiagnostic = (item: Diagnostic) => ({
  range: item.source ? { start: item.source.start, end: item.source.end } : { start, end: start },
  severity: severities[item.severity],
  code: item.code,
  source: 'ict',
  message: `${render(item.summary)}. ${render(item.detail)}`,
  relatedInformation: item.related.map((place) => ({
    location: { uri: pathToFileURL(place.source.file).href, range: { start: place.source.start, end: place.source.end } },
    message: render(place.text),
  })),
});

documents.listen(connection);
connection.listen();
