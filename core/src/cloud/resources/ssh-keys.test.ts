import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { convertKey, toBlob } from './ssh-keys.ts';

const blob = 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';

describe('toBlob', () => {
  test.each([
    ['a whole line', `ssh-ed25519 ${blob} me@host`],
    ['without a comment', `ssh-ed25519 ${blob}`],
    ['the blob alone, as the provider may give it', blob],
    ['the blob with a comment', `${blob} me@host`],
    ['spaces and line ends around', `  ssh-ed25519\t${blob}  me@host \r\n`],
    ['options before the type', `no-pty,command="echo hi" ssh-ed25519 ${blob} me`],
    ['a comment of several words', `ssh-ed25519 ${blob} my old laptop`],
    [
      'an RFC 4716 block',
      `---- BEGIN SSH2 PUBLIC KEY ----\r\nComment: "a long \\\r\ncomment"\r\n${blob.slice(0, 40)}\r\n${blob.slice(40)}\r\n---- END SSH2 PUBLIC KEY ----\r\n`,
    ],
  ])('%s', (_reason, line) => expect(toBlob(line)).toBe(blob));

  test.each([
    ['', ''],
    ['   ', ''],
    ['word', 'word'],
    ['ssh-rsa broken', 'broken'],
  ])('"%s" gives "%s"', (line, expected) => expect(toBlob(line)).toBe(expected));

  test('prefix and comment never matter', () => {
    const word = fc.stringMatching(/^[a-z0-9@.-]{1,12}$/);
    fc.assert(fc.property(word, word, (type, comment) => toBlob(`${type} ${blob} ${comment}`) === toBlob(blob)));
  });
});

test.each([
  [
    { ID: 1, Title: 'laptop', PublicKey: `ssh-ed25519 ${blob} me`, IsActive: true },
    { id: 1, title: 'laptop', blob },
  ],
  [
    { ID: 2, Title: undefined, PublicKey: undefined, IsActive: undefined },
    { id: 2, title: '', blob: '' },
  ],
])('convertKey %#', (wire, expected) => expect(convertKey(wire)).toEqual(expected));
