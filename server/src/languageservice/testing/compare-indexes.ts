import { listFoldingRanges } from '../structure/list-folding-ranges.ts';
import { listSemanticTokens } from '../structure/list-semantic-tokens.ts';
import { listSymbols } from '../structure/list-symbols.ts';
import { InfraDocumentModel } from '../document/infra-document-model.ts';
import { InfraAnalysis } from '../diagnostics/infra-analysis.ts';
import { listNames, namedSections, type NamedSection } from '../document/entry-names.ts';
import type { OpenDocument } from '../open-document.ts';
import { listUses } from '../uses/find-uses.ts';

/** What is read off the lines of a document: uses, symbols, folds, tokens, names. */
export interface LineIndexes {
  readonly uses: readonly string[];
  readonly symbols: readonly unknown[];
  readonly folds: readonly unknown[];
  readonly tokens: readonly number[];
  readonly names: Readonly<Record<NamedSection, readonly string[]>>;
}

/** Those of an edited document, and of its text opened anew: both are to be equal. */
export function compareIndexes(document: OpenDocument): { readonly edited: LineIndexes; readonly fresh: LineIndexes } {
  const model = new InfraDocumentModel(document.model.file, document.model.text);
  return { edited: readIndexes(document), fresh: readIndexes({ uri: document.uri, model, analysis: new InfraAnalysis(model) }) };
}

function readIndexes(document: OpenDocument): LineIndexes {
  return {
    uses: listUses(document).map(({ use, range }) => JSON.stringify([use.role, use.kind, use.name, range])),
    symbols: listSymbols(document),
    folds: listFoldingRanges(document),
    tokens: listSemanticTokens(document),
    names: Object.fromEntries(namedSections.map((section) => [section, listNames(document.model, section)])) as LineIndexes['names'],
  };
}
