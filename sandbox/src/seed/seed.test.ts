import { describe, expect, test } from 'vitest';
import { applySource } from './seed-source.ts';
import { parseSeed, readSeed } from './read-seed.ts';

const toState = (yaml: string) => applySource(parseSeed(yaml, 'seed.yaml'), 0, () => 0);

test('an empty seed is an account with money and the catalogue of 2023', () => {
  const state = toState('');
  expect([state.account.balance, state.servers, state.dataCentres.length, state.images.length]).toEqual([10_000, [], 13, 21]);
});

test('the catalogue of 2023 has unique ids, names and codes', () => {
  const { images, dataCentres } = toState('');
  for (const values of [
    images.map(({ id }) => String(id)),
    images.map(({ name }) => name),
    dataCentres.map(({ techTitle }) => techTitle),
    dataCentres.map(({ shortTitle }) => shortTitle),
  ]) {
    expect(new Set(values).size).toBe(values.length);
  }
});

test('servers, networks and keys by their names', () => {
  const state = toState(`
balance: 5.5
ssh_keys: [{ title: me, public_key: ssh-rsa A }]
networks: [{ name: back, dhcp: true }]
servers:
  - { name: web-1, cpu: 2, ram: 2048, disk: 40, networks: [back], ssh_keys: [me] }
  - { name: win, image: WinServer2019x64En, disk: 40, power: off }
  - { name: poor, state: NeedMoney }
`);
  expect(state.account.balance).toBe(5.5);
  expect(state.servers).toMatchObject([
    {
      id: 900_001,
      state: 'Active',
      isPowerOn: true,
      cpu: 2,
      keyIds: [3001],
      adminUser: 'root',
      adminPassword: 'AAAAAAAA',
      links: [
        { networkId: 274, type: 'PublicShared', ip: '127.100.0.2' },
        { networkId: 51001, type: 'PrivateClient', ip: '10.0.1.2' },
      ],
    },
    { id: 900_002, isPowerOn: false, adminUser: 'Administrator' },
    { id: 900_003, state: 'NeedMoney', isPowerOn: false, adminPassword: null, links: [] },
  ]);
});

test('JSON is YAML, and lists may be replaced', () => {
  const state = toState(
    '{"data_centres": [{"tech_title": "X", "high_pool": false}], "images": [{"id": 7, "name": "Mine"}], "servers": [{"name": "a", "dc": "X", "image": "Mine"}]}',
  );
  expect(state.dataCentres).toMatchObject([{ techTitle: 'X', title: 'X', lowPool: true, highPool: false }]);
  expect(state.images).toMatchObject([{ id: 7, name: 'Mine', displayName: 'Mine', family: 'Linux', hdd: 10 }]);
  expect(state.servers).toMatchObject([{ dc: 'X', image: 'Mine' }]);
});

describe('refuses', () => {
  test.each([
    ['no YAML', 'servers: [', 'The seed file {0} is not valid YAML: {1}'],
    ['a misspelt key', 'server: []', 'The seed file {0} is wrong at "{1}": {2}'],
    ['a wrong value', 'servers: [{ name: a, cpu: many }]', 'The seed file {0} is wrong at "{1}": {2}'],
    ['an unknown image', 'servers: [{ name: a, image: x }]', 'The seed names "{0}", which is not there.'],
    ['an unknown data centre', 'networks: [{ name: a, dc: x }]', 'The seed names "{0}", which is not there.'],
    ['an unknown network', 'servers: [{ name: a, networks: [x] }]', 'The seed names "{0}", which is not there.'],
    ['an unknown key', 'servers: [{ name: a, ssh_keys: [x] }]', 'The seed names "{0}", which is not there.'],
    [
      'a network elsewhere',
      'networks: [{ name: n, dc: DsMsk }]\nservers: [{ name: a, networks: [n] }]',
      'Server {0} and network {1} are in different data centers.',
    ],
  ])('%s', (_reason, yaml, text) => {
    expect(() => toState(yaml)).toThrow(
      expect.objectContaining({ code: 'bad-seed', problem: expect.objectContaining({ text }) as unknown }),
    );
  });

  test('a file that is not there', async () => {
    await expect(readSeed('/nowhere/seed.yaml', async () => undefined)).rejects.toMatchObject({ code: 'bad-seed' });
    await expect(readSeed('/a/pipe', () => Promise.reject(new Error('a pipe')))).rejects.toMatchObject({ code: 'bad-seed' });
  });
});
