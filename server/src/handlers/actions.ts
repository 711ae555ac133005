import {
  CodeActionRequest,
  LSPErrorCodes,
  ResponseError,
  type CodeAction,
  type Diagnostic as LspDiagnostic,
  type Range,
} from 'vscode-languageserver';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { listActions, type ActionData } from '#server/languageservice/actions/list-actions.ts';
import { answerAbout, type AnswerContext } from './answer.ts';

/** What can be done about problems, and rearrangements. The problems are those of now, not those the editor remembers. */
export function handleActions(context: AnswerContext): void {
  answerAbout(context, CodeActionRequest.type, null, async ({ server, document, request }, { range, context: asked }) => {
    const problems = await server.diagnostics.problemsOf(document);
    if (!problems) throw new ResponseError(LSPErrorCodes.ContentModified, 'the document was changed meanwhile');
    const near = problems.filter((problem) => isAt(problem, document.path, range));
    return listActions(document, range, near, request, asked.only).map((action) => addProblems(action, asked.diagnostics));
  });
}

/** Whether a problem of the file touches a range. One without a place stands at the beginning. */
function isAt({ source }: Diagnostic, file: string, { start, end }: Range): boolean {
  if (!source) return start.line === 0;
  return source.file === file && isBefore(source.start, end) && isBefore(start, source.end);
}

const isBefore = (left: Range['start'], right: Range['start']): boolean =>
  left.line < right.line || (left.line === right.line && left.character <= right.character);

/** Ties an action to the problem it mends, so that the editor shows it there. */
function addProblems(action: CodeAction, diagnostics: readonly LspDiagnostic[]): CodeAction {
  const data = action.data as ActionData | undefined;
  if (!data) return action;
  const mended = diagnostics.filter(
    ({ code, range: { start } }) => code === data.code && start.line === data.line && start.character === data.character,
  );
  return mended.length === 0 ? action : { ...action, diagnostics: mended };
}
