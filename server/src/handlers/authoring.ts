import {
  CodeLensRequest,
  CodeLensResolveRequest,
  CompletionRequest,
  CompletionResolveRequest,
  HoverRequest,
  InlayHintRequest,
} from 'vscode-languageserver';
import { getCompletions } from '#server/languageservice/completion/get-completions.ts';
import { resolveCompletion } from '#server/languageservice/completion/resolve-completion.ts';
import { listHints } from '#server/languageservice/hints/list-hints.ts';
import { listMetricHints } from '#server/languageservice/hints/list-metric-hints.ts';
import { getHover } from '#server/languageservice/hover/get-hover.ts';
import { listLenses } from '#server/languageservice/lenses/list-lenses.ts';
import { resolveLens, uriOfLens } from '#server/languageservice/lenses/resolve-lens.ts';
import { answerAbout, answerOpen, type AnswerContext } from './answer.ts';

/** What helps while writing: completion, hovers, lenses, hints. */
export function handleAuthoring(context: AnswerContext): void {
  answerAbout(context, CompletionRequest.type, null, ({ document, request }, params) =>
    getCompletions(document, params.position, request, params.context?.triggerCharacter),
  );
  answerOpen(
    context,
    CompletionResolveRequest.type,
    (item) => item,
    (server, item, signal) => resolveCompletion(item, server.createRequest(undefined, signal)),
  );
  answerAbout(context, HoverRequest.type, null, ({ document, request }, { position }) => getHover(document, position, request) ?? null);
  answerAbout(context, CodeLensRequest.type, null, ({ server, document, request }) => {
    const lenses = server.session.settings.codeLens ? [...listLenses(document, request)] : [];
    if (lenses.length === 0) server.lensReminder.forget(document.uri);
    return lenses;
  });
  answerOpen(
    context,
    CodeLensResolveRequest.type,
    (lens) => lens,
    ({ documents, lensReminder, createRequest }, lens, signal) => {
      const document = documents.get(uriOfLens(lens) ?? '');
      // An answer to the list may be thrown away by the editor; who asks for a title is about to show it.
      if (document) lensReminder.forget(document.uri);
      return document ? resolveLens(document, lens, createRequest(document, signal)) : lens;
    },
  );
  answerAbout(context, InlayHintRequest.type, null, ({ server, document, request }, { range }) => {
    const { inlayHints, liveMetrics } = server.session.settings;
    if (inlayHints) return [...listHints(document, range, request)];
    return liveMetrics ? [...listMetricHints(document, range, request)] : [];
  });
}
