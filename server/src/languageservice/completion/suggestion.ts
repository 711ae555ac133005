import type { CompletionItemKind } from 'vscode-languageserver-types';
import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import type { Text } from '#schemas/text/text.ts';
import type { Cursor } from '../cursor/find-cursor.ts';
import type { LanguageRequest } from '../language-request.ts';
import type { OpenDocument } from '../open-document.ts';

/** What `resolveCompletion` needs to write the documentation of an item later. Small: it travels to the editor and back. */
export type SuggestionData =
  | { readonly kind: 'field'; readonly path: ValuePath; readonly branch?: string }
  | { readonly kind: 'image'; readonly id: number }
  | { readonly kind: 'data-centre'; readonly techTitle: string }
  | { readonly kind: 'live-server' | 'live-network'; readonly id: number }
  | { readonly kind: 'playbook'; readonly name: string }
  | { readonly kind: 'variable'; readonly playbook: string; readonly name: string };

/** One thing that may stand at the cursor. */
export interface Suggestion {
  readonly label: string;
  readonly kind: CompletionItemKind;
  /** A text, put in quotes where it needs them; or YAML as it is, with `$1` and `${1:word}` where the author goes on. */
  readonly insert: { readonly text: string } | { readonly code: string };
  readonly detail?: Text | undefined;
  /** Further words by which it is found. */
  readonly words?: readonly (string | undefined)[];
  readonly data?: SuggestionData;
  /** The list is worth opening again behind it: a value follows. */
  readonly isKey?: boolean;
}

/** What the suggestions of one place are made from. */
export interface SuggestionPlace {
  readonly document: OpenDocument;
  readonly cursor: Cursor;
  readonly request: LanguageRequest;
}

/** The text within a snippet: nothing in it is a placeholder. */
export const escapeSnippet = (text: string): string => text.replaceAll(/[\\$}]/g, String.raw`\$&`);

/** A snippet as plain text: placeholders become their default words. */
export const toPlain = (snippet: string): string =>
  snippet.replaceAll(
    /\$\{\d+:([^}]*)\}|\$\d+|\\([\\$}])/g,
    (_, word: string | undefined, escaped: string | undefined) => word ?? escaped ?? '',
  );
