import { environmentName } from '#schemas/infra/names.ts';
import { playbookReference } from '#schemas/infra/playbooks.ts';
import { diskGb, durationSeconds, memoryMb, percentRatio } from '#schemas/infra/units.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type * as z from 'zod';
import { kindOf, unwrap } from './schema-kind.ts';

/** Kinds of values with a name of their own, and an example that can be copied. */
const known: readonly (readonly [z.ZodType, Text])[] = [
  [memoryMb, t('memory such as `2 GB` or `512 MB`, or a whole number of MB')],
  [diskGb, t('a disk size such as `40 GB`, or a whole number of GB')],
  [durationSeconds, t('a time span such as `30s`, `5m` or `1h`')],
  [percentRatio, t('a share such as `90%`')],
  [environmentName, t('the name of an environment variable such as `TELEGRAM_TOKEN`')],
  [playbookReference, t('the name of a playbook, or a mapping with `path`')],
];

/** Whether {@link describeExpected} has an example for this schema. */
export const hasOwnWords = (schema: z.ZodType): boolean => findWords(schema) !== undefined;

const findWords = (schema: z.ZodType): Text | undefined => known.find(([type]) => unwrap(type) === unwrap(schema))?.[1];

/** What a schema takes, to be read after "expected". */
export function describeExpected(schema: z.ZodType): Text {
  const words = findWords(schema);
  if (words) return words;
  const kind = kindOf(schema);
  switch (kind.kind) {
    case 'mapping':
    case 'record':
      return t('a mapping (lines of `key: value`)');
    case 'list':
      return t('a list such as `[first, second]`');
    case 'union':
      return joinAlternatives(kind.options.map(describeExpected));
    case 'choice':
      return joinAlternatives(kind.values.map((value) => ({ text: '{0}', args: [`\`${value}\``] })));
    case 'text':
      return t('a text');
    case 'number':
      return t('a number');
    case 'whole-number':
      return t('a whole number');
    case 'boolean':
      return t('`true` or `false`');
    case 'anything':
      return t('a value');
    default:
      return kind satisfies never;
  }
}

/** `a, b or c`, each alternative once. */
export function joinAlternatives(alternatives: readonly Text[]): Text {
  const unique = [...new Map(alternatives.map((text) => [JSON.stringify(text), text])).values()];
  const [last, ...rest] = unique.reverse();
  if (!last) return t('a value');
  const [before, ...earlier] = rest;
  if (!before) return last;
  const list = earlier.reduce((text, other): Text => ({ text: '{0}, {1}', args: [other, text] }), before);
  return t('{0} or {1}', list, last);
}
