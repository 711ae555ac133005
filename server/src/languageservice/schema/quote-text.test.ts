import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { quoteText } from './quote-text.ts';

test.each([
  ['Ubuntu 20.4 x64', 'Ubuntu 20.4 x64'],
  ['-1001', "'-1001'"],
  ['true', "'true'"],
  ['1', "'1'"],
  ["it's: x", "'it''s: x'"],
  ['@reboot', "'@reboot'"],
  ['МТС', 'МТС'],
  ['~/.ssh/id.pub', '~/.ssh/id.pub'],
])('%s', (text, expected) => expect(quoteText(text, false)).toBe(expected));

test('what is written is read back, in every place', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom('a', '1', ' ', ':', '#', '-', '[', ']', ',', "'", '"', '&', '~', '.', '\n', 'e', '0') }),
  );
  fc.assert(
    fc.property(text, fc.constantFrom('' as const, '"' as const, "'" as const), (value, quote) => {
      expect(parse(`a: ${quoteText(value, false, quote)}`)).toEqual({ a: value });
      expect(parse(`a: [${quoteText(value, true, quote)}]`)).toEqual({ a: [value] });
    }),
    { numRuns: 2000 },
  );
});
