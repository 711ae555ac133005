import type { CodeLens, CompletionItem, CompletionList, SemanticTokens } from 'vscode-languageserver';
import type { Lab } from './lsp-lab.ts';

/** A place of a document; 0-based. */
export interface Place {
  readonly line: number;
  readonly character: number;
}

/**
 * Asks a server every kind of question about one document at one place, all at once, and the second halves of those that
 * have one. Resolves when everything is answered; an answer that is an error makes it reject.
 */
export async function askEverything({ client, initialized: { capabilities } }: Lab, uri: string, position: Place): Promise<void> {
  const textDocument = { uri };
  const range = { start: position, end: { line: position.line + 3, character: 0 } };
  const options = { tabSize: 2, insertSpaces: true };
  const ask = <Answer = unknown>(method: string, params: object = {}): Promise<Answer> =>
    client.sendRequest<Answer>(method, { textDocument, position, ...params });
  const [completions, lenses, tokens] = await Promise.all([
    ask<CompletionList | CompletionItem[] | null>('textDocument/completion', { context: { triggerKind: 1 } }),
    capabilities.codeLensProvider ? ask<CodeLens[] | null>('textDocument/codeLens') : null,
    ask<SemanticTokens | null>('textDocument/semanticTokens/full'),
    ask('textDocument/hover'),
    ask('textDocument/definition'),
    ask('textDocument/references', { context: { includeDeclaration: true } }),
    ask('textDocument/documentHighlight'),
    ask('textDocument/prepareRename'),
    ask('textDocument/documentSymbol'),
    ask('workspace/symbol', { query: 'w' }),
    ask('textDocument/foldingRange'),
    ask('textDocument/selectionRange', { positions: [position] }),
    ask('textDocument/documentLink'),
    ask('textDocument/formatting', { options }),
    ask('textDocument/rangeFormatting', { range, options }),
    ask('textDocument/semanticTokens/range', { range }),
    capabilities.inlayHintProvider ? ask('textDocument/inlayHint', { range }) : null,
    ask('textDocument/codeAction', { range, context: { diagnostics: [] } }),
    ask('textDocument/codeAction', { range, context: { diagnostics: [], only: ['source.fixAll'] } }),
    ask('textDocument/diagnostic'),
  ]);
  // A name that cannot be given is refused in words, which is an answer.
  await ask('textDocument/rename', { newName: 'renamed' }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === -32803)) throw error;
  });
  const items = Array.isArray(completions) ? completions : (completions?.items ?? []);
  await Promise.all([
    ...items.slice(0, 3).map((item) => client.sendRequest('completionItem/resolve', item)),
    ...(lenses ?? []).slice(0, 3).map((lens) => client.sendRequest('codeLens/resolve', lens)),
    ask('textDocument/semanticTokens/full/delta', { previousResultId: tokens?.resultId ?? 'none' }),
  ]);
}
