import { t, type Text } from '#schemas/text/text.ts';
import type { YAMLError } from 'yaml';

/** Says what the YAML parser found wrong, in words that need no knowledge of the parser. */
export function explainYamlError(error: YAMLError): Text {
  switch (error.code) {
    case 'BAD_INDENT':
      if (/end with a/.test(error.message)) return explainMissing(error.message);
      return t('This line is indented differently from the lines it belongs to. Entries of one mapping or list start in the same column.');
    case 'BLOCK_AS_IMPLICIT_KEY':
      return t(
        'A second `key: value` follows on the same line. Put it on a line of its own, or put the text in quotes if the colon belongs to it.',
      );
    case 'MULTILINE_IMPLICIT_KEY':
    case 'KEY_OVER_1024_CHARS':
      return t('A key stands on one line and is followed by a colon. Most likely the colon is missing here, or a quote is not closed.');
    case 'MISSING_CHAR':
      return explainMissing(error.message);
    case 'BAD_DQ_ESCAPE':
      return t(
        'A backslash in double quotes begins an escape, and this one does not exist. Write `\\\\` for a backslash, or use single quotes.',
      );
    case 'BAD_SCALAR_START':
      return t('A plain text cannot begin with this character. Put the text in quotes.');
    case 'BLOCK_IN_FLOW':
      return t('Inside of `{ }` or `[ ]` lines with indentation have no meaning. Close the bracket, or write everything without brackets.');
    case 'ALIAS_PROPS':
    case 'BAD_ALIAS':
    case 'MULTIPLE_ANCHORS':
    case 'MULTIPLE_TAGS':
    case 'BAD_PROP_ORDER':
      return t(
        'Anchors (`&name`), aliases (`*name`) and tags (`!name`) cannot stand together in this way. Put the text in quotes if the sign belongs to it.',
      );
    case 'BAD_DIRECTIVE':
      return t('A line that begins with `%` is a directive of YAML, and this one is not known. An infra file needs none.');
    case 'TAG_RESOLVE_FAILED':
    case 'BAD_COLLECTION_TYPE':
      return t('The tag at this value has no meaning in an infra file. Remove it, or put the text in quotes if the `!` belongs to it.');
    case 'TAB_AS_INDENT':
      return t('A tab stands where only spaces may indent. Replace it with two spaces.');
    default:
      return t('This does not belong here. Look for a missing quote, bracket or colon just before it.');
  }
}

/** The parser has one code for everything that is missing; only its message says which. */
function explainMissing(message: string): Text {
  if (/quote/i.test(message)) return t('A quote that is opened before this place is never closed.');
  if (message.startsWith('Implicit map keys'))
    return t('A key needs a colon and a value: `key: value`. Perhaps the colon is missing, or the space after it.');
  if (/Missing , /.test(message)) return t('A comma is missing between two items.');
  if (/Missing space after/.test(message)) return t('A space is missing after the colon.');
  if (/Comments must be/.test(message)) return t('A comment needs a space before its `#`.');
  if (/Sequence item/.test(message)) return t('An item of a list begins with a hyphen and a space: `- item`.');
  if (/end with a/.test(message)) return t('A bracket that is opened before this place is never closed.');
  return t('Something is missing here: a colon, a bracket, or a space after a sign.');
}
