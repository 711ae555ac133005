import type { CliIo } from './cli-io.ts';

/**
 * Whether the terminal can show signs beyond letters, such as blocks: its locale is UTF-8, or says nothing, and it is neither the
 * bare console of Linux nor a dumb one.
 */
export function speaksUnicode({ LC_ALL, LC_CTYPE, LANG, TERM }: CliIo['environment']): boolean {
  const locale = [LC_ALL, LC_CTYPE, LANG].find((value) => value !== undefined && value !== '');
  return (locale === undefined || /utf-?8/i.test(locale)) && TERM !== 'linux' && TERM !== 'dumb';
}
