import { describe, expect, test } from 'vitest';
import { expandSample } from '#test/helpers/deploy-samples.ts';
import { actualServer, ledgerOf, serverEntry } from '#test/helpers/samples.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import { emptyLedger, type Ledger } from '#schemas/state/ledger.ts';
import { findTargets, type ReachOptions } from './find-targets.ts';

const noKeys: ReachOptions = { keyFileOf: () => undefined };
const at = (id: number, name: string, rest: Partial<ActualServer> = {}) => actualServer(id, name, { ip: `10.0.0.${id}`, ...rest });

async function find(text: string, servers: readonly ActualServer[], ledger: Ledger = emptyLedger('shop'), options = noKeys) {
  return findTargets(await expandSample(text), servers, ledger, options);
}

describe('a server can be deployed to', () => {
  test.each([
    ['when it is on and has an address', at(1, 'web'), undefined],
    ['not when there is none', at(1, 'other'), 'absent'],
    ['not while it is being made', at(1, 'web', { state: 'new' }), 'not-active'],
    ['not when money has run out', at(1, 'web', { state: 'need-money', isPowerOn: false }), 'not-active'],
    ['not when it is off', at(1, 'web', { isPowerOn: false }), 'off'],
    ['not without an address', actualServer(1, 'web'), 'no-ip'],
    ['not with an empty address', at(1, 'web', { ip: '' }), 'no-ip'],
  ])('%s', async (_reason, server, why) => {
    const { targets, unreached } = await find('servers: { web: {} }', [server]);
    expect(unreached).toEqual(why === undefined ? [] : [{ address: 'server.web', why }]);
    expect(targets.map(({ name }) => name)).toEqual(why === undefined ? ['web'] : []);
  });

  test('in the order of the file, found by the recorded id before the name', async () => {
    const ledger = ledgerOf(serverEntry(7, 'web-1'));
    const found = await find(
      'servers: { web: { count: 2 }, db: {} }',
      [at(3, 'db'), at(1, 'web-1'), at(7, 'renamed'), at(2, 'web-2')],
      ledger,
    );
    expect(found.targets.map(({ name, server, ip }) => `${name} ${server.id} ${ip}`)).toEqual([
      'web-1 7 10.0.0.7',
      'web-2 2 10.0.0.2',
      'db 3 10.0.0.3',
    ]);
  });

  test('not when two servers have its name', async () => {
    expect((await find('servers: { web: {} }', [at(1, 'web'), at(2, 'web')])).unreached).toEqual([
      { address: 'server.web', why: 'absent' },
    ]);
  });
});

describe('how a host is reached', () => {
  const keys = { keyFileOf: (name: string) => (name === 'mine' ? '/home/me/id' : undefined) };
  const both =
    'ssh_keys: { other: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVjaG8gdGhpcyBpcyBub3QgYSByZWFsIGtleSEh a", mine: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGVjaG8gdGhpcyBpcyBub3QgYSByZWFsIGtleSEi b" }\n';
  test.each<[string, string, ReachOptions, object]>([
    ['by the administrator at the usual port', 'servers: { web: {} }', noKeys, { user: 'root', port: 22, ip: '10.0.0.1' }],
    [
      'by the file’s own variables of Ansible',
      'servers: { web: { vars: { ansible_user: me, ansible_port: 2222, ansible_host: jump.test } } }',
      noKeys,
      { user: 'me', port: 2222, ip: 'jump.test' },
    ],
    [
      'as the command line says',
      'servers: { web: { vars: { ansible_user: me } } }',
      { ...keys, user: 'you', keyFile: '/k' },
      { user: 'you', keyFile: '/k' },
    ],
    [
      'by the first of its keys that is on this machine',
      `${both}servers: { web: { ssh_keys: [other, mine] } }`,
      keys,
      { keyFile: '/home/me/id' },
    ],
    ['not by a port that is none', 'servers: { web: { vars: { ansible_port: "{{ port }}" } } }', noKeys, { port: 22 }],
  ])('%s', async (_reason, text, options, reach) => {
    const { targets } = await find(text, [at(1, 'web', { adminUser: 'root' })], emptyLedger('shop'), options);
    expect(targets[0]).toMatchObject(reach);
  });
});
