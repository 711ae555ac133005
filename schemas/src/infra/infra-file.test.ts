import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { infraFile, infraFragment, isInfraFileName } from './infra-file.ts';
import { address, splitAddress, toAddress } from './names.ts';

const accepts = (rest: object): boolean => infraFile.safeParse({ version: 1, project: 'shop', ...rest }).success;

describe('the infra file', () => {
  test.each([
    ['the least there can be', {}, true],
    ['an unknown key', { sever: {} }, false],
    ['an entry name with a space', { servers: { 'a b': {} } }, false],
    ['an entry name that begins with a hyphen', { servers: { '-a': {} } }, false],
    ['fifty characters', { servers: { ['a'.repeat(50)]: {} } }, true],
    ['fifty-one characters', { servers: { ['a'.repeat(51)]: {} } }, false],
    ['a count of zero', { servers: { a: { count: 0 } } }, true],
    ['a count of a thousand and one', { servers: { a: { count: 1001 } } }, false],
    ['an image by id', { servers: { a: { image: 3492 } } }, true],
    ['a backup period the provider does not offer', { servers: { a: { backup: { period: 8 } } } }, false],
    ['backups switched off', { servers: { a: { backup: 'off' } } }, true],
    [
      'a playbook by name, and one by path with tags',
      { servers: { a: { playbooks: ['nginx', { path: 'site.yml', tags: ['x'] }] } } },
      true,
    ],
    ['an app without a destination', { servers: { a: { app: { source: '.' } } } }, false],
    ['an app with a relative destination', { servers: { a: { app: { source: '.', dest: 'srv' } } } }, false],
    ['a channel of a type that does not exist', { notify: { a: { type: 'fax' } } }, false],
    ['a token written into a channel', { notify: { a: { type: 'telegram', chat: '1', token_env: 'T', token: 'secret' } } }, false],
    ['managing the whole account', { manage: 'account' }, true],
    ['a negative limit', { limits: { max_deletes: -1 } }, false],
  ])('%s', (_reason, rest, expected) => expect(accepts(rest)).toBe(expected));

  test('units become numbers past the door', () => {
    const file = infraFile.parse({
      version: 1,
      project: 'shop',
      sizes: { s: { ram: '2 GB', disk: '40 GB' } },
      alerts: { a: { metric: 'cpu', above: '90%', for: '5m' } },
    });
    expect(file.sizes?.['s']).toEqual({ ram: 2048, disk: 40 });
    expect(file.alerts?.['a']).toEqual({ metric: 'cpu', above: 0.9, for: 300 });
  });

  test('an included file may define sizes, but no servers', () => {
    expect(infraFragment.safeParse({ sizes: { s: { cpu: 1 } } }).success).toBe(true);
    expect(infraFragment.safeParse({ servers: {} }).success).toBe(false);
  });
});

test('every key of the format has a description, and the JSON Schema is not empty', () => {
  const undocumented: string[] = [];
  const visit = (node: Record<string, unknown>, path: string): void => {
    const properties = (node['properties'] ?? {}) as Record<string, Record<string, unknown>>;
    for (const [key, value] of Object.entries(properties)) {
      if (value['description'] === undefined && value['const'] === undefined) undocumented.push(`${path}.${key}`);
      visit(value, `${path}.${key}`);
    }
    for (const branch of [
      node['additionalProperties'],
      node['items'],
      ...((node['anyOf'] ?? []) as unknown[]),
      ...((node['oneOf'] ?? []) as unknown[]),
    ]) {
      if (typeof branch === 'object' && branch !== null) visit(branch as Record<string, unknown>, `${path}.*`);
    }
  };
  const schema = z.toJSONSchema(infraFile, { target: 'draft-7', io: 'input' });
  expect(Object.keys(schema.properties ?? {}).length).toBeGreaterThan(12);
  visit(schema, '');
  expect(undocumented.filter((path) => !/\.(above|below|clear)$/.test(path))).toEqual([]);
});

test.each([
  ['infra.yaml', true],
  ['infra.yml', true],
  ['shop.infra.yaml', true],
  ['a/b/infra.yaml', true],
  ['myinfra.yaml', false],
  ['infra.yaml.bak', false],
  ['infra.json', false],
])('isInfraFileName(%j) is %s', (name, expected) => expect(isInfraFileName(name)).toBe(expected));

test('addresses are split at the first dot', () => {
  expect(splitAddress(toAddress('server', 'a.b'))).toEqual({ kind: 'server', name: 'a.b' });
  expect(['server.a', 'network.b', 'key.c', 'host.d', 'server.', 'server'].map((value) => address.safeParse(value).success)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
