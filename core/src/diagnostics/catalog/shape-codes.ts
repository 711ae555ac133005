import { t } from '#schemas/text/text.ts';
import type { CodeInfo } from './code-info.ts';

/** Problems of keys and values: what the format allows where. */
export const shapeCodes = {
  'old-format': {
    severity: 'error',
    summary: t('Format of the earlier ict'),
    explanation: t(
      "The file is written for the earlier ict in Python: top-level groups with `VDC_options` and `Servers`. Nothing in it is lost: `ict convert` writes the same servers in today's format and leaves the old file as it is.",
    ),
  },
  'missing-version': {
    severity: 'error',
    summary: t('Version of the format is missing'),
    explanation: t(
      'The first line of an infra file says which version of the format it is written in. A later ict then still knows how to read it. Write `version: 1`.',
    ),
  },
  'unsupported-version': {
    severity: 'error',
    summary: t('Unsupported version of the format'),
    explanation: t('This ict reads version 1 of the format. A higher number needs a newer ict; anything else is a slip of the pen.'),
  },
  'reserved-name': {
    severity: 'warning',
    summary: t('Name is reserved on Windows'),
    explanation: t(
      'ict keeps what it knows of a project in the folder `.ict/NAME`. On Windows `con`, `nul`, `aux`, `prn`, `com1` and the like are devices in every folder, so the project cannot be used or even checked out there. Choose another name while the project is new: the name is part of the ledger.',
    ),
  },
  'missing-project': {
    severity: 'error',
    summary: t('Project name is missing'),
    explanation: t(
      'The project names the ledger in which ict remembers what it has created. Without it two files could claim the same servers. Write `project: NAME` with lower-case letters, digits and hyphens.',
    ),
  },
  'unknown-key': {
    severity: 'error',
    summary: t('Unknown key'),
    explanation: t(
      'The format does not know this key here. It is an error and not ignored, because a misspelt key would otherwise quietly fall back to a default. Correct the spelling, move the key to where it belongs, or remove it.',
    ),
  },
  'missing-key': {
    severity: 'error',
    summary: t('Required key is missing'),
    explanation: t('The entry does not make sense without this key. Hover over the name of the entry to see what each key means.'),
  },
  'empty-value': {
    severity: 'error',
    summary: t('Value is missing'),
    explanation: t(
      'A key stands without a value. It may be a line that is not finished yet. If nothing is meant, remove the key, or write `{}` for an entry that takes everything from `defaults`.',
    ),
  },
  'wrong-type': {
    severity: 'error',
    summary: t('Value of another kind expected'),
    explanation: t(
      'The key takes a value of another kind: a number, a text, a list, a mapping. In YAML quotes make a text of a number, a hyphen or square brackets make a list, and `yes` or `no` are plain texts; booleans are `true` and `false`.',
    ),
  },
  'unknown-value': {
    severity: 'error',
    summary: t('Value is not one of the allowed ones'),
    explanation: t('The key takes one of a few fixed words, and they are case-sensitive. The message lists them.'),
  },
  'invalid-value': {
    severity: 'error',
    summary: t('Value cannot be used'),
    explanation: t(
      'The value is of the right kind but outside of what is allowed: a number beyond its limits, or a text that does not have the form that is needed here.',
    ),
  },
  'invalid-name': {
    severity: 'error',
    summary: t('Name cannot be used'),
    explanation: t(
      'Names of entries become names at the provider, Ansible groups and addresses on the command line. Letters, digits, `_` and `-` are safe in all of them; the first character is a letter or a digit, and there are at most 50.',
    ),
  },
} as const satisfies Readonly<Record<string, CodeInfo>>;
