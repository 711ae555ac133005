import * as fc from 'fast-check';

/** Texts that steer a terminal, turn a line round, hide, or begin a line of their own. */
const attacks = [
  '\u001b]52;c;cm0gLXJmIH4=\u0007',
  '\u001b]8;;https://evil.example\u001b\\click\u001b]8;;\u001b\\',
  '\u001b[2K\u001b[1A',
  '\u009b31m',
  '\u009d52;c;AAAA\u009c',
  '\r\n  + server.web · create',
  '\n',
  '\r',
  '\t',
  '\0',
  '\u007f',
  '\u061c',
  '\u200b\u200c\u200d\u200e\u200f',
  '\u2028\u2029',
  '\u202a\u202b\u202c\u202d\u202e',
  '\u2060\u2066\u2067\u2068\u2069\ufeff',
  '\u{e0041}\u{e007f}',
  '\ud800',
  '\udc00x',
  'a\ufe01\u{e0100}',
  '\u00ad\u034f\u115f\u3164\uffa0',
] as const;

/** A text of somebody who means no good: such characters among ordinary and arbitrary ones. */
export const hostileText: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(...attacks),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom('web', 'база', '{0}', ' ', '👩‍💻', '❤️'),
    ),
    {
      minLength: 1,
      maxLength: 5,
    },
  )
  .map((parts) => parts.join(''));

/**
 * What must not be in what people see, stated apart from the code under test: ranges by number. `lines` allows line feeds and tabs,
 * which a surface of several lines has of its own.
 */
export function findHidden(text: string, { lines }: { readonly lines: boolean }): string | undefined {
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (lines && (code === 0x0a || code === 0x09)) continue;
    if (ranges.some(([from, to]) => code >= from && code <= to)) return `U+${code.toString(16)} in ${JSON.stringify(text)}`;
  }
  return undefined;
}

const ranges: readonly (readonly [number, number])[] = [
  [0x00, 0x1f],
  [0x7f, 0x9f],
  [0x61c, 0x61c],
  [0x200b, 0x200f],
  [0x2028, 0x202e],
  [0x2060, 0x206f],
  [0xfeff, 0xfeff],
  [0xfe00, 0xfe0e],
  [0xd800, 0xdfff],
  [0xe0000, 0xe0fff],
];
