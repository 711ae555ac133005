import { randomBytes } from 'node:crypto';
import { showExcept } from '#core/text/show-hidden.ts';

/**
 * Stands for `ESC [` in everything that is printed, until it leaves through {@link settleCodes}. It is new in each process, so that no
 * text of a provider, host or file can hold it: only what this program wrote on purpose steers the terminal.
 */
const MARK = `\u001b{${randomBytes(9).toString('base64url')}}`;

/** `ESC [ code`, as a text that passes the terminal's guard: `code('2K')`. */
export const code = (parameters: string): string => `${MARK}${parameters}`;

/** Clears the line the cursor is in and returns to its beginning. */
export const ERASE_LINE = `${code('G')}${code('2K')}`;

/** The terminal's second screen, and its upper left corner with nothing below. */
export const [ENTER_SCREEN, LEAVE_SCREEN, CLEAR_SCREEN] = [code('?1049h'), code('?1049l'), `${code('H')}${code('J')}`];

/** What may be in a printed text besides visible characters: ends of lines, and tabs of programs whose output is passed on. */
const LAYOUT = '\n\t';

/** A text with our codes as the terminal gets it: what else is hidden in it or would steer the terminal is shown, lines stay lines. */
export function settleCodes(text: string): string {
  return text
    .split(MARK)
    .map((part) => showExcept(part, LAYOUT))
    .join('\u001b[');
}

/** Makes a function that wraps a text in codes by itself (`ESC [ 1 m`) write {@link code} instead; what is hidden in the text is shown. */
export const sealCodes =
  (paint: (text: string) => string) =>
  (text: string): string =>
    paint(settleCodes(text)).replaceAll('\u001b[', MARK);

/** A text without our codes, to be measured or logged. */
export const withoutCodes = (text: string): string =>
  text
    .split(MARK)
    .map((part, at) => (at === 0 ? part : part.replace(/^[?\d;]*[A-Za-z]/, '')))
    .join('');
