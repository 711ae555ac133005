import { InsertTextFormat, InsertTextMode, type CompletionItem } from 'vscode-languageserver-types';
import { quoteText } from '../schema/quote-text.ts';
import { escapeSnippet, toPlain, type Suggestion, type SuggestionPlace } from './suggestion.ts';

/** What is put around a suggestion: brackets of a list that is not there yet, a dash. */
export interface Surround {
  readonly before: string;
  readonly after: string;
}

/** A suggestion as the editor gets it. `order` keeps the order of the list. */
export function toItem(
  suggestion: Suggestion,
  order: number,
  { cursor, request }: SuggestionPlace,
  { before, after }: Surround,
): CompletionItem {
  const isFlow = cursor.indent < 0 || before.endsWith('[');
  const { insert, label, kind, detail, words = [], data, isKey = false } = suggestion;
  const isText = 'text' in insert;
  const colon = isText && isKey && !cursor.hasColon ? ': ' : '';
  const written = isText ? quoteText(insert.text, isFlow, cursor.quote) : wrap(insert.code, cursor.quote, isKey);
  const body = (isText ? escapeSnippet(written) : written) + colon;
  const spaced = `${cursor.needsSpace ? ' ' : ''}${before}${body}${after}${cursor.needsSpaceAfter ? ' ' : ''}`;
  const plain = toPlain(spaced);
  const isSnippet = request.editor.snippets && /\$(?:\d|\{)/.test(spaced.replaceAll(/\\./g, ''));
  const rendered = detail ? request.render(detail) : '';
  const found = [toPlain(written), label, ...words].filter((word): word is string => word !== undefined);
  return {
    label,
    kind,
    ...(rendered === '' ? {} : { detail: rendered }),
    filterText: [...new Set(found)].join(' '),
    sortText: String(order).padStart(4, '0'),
    insertTextFormat: isSnippet ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
    // Lines are written with their whole indentation.
    ...(plain.includes('\n') ? { insertTextMode: InsertTextMode.asIs } : {}),
    textEdit: { range: cursor.range, newText: isSnippet ? spaced : plain },
    ...(isKey && !cursor.hasColon && request.editor.suggestCommand
      ? { command: { title: '', command: request.editor.suggestCommand } }
      : {}),
    ...(data ? { data } : {}),
  };
}

/** Quotes that stand there already stay around the new value. Numbers and words in quotes would be texts: no quotes for them. */
function wrap(code: string, quote: '' | '"' | "'", isKey: boolean): string {
  if (quote === '' || isKey || code.startsWith(quote)) return code;
  return /^[\w.]+$/.test(code) && !/^(?:true|false|\d+(?:\.\d+)?)$/.test(code) ? quote + code + quote : code;
}
