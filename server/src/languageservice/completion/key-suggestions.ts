import { CompletionItemKind } from 'vscode-languageserver-types';
import { t } from '#schemas/text/text.ts';
import type { ExpectedField } from '../schema/expected.ts';
import { writeBody } from './key-body.ts';
import type { Suggestion, SuggestionPlace } from './suggestion.ts';

/** Keys that a mapping may still get: required ones first. With `dash` each is the first key of a new item. */
export function suggestKeys({ cursor }: SuggestionPlace, fields: readonly ExpectedField[]): readonly Suggestion[] {
  return fields
    .filter(({ name }) => !cursor.isPresent(name))
    .map(({ name, isRequired, schemas }) => {
      const path = [...cursor.path, name];
      const body = cursor.hasColon ? '' : `:${writeBody(path, schemas, cursor)}`;
      return {
        label: name,
        kind: CompletionItemKind.Property,
        insert: { code: name + body },
        detail: isRequired ? t('required') : undefined,
        data: { kind: 'field', path },
        isKey: true,
      };
    });
}
