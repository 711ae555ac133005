import type { SymbolInformation } from 'vscode-languageserver-types';
import { looksLikeName } from '#core/infra/load/hide-quotes.ts';
import type { OpenDocument } from '../open-document.ts';
import { flattenSymbols, listSymbols } from './list-symbols.ts';

/** More answers than this help nobody. */
const MAX_SYMBOLS = 500;

/**
 * Entries of several documents whose names hold the letters of a query in their order, as editors search; names that
 * hold the query itself come first. An empty query finds everything. Of documents that are not open, which may be any file that is
 * included, only what looks like a name.
 */
export function findWorkspaceSymbols(
  documents: readonly OpenDocument[],
  query: string,
  isOpen: (document: OpenDocument) => boolean = () => true,
): SymbolInformation[] {
  const wanted = query.toLowerCase();
  const near: SymbolInformation[] = [];
  const far: SymbolInformation[] = [];
  for (const document of documents) {
    const isShown = isOpen(document) ? () => true : looksLikeName;
    for (const section of listSymbols(document)) {
      for (const symbol of flattenSymbols(document.uri, section.children ?? [], section.name)) {
        if (!isShown(symbol.name)) continue;
        const name = symbol.name.toLowerCase();
        if (name.includes(wanted)) near.push(symbol);
        else if (holdsLetters(name, wanted)) far.push(symbol);
      }
    }
  }
  return [...near, ...far].slice(0, MAX_SYMBOLS);
}

function holdsLetters(name: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = name.indexOf(letter, at);
    if (at < 0) return false;
    at += letter.length;
  }
  return true;
}
