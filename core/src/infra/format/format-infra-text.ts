import { hasErrors, type Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { stripMark } from '../parse/decode-text.ts';
import { parseYaml } from '../parse/parse-yaml.ts';
import { formatLines } from './format-lines.ts';
import { isSameValue } from './is-same-value.ts';

export interface FormattedText {
  /** The text in canonical form; the text as it came when it has errors. */
  readonly text: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Writes an infra file in canonical form: two spaces of indentation, lists one level deeper than their key, `{ a: 1 }`
 * and `[a, b]`, one space before comments, at most one blank line, one line break at the end. Order, line breaks within
 * entries, comments, quotes and line endings stay. The meaning never changes: the result is read again and compared.
 * Formatting twice gives the same as once. Works for any YAML, also for included files.
 */
export function formatInfraText(rawText: string): FormattedText {
  const text = stripMark(rawText);
  const { diagnostics, value } = parseYaml('', text);
  if (hasErrors(diagnostics)) return { text: rawText, diagnostics };
  const eol = /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
  const source = text.replaceAll('\r\n', '\n');
  const formatted = formatLines(source);
  const isSafe = formatLines(formatted) === formatted && isSameValue(parseYaml('', formatted).value, value);
  return { text: isSafe ? formatted.replaceAll('\n', eol) : rawText, diagnostics };
}
