import { t } from '#schemas/text/text.ts';
import type { CodeInfo } from './code-info.ts';

/** Problems of the YAML itself, before its meaning. */
export const yamlCodes = {
  'yaml-syntax': {
    severity: 'error',
    summary: t('YAML syntax error'),
    explanation: t(
      'The text is not valid YAML, so nothing can be said about what it means. Most often a colon, a closing quote or bracket is missing, or a line is indented differently from its neighbours. Only the first error of each section is shown, because the others usually follow from it.',
    ),
  },
  'tab-indentation': {
    severity: 'error',
    summary: t('Tab used as indentation'),
    explanation: t('YAML allows only spaces as indentation, because tabs have no fixed width. Replace the tab with two spaces.'),
  },
  'several-documents': {
    severity: 'error',
    summary: t('Several documents in one file'),
    explanation: t(
      'A line with `---` starts a second YAML document. An infra file is one document: ict would have to guess which of them is meant. Move the second one to its own file, or remove the line.',
    ),
  },
  'duplicate-key': {
    severity: 'error',
    summary: t('Duplicate key'),
    explanation: t(
      'A key stands twice in the same mapping. YAML tools silently take one of the two values, and not all take the same. Remove or rename one.',
    ),
  },
  'unknown-alias': {
    severity: 'error',
    summary: t('Unknown alias'),
    explanation: t(
      'An alias `*name` repeats the value that an anchor `&name` marked earlier in the same file. There is no such anchor above this line, or the alias stands inside the very value it repeats.',
    ),
  },
  'alias-expansion': {
    severity: 'error',
    summary: t('Aliases expand too far'),
    explanation: t(
      'Aliases repeat values that hold aliases themselves, and the whole would become larger than memory. No real infra file needs that; the file may be an attack on the program that reads it. Write the values out or use `count` and `sizes`.',
    ),
  },
  'nested-too-deeply': {
    severity: 'error',
    summary: t('Nested too deeply'),
    explanation: t(
      'The value is nested deeper than any infra file needs. Most likely a bracket is repeated or a file of another kind was opened.',
    ),
  },
  'merge-value': {
    severity: 'error',
    summary: t('Merge key without a mapping'),
    explanation: t(
      '`<<` takes over the keys of another mapping, so an alias of a mapping must follow it, or a list of such aliases: `<<: *base`.',
    ),
  },
  'yaml-warning': {
    severity: 'warning',
    summary: t('Doubtful YAML'),
    explanation: t(
      'The text is valid YAML, but it may mean something else than it looks like. Tags such as `!something` have no meaning in an infra file.',
    ),
  },
} as const satisfies Readonly<Record<string, CodeInfo>>;
