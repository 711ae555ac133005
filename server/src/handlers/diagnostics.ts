import {
  DocumentDiagnosticReportKind,
  DocumentDiagnosticRequest,
  LSPErrorCodes,
  ResponseError,
  type DocumentDiagnosticReport,
} from 'vscode-languageserver';
import { toLspDiagnostic } from '../feeds/to-lsp-diagnostic.ts';
import { answerAbout, type AnswerContext } from './answer.ts';

/** Diagnostics for editors that ask for them. */
export function handleDiagnostics(context: AnswerContext): void {
  const nothing: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };
  answerAbout(
    context,
    DocumentDiagnosticRequest.type,
    nothing,
    async ({ server, document }, { previousResultId }): Promise<DocumentDiagnosticReport> => {
      const resultId = `${document.version}.${server.diagnostics.generation}`;
      if (previousResultId === resultId) return { kind: DocumentDiagnosticReportKind.Unchanged, resultId };
      const problems = await server.diagnostics.pull(document);
      if (!problems)
        throw new ResponseError(LSPErrorCodes.ServerCancelled, 'the document was changed meanwhile', { retriggerRequest: true });
      const shown = problems.slice(0, server.session.settings.maxProblems);
      return { kind: DocumentDiagnosticReportKind.Full, resultId, items: shown.map((item) => toLspDiagnostic(item, server.view)) };
    },
  );
}
