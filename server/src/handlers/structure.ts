import {
  DocumentFormattingRequest,
  DocumentLinkRequest,
  DocumentRangeFormattingRequest,
  DocumentSymbolRequest,
  FoldingRangeRequest,
  SelectionRangeRequest,
  WorkspaceSymbolRequest,
} from 'vscode-languageserver';
import { findWorkspaceSymbols } from '#server/languageservice/structure/find-workspace-symbols.ts';
import { formatDocument, formatRange } from '#server/languageservice/structure/format-document.ts';
import { listFoldingRanges } from '#server/languageservice/structure/list-folding-ranges.ts';
import { listLinks } from '#server/languageservice/structure/list-links.ts';
import { listSelectionRanges } from '#server/languageservice/structure/list-selection-ranges.ts';
import { flattenSymbols, listSymbols } from '#server/languageservice/structure/list-symbols.ts';
import { answerAbout, answerOpen, type AnswerContext } from './answer.ts';

/** What a text looks like: symbols, folding, selections, links, formatting. */
export function handleStructure(context: AnswerContext): void {
  answerAbout(context, DocumentSymbolRequest.type, null, ({ document, request }) => {
    const symbols = listSymbols(document);
    return request.editor.hierarchicalSymbols ? symbols : flattenSymbols(document.uri, symbols);
  });
  answerOpen(
    context,
    WorkspaceSymbolRequest.type,
    () => null,
    async ({ documents, families }, { query }) => {
      const known = await Promise.all(documents.all.map((document) => families.familyOf(document)));
      return findWorkspaceSymbols(
        [...new Set(known.flatMap(({ members }) => members))],
        query,
        ({ uri }) => documents.get(uri) !== undefined,
      );
    },
  );
  answerAbout(context, FoldingRangeRequest.type, null, ({ document }) => listFoldingRanges(document));
  answerAbout(context, SelectionRangeRequest.type, null, ({ document }, { positions }) => listSelectionRanges(document, positions));
  answerAbout(context, DocumentLinkRequest.type, null, ({ server, document }) => listLinks(document, server.resolvePath));
  answerAbout(context, DocumentFormattingRequest.type, null, ({ document }) => formatDocument(document));
  answerAbout(context, DocumentRangeFormattingRequest.type, null, ({ document }, { range }) => formatRange(document, range));
}
