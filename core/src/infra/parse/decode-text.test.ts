import { expect, test } from 'vitest';
import { decodeText, stripMark } from './decode-text.ts';

test.each([
  ['UTF-8', Buffer.from('я: 1\n'), { text: 'я: 1\n' }],
  ['UTF-8 with a byte order mark', Buffer.from('\u{feff}a: 1'), { text: 'a: 1' }],
  ['nothing', Buffer.alloc(0), { text: '' }],
  ['UTF-16, little endian', Buffer.from('\u{feff}a', 'utf16le'), { failure: 'utf-16' }],
  ['UTF-16, big endian', Buffer.from([0xfe, 0xff, 0, 0x61]), { failure: 'utf-16' }],
  ['a binary file', Buffer.from([0x7f, 0x45, 0x00, 0x01]), { failure: 'binary' }],
  ['another encoding', Buffer.from([0xcf, 0xf0, 0xe8]), { failure: 'not-utf-8' }],
  ['half a character', Buffer.from([0xd1]), { failure: 'not-utf-8' }],
])('%s', (_name, bytes, expected) => expect(decodeText(bytes)).toEqual(expected));

test('a mark in the middle is text', () => expect(stripMark('a\u{feff}')).toBe('a\u{feff}'));
