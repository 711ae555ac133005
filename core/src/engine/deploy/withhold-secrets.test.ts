import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { isSecretVariable, listSpellings, maskSecretVariables, withholdSecrets, type Withheld } from './withhold-secrets.ts';

test.each<[string, unknown, boolean]>([
  ['db_password', 'hunter2', true],
  ['DB_PASSWD', 'x', true],
  ['apiKey', 'x', true],
  ['api_key', 'x', true],
  ['private_key', 'x', true],
  ['ansible_become_password', 'x', true],
  ['db_password', 12345678, true],
  ['db_password', '', false],
  ['db_password', '{{ vault_db_password }}', false],
  ['db_password', '$ANSIBLE_VAULT;1.1;AES256\n61', false],
  ['db_password', true, false],
  ['ansible_ssh_private_key_file', '/home/me/id', false],
  ['token_path', '/run/token', false],
  ['token_seconds', 3600, false],
  ['password_min_length', 12, false],
  ['http_port', 'x', false],
])('%s: %j is secret: %s', (name, value, isSecret) => {
  expect(isSecretVariable(name, value)).toBe(isSecret);
});

const words = fc
  .string({ minLength: 8, maxLength: 20, unit: fc.constantFrom(...Array.from('abcXYZ019 \'"\\\n:#-é🙂')) })
  .map((text) => `s3cr3t!${text}`);
const tree = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom<unknown>(1, true, null, 'plain'),
    fc.dictionary(fc.constantFrom('a', 'users', 'nested'), tie('node'), { maxKeys: 3 }),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.record({ db_password: words, name: fc.constant('x') }),
    fc.record({ tokens: fc.array(words, { maxLength: 3 }) }),
  ),
})).node;

describe('what is written', () => {
  test('holds no secret, wherever it stood; each value has one variable', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const withheld: Withheld = new Map();
        const safe = withholdSecrets(value, withheld);
        const yaml = stringify(safe);
        expect(yaml).not.toContain('s3cr3t!');
        expect(parse(yaml)).toEqual(JSON.parse(JSON.stringify(safe)));
        expect(new Set(withheld.values()).size).toBe(withheld.size);
        // Each secret is at the place that names its variable.
        const text = JSON.stringify(safe).replace(/"\{\{ lookup\('ansible\.builtin\.env', '(\w+)'\) \}\}"/g, (_all, name: string) =>
          JSON.stringify(withheld.get(name)),
        );
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('gives the same value the same variable over several calls, numbers as words', () => {
    const withheld: Withheld = new Map();
    const one = withholdSecrets({ a_token: 'same-value', b_token: 1234 }, withheld);
    const other = withholdSecrets({ c_password: 'same-value' }, withheld);
    expect(other.c_password).toBe(one.a_token);
    expect([...withheld]).toEqual([
      ['ICT_SECRET_1', 'same-value'],
      ['ICT_SECRET_2', '1234'],
    ]);
  });

  test('is the value itself where nothing is secret', () => {
    const value = { a: [1, { b: null }], c: 'x' };
    expect(withholdSecrets(value, new Map())).toEqual(value);
  });
});

test('a secret is looked for as it is, as in JSON and by lines', () => {
  expect(listSpellings('one "two"\nthree')).toEqual(['one "two"\nthree', String.raw`one \"two\"\nthree`, 'one "two"', 'three']);
});

test.each([
  ['plain', 'vars:\n  db_password: hunter22\n  user: hunter\n', 'vars:\n  db_password: ***\n  user: hunter\n'],
  ['in double quotes', 'db_password: "hun\\"ter22"\n', 'db_password: "***"\n'],
  ['in single quotes', "db_password: 'hun''ter22'\n", "db_password: '***'\n"],
  ['in a block', 'private_key: |\n  line one\n  line two\n', 'private_key: |\n  ***\n  ***\n'],
  ['again in another place', 'db_password: hunter22\nurl: x://hunter22@h\n', 'db_password: ***\nurl: x://***@h\n'],
  ['short, only by its name', 'pin_secret: on\nkey: on\n', 'pin_secret: ***\nkey: on\n'],
])('a text that is kept has no secret %s', (_reason, text, masked) => {
  expect(maskSecretVariables(text, parse(text))).toBe(masked);
});
