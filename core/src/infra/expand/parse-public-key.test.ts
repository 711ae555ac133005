import { describe, expect, test } from 'vitest';
import { listProblems, readSample, sampleHead } from '../testing/read-sample.ts';
import { parsePublicKey } from './parse-public-key.ts';

const blob = 'AAAAC3NzaC1lZDI1NTE5AAAAIDWOCLUqSEjYVvpbbtcAxyjgpodX0YwC4Jzo8+KteNf+';
const line = `ssh-ed25519 ${blob} me@host`;
const securityKey = Buffer.concat([Buffer.from([0, 0, 0, 26]), Buffer.from('sk-ssh-ed25519@openssh.com'), Buffer.alloc(40)]).toString(
  'base64',
);

test.each([
  ['one line', line, line],
  ['without comment', `ssh-ed25519 ${blob}`, `ssh-ed25519 ${blob}`],
  ['blanks and a line break around it', `  ${line}\r\n\n`, line],
  [
    'RFC 4716',
    `---- BEGIN SSH2 PUBLIC KEY ----\nComment: "me, \\\nat home"\n${blob.slice(0, 40)}\n${blob.slice(40)}\n---- END SSH2 PUBLIC KEY ----\n`,
    `ssh-ed25519 ${blob}`,
  ],
])('%s', (_name, text, expected) => expect(parsePublicKey(text)).toEqual({ line: expected, blob }));

test.each([
  ['nothing', '  \n', 'empty'],
  ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----\nx', 'private'],
  ['a private key of PuTTY', 'PuTTY-User-Key-File-3: ssh-ed25519\n', 'private'],
  ['two keys', `${line}\n${line}\n`, 'several'],
  ['a text', 'hello', 'malformed'],
  ['a blob of another algorithm', `ssh-rsa ${blob}`, 'malformed'],
  ['a short blob', 'ssh-ed25519 AAAA', 'malformed'],
  ['a key on a security token', `sk-ssh-ed25519@openssh.com ${securityKey}`, 'unsupported'],
  ['characters that the provider refuses', `${line} <me>`, 'characters'],
  ['RFC 4716 without a key', '---- BEGIN SSH2 PUBLIC KEY ----\nhello\n---- END SSH2 PUBLIC KEY ----', 'malformed'],
])('%s', (_name, text, fault) => expect(parsePublicKey(text)).toEqual({ fault }));

describe('in the file', () => {
  test('a key may stand there or in a file', async () => {
    const { value } = await readSample(`${sampleHead}ssh_keys: { a: ${line}, b: ~/.ssh/id.pub, c: keys/c.pub }\n`, {
      '/home/me/.ssh/id.pub': `${line}\n`,
      'keys/c.pub': `${line}\n`,
    });
    expect(value?.keys.map(({ address, title, publicKey, values }) => [address, title, publicKey, values.blob])).toEqual(
      ['a', 'b', 'c'].map((name) => [`key.${name}`, name, line, blob]),
    );
    expect(value?.files.slice(1).map(({ path, role }) => [path, role])).toEqual([
      ['/home/me/.ssh/id.pub', 'ssh-key'],
      ['/project/keys/c.pub', 'ssh-key'],
    ]);
  });

  test.each<[string, string, Record<string, string | Uint8Array | Error>, string[]]>([
    ['a binary file', 'ssh_keys: { a: k }', { k: new Uint8Array([0]) }, ['0:15 ssh-key-invalid — `/project/k` is not a text file.']],
    [
      'a large file',
      'ssh_keys: { a: k }',
      { k: 'x'.repeat(70_000) },
      ['0:15 ssh-key-invalid — `/project/k` is too large to be a public key.'],
    ],
    [
      'a folder',
      'ssh_keys: { a: k }',
      { k: Object.assign(new Error('x'), { code: 'EISDIR' }) },
      ['0:15 file-unreadable — The file `/project/k` cannot be read: EISDIR.'],
    ],
    [
      'a private key itself',
      'ssh_keys:\n  a: "-----BEGIN RSA PRIVATE KEY-----"',
      {},
      ['1:5 ssh-key-private — `a` is a private key. The public half is in the file with the ending `.pub`.'],
    ],
  ])('%s', async (_name, text, files, expected) => expect(await listProblems(text, files)).toEqual(expected));
});
