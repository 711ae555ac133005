import { describe, expect, test } from 'vitest';
import { NO_SECTION, splitPieces } from './split-pieces.ts';

const list = (text: string): readonly string[] =>
  splitPieces(text, NO_SECTION).pieces.map(
    ({ role, section, text: own }) => `${role}${section && ` of ${section}`}: ${JSON.stringify(own)}`,
  );

describe('splits', () => {
  test.each([
    ['nothing', '', []],
    ['comments above the first key', '# c\n\nversion: 1\n', ['preamble: "# c\\n\\n"', 'section: "version: 1\\n"']],
    [
      'entries of a section',
      'servers:\n  a:\n    cpu: 1\n  # c\n  b: {}\n',
      ['head: "servers:\\n"', 'entry of servers: "  a:\\n    cpu: 1\\n  # c\\n"', 'entry of servers: "  b: {}\\n"'],
    ],
    ['a section without named entries as one', 'defaults:\n  dc: X\n  pool: base\n', ['section: "defaults:\\n  dc: X\\n  pool: base\\n"']],
    ['a section in brackets as one', 'sizes: { a: {},\n  b: {} }\n', ['section: "sizes: { a: {},\\n  b: {} }\\n"']],
    ['a list in column 0 as part of its key', 'include:\n- a\nprices: p\n', ['section: "include:\\n- a\\n"', 'section: "prices: p\\n"']],
    ['with CRLF', 'sizes:\r\n  a: 1\r\n', ['head: "sizes:\\r\\n"', 'entry of sizes: "  a: 1\\r\\n"']],
    ['a half-typed first entry', 'sizes:\n  a\n  b: 1\n', ['head: "sizes:\\n"', 'entry of sizes: "  a\\n"', 'entry of sizes: "  b: 1\\n"']],
    ['a list in column 0 under a section with named entries', 'servers:\n-\n  a: 1\n', ['section: "servers:\\n-\\n  a: 1\\n"']],
    ['text that no key stands above', '[a]\n', ['preamble: "[a]\\n"']],
  ])('%s', (_name, text, pieces) => expect(list(text)).toEqual(pieces));
});

test('goes on inside of a section', () => {
  const { pieces, context, isContinued } = splitPieces('    cpu: 1\n  b:\n', { section: 'servers', indent: 2 });
  expect(pieces.map(({ text }) => text)).toEqual(['    cpu: 1\n', '  b:\n']);
  expect([context, isContinued]).toEqual([{ section: 'servers', indent: 2 }, true]);
});
