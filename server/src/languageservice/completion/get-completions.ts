import { CompletionItemKind, type CompletionItem, type CompletionList, type Position } from 'vscode-languageserver-types';
import { type Cursor, findCursor } from '../cursor/find-cursor.ts';
import type { LanguageRequest } from '../language-request.ts';
import type { OpenDocument } from '../open-document.ts';
import { expectedAt, toExpected, type Expected } from '../schema/expected.ts';
import { isVariablesPath, toPattern } from '../schema/value-kind.ts';
import { suggestNewEntries } from './entry-suggestions.ts';
import { writeBraces } from './key-body.ts';
import { suggestKeys } from './key-suggestions.ts';
import { suggestUnmanaged } from './live-suggestions.ts';
import { suggestVariableValues, suggestVariables } from './playbook-suggestions.ts';
import type { Suggestion, SuggestionPlace } from './suggestion.ts';
import { toItem, type Surround } from './to-item.ts';
import { suggestValues, type Values } from './value-suggestions.ts';

/** Characters after which the list opens by itself, beside letters. */
export const completionTriggers: readonly string[] = [':', ' ', '-', '[', '{', ',', '/', '"', "'"];

const nothing: CompletionList = { isIncomplete: false, items: [] };
const bare: Surround = { before: '', after: '' };

/**
 * What may be typed at a position. Never waits: what is not known yet is not offered. `trigger` is the character that opened the
 * list by itself; undefined when letters or the user did.
 */
export function getCompletions(document: OpenDocument, position: Position, request: LanguageRequest, trigger?: string): CompletionList {
  const cursor = findCursor(document, position);
  if (!cursor || request.signal.aborted || (trigger === ':' && goesOnBelow(cursor))) return nothing;
  const place: SuggestionPlace = { document, cursor, request };
  return (isInVariables(cursor.path, cursor.kind) ? suggestInVariables(place) : suggestAt(place)) ?? nothing;
}

/**
 * Behind the colon of a list or a mapping that may stand in lines, the next key is Enter, which would take the first thing of a
 * list that has opened by itself. It opens behind a blank.
 */
function goesOnBelow({ kind, path, indent, root }: Cursor): boolean {
  if (indent < 0 || kind === 'key') return false;
  const expected = expectedAt(path, root);
  return expected !== undefined && expected.scalars.length === 0;
}

/** `vars` are Ansible's: only names and values of bundled playbooks are known there. */
const isInVariables = (path: SuggestionPlace['cursor']['path'], kind: SuggestionPlace['cursor']['kind']): boolean =>
  isVariablesPath(kind === 'value' && path.at(-1) !== 'vars' ? path.slice(0, -1) : path) && (kind !== 'value' || path.at(-1) !== 'vars');

function suggestInVariables(place: SuggestionPlace): CompletionList {
  const { kind, path } = place.cursor;
  if (kind === 'value') return toList(place, { suggestions: suggestVariableValues(place), isCut: false }, bare);
  if (kind === 'item' || path.at(-1) !== 'vars') return nothing;
  return toList(place, whole(suggestVariables(place).filter(({ label }) => !place.cursor.isPresent(label))), bare);
}

function suggestAt(place: SuggestionPlace): CompletionList | undefined {
  const { cursor } = place;
  const { kind, path } = cursor;
  const expected = expectedAt(path, cursor.root);
  if (!expected) return undefined;
  switch (kind) {
    case 'key':
      return toList(place, whole(suggestMembers(place, expected)), bare);
    case 'item':
      return suggestItems(place, expected, cursor.needsDash ? '- ' : '');
    case 'value':
      return suggestBehindKey(place, expected);
    case 'open': {
      if (expected.fields.length > 0 || expected.record) return toList(place, whole(suggestMembers(place, expected)), bare);
      if (!expected.item) return suggestBehindKey(place, expected);
      const item = { ...place, cursor: { ...cursor, path: [...path, 0] } };
      return suggestItems(item, toExpected([expected.item]), '- ');
    }
    default:
      return kind satisfies never;
  }
}

/** Keys of a mapping, or names of a section. */
function suggestMembers(place: SuggestionPlace, { fields, record }: Expected): readonly Suggestion[] {
  const { path, hasColon } = place.cursor;
  if (!record) return suggestKeys(place, fields);
  if (path.length !== 1) return [];
  const [section] = path;
  const live = section === 'servers' || section === 'networks' ? suggestUnmanaged(place, section) : [];
  return [...suggestNewEntries(place), ...(hasColon ? live : live.map((suggestion) => toEntry(suggestion, place)))];
}

/** The name of something that exists, as an entry that takes it over with the next apply. */
function toEntry(suggestion: Suggestion, { cursor }: SuggestionPlace): Suggestion {
  if (suggestion.data?.kind === 'live-network') return { ...suggestion, insert: { code: `${suggestion.label}: { $1 }` }, isKey: true };
  const lines = `${cursor.eol}${' '.repeat(Math.max(0, cursor.indent) + cursor.step)}`;
  return {
    ...suggestion,
    insert: { code: cursor.indent < 0 ? `${suggestion.label}: { $1 }` : `${suggestion.label}:${lines}$1` },
    isKey: true,
  };
}

/** Texts of a list, and the first keys of mappings in it. */
function suggestItems(place: SuggestionPlace, expected: Expected, dash: string): CompletionList {
  const { cursor } = place;
  const values = suggestValues(place, cursor.path, expected);
  // The keys of the item stand behind the dash.
  const keyed = { ...place, cursor: { ...cursor, indent: cursor.indent < 0 ? -1 : cursor.indent + 2, isPresent: () => false } };
  const keys = suggestKeys(keyed, expected.fields).map((key) => (cursor.indent < 0 ? inBraces(key) : key));
  return toList(place, { ...values, suggestions: [...values.suggestions, ...keys] }, { before: dash, after: '' });
}

const inBraces = (suggestion: Suggestion): Suggestion =>
  'code' in suggestion.insert ? { ...suggestion, insert: { code: `{ ${suggestion.insert.code} }` } } : suggestion;

/** Values behind a key. Lists and mappings are offered in brackets: only those fit on the line. */
function suggestBehindKey(place: SuggestionPlace, expected: Expected): CompletionList {
  const { path } = place.cursor;
  if (expected.item) {
    const item = toExpected([expected.item]);
    const { suggestions, isCut } = suggestValues(place, [...path, 0], item);
    return toList(place, { suggestions, isCut }, { before: '[', after: ']' });
  }
  const values = suggestValues(place, path, expected);
  return toList(place, { ...values, suggestions: [...values.suggestions, ...suggestBraces(path, expected)] }, bare);
}

function suggestBraces(path: SuggestionPlace['cursor']['path'], expected: Expected): readonly Suggestion[] {
  if (expected.fields.length === 0) return expected.record && path.length > 1 ? [toBraces('{ $1 }')] : [];
  if (toPattern(path).endsWith('.backup')) return [7, 14, 21, 28].map((period) => toBraces(`{ period: ${period} }`));
  return [toBraces(writeBraces(expected))];
}

const toBraces = (code: string): Suggestion => ({
  label: code.replaceAll(/ ?\$\d/g, ' …').replace('{  …', '{ …'),
  kind: CompletionItemKind.Snippet,
  insert: { code },
});

const whole = (suggestions: readonly Suggestion[]): Values => ({ suggestions, isCut: false });

function toList(place: SuggestionPlace, { suggestions, isCut }: Values, surround: Surround): CompletionList {
  const items: CompletionItem[] = suggestions.map((suggestion, order) => toItem(suggestion, order, place, surround));
  return { isIncomplete: isCut, items };
}
