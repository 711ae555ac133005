import { SemanticTokensDeltaRequest, SemanticTokensRangeRequest, SemanticTokensRequest, type SemanticTokens } from 'vscode-languageserver';
import { diffSemanticTokens, listSemanticTokens, listSemanticTokensIn } from '#server/languageservice/structure/list-semantic-tokens.ts';
import type { TrackedDocument } from '../documents/tracked-document.ts';
import { answerAbout, type AnswerContext } from './answer.ts';

/** Colours by meaning. The last answer about each document is kept, so that the next one can say only what is new. */
export function handleSemanticTokens(context: AnswerContext): void {
  const last = new WeakMap<TrackedDocument, Required<SemanticTokens>>();
  let count = 0;
  const remember = (document: TrackedDocument): Required<SemanticTokens> => {
    count += 1;
    const tokens = { resultId: String(count), data: listSemanticTokens(document) };
    last.set(document, tokens);
    return tokens;
  };
  answerAbout(context, SemanticTokensRequest.type, null, ({ document }) => remember(document));
  answerAbout(context, SemanticTokensDeltaRequest.type, null, ({ document }, { previousResultId }) => {
    const before = last.get(document);
    const now = remember(document);
    if (before?.resultId !== previousResultId) return now;
    return { resultId: now.resultId, edits: diffSemanticTokens(before.data, now.data) };
  });
  answerAbout(context, SemanticTokensRangeRequest.type, null, ({ document }, { range }) => ({
    data: listSemanticTokensIn(document, range),
  }));
}
