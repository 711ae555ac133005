import { CompletionItemKind } from 'vscode-languageserver-types';
import type { FolderEntry } from '../values/known-values.ts';
import type { Suggestion, SuggestionPlace } from './suggestion.ts';

/** Which files a path may name; folders lead on to them. */
export interface PathFilter {
  readonly files: RegExp | undefined;
  /** Files that are most likely meant: they stand first. */
  readonly likely?: RegExp;
  /** Where to begin while nothing is typed, besides the folder of the file. */
  readonly starts?: readonly string[];
}

/** Names in the folder that the typed path has reached. Each is the whole path: slashes do not end a word of YAML. */
export function suggestPaths({ cursor, request }: SuggestionPlace, { files, likely, starts = [] }: PathFilter): readonly Suggestion[] {
  const typed = cursor.prefix.replace(/^["']/, '').trimStart();
  const folder = typed.slice(0, typed.lastIndexOf('/') + 1);
  const entries = request.values.listFolder(folder === '' ? '.' : folder) ?? [];
  const isHidden = (name: string): boolean => name.startsWith('.') && !typed.slice(folder.length).startsWith('.');
  const rank = ({ name, isFolder }: FolderEntry): number => (likely?.test(name) ? 0 : isFolder ? 2 : 1);
  const found = entries
    .filter(({ name, isFolder }) => !isHidden(name) && (isFolder || (files?.test(name) ?? false)))
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1))
    .map(({ name, isFolder }) => toPath(`${folder}${name}${isFolder && files ? '/' : ''}`, isFolder));
  const first = folder === '' ? starts.map((start) => toPath(start, start.endsWith('/'))) : [];
  return [...found, ...first.filter(({ label }) => !found.some((other) => other.label === label))];
}

const toPath = (path: string, isFolder: boolean): Suggestion => ({
  label: path,
  kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
  insert: { text: path },
});
