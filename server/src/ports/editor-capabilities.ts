import type { ClientCapabilities } from 'vscode-languageserver';
import type { InitOptions } from '#schemas/protocol/editor-options.ts';
import type { EditorAbilities } from '#server/languageservice/language-request.ts';

/** What the editor said that it can do, as far as something depends on it. */
export interface EditorCapabilities {
  readonly editor: EditorAbilities;
  /** It asks for diagnostics by itself, so none are sent. */
  readonly pullsDiagnostics: boolean;
  readonly definitionLinks: boolean;
  readonly configuration: boolean;
  readonly watching: boolean;
  readonly workspaceFolders: boolean;
  readonly configurationRegistration: boolean;
  readonly diagnosticTags: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  readonly diagnosticData: boolean;
  readonly prepareRename: boolean;
  readonly refresh: Readonly<Record<'diagnostics' | 'codeLens' | 'inlayHint' | 'semanticTokens', boolean>>;
}

/** Reads the capabilities; everything that is not said is missing. Commands come from the editor's own options. */
export function readCapabilities(
  { textDocument = {}, workspace = {} }: ClientCapabilities,
  { suggestCommand = '', convertCommand = '' }: Partial<Pick<InitOptions, 'suggestCommand' | 'convertCommand'>> = {},
): EditorCapabilities {
  const { completion, hover, documentSymbol, foldingRange, publishDiagnostics, diagnostic, rename, definition } = textDocument;
  const { workspaceEdit } = workspace;
  const shown = { ...publishDiagnostics, ...diagnostic };
  return {
    editor: {
      snippets: completion?.completionItem?.snippetSupport === true,
      markdown: hover?.contentFormat?.includes('markdown') === true,
      createFiles: workspaceEdit?.documentChanges === true && workspaceEdit.resourceOperations?.includes('create') === true,
      hierarchicalSymbols: documentSymbol?.hierarchicalDocumentSymbolSupport === true,
      lineFoldingOnly: foldingRange?.lineFoldingOnly === true,
      ...(suggestCommand === '' ? {} : { suggestCommand }),
      ...(convertCommand === '' ? {} : { convertCommand }),
    },
    pullsDiagnostics: diagnostic !== undefined,
    definitionLinks: definition?.linkSupport === true,
    configuration: workspace.configuration === true,
    workspaceFolders: workspace.workspaceFolders === true,
    watching: workspace.didChangeWatchedFiles?.dynamicRegistration === true,
    configurationRegistration: workspace.didChangeConfiguration?.dynamicRegistration === true,
    diagnosticTags: shown.tagSupport !== undefined,
    relatedInformation: shown.relatedInformation === true,
    codeDescription: shown.codeDescriptionSupport === true,
    diagnosticData: shown.dataSupport === true,
    prepareRename: rename?.prepareSupport === true,
    refresh: {
      diagnostics: workspace.diagnostics?.refreshSupport === true,
      codeLens: workspace.codeLens?.refreshSupport === true,
      inlayHint: workspace.inlayHint?.refreshSupport === true,
      semanticTokens: workspace.semanticTokens?.refreshSupport === true,
    },
  };
}
