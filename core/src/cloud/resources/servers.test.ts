import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { silentLogger } from '#core/ports/logger.ts';
import { serverCreateBody, serverResizeBody } from '#schemas/cloud/requests.ts';
import { wireServer } from '#schemas/cloud/server.ts';
import { actualServer } from '#schemas/state/actual.ts';
import { answer, fakeSend, type Reaction } from '#test/cloud/fake-send.ts';
import { serverSpec } from '#test/cloud/sandbox-cloud.ts';
import { convertServer, createServersResource } from './servers.ts';

const { signal } = new AbortController();
const wire = (ID: number) => ({ ID, Name: `web-${ID}`, State: 'Active', CPU: 1, RAM: 512, HDD: 10, AdminPassword: 'Ab12Cd34' });

function start(reaction: Reaction) {
  const { requests, send } = fakeSend(reaction);
  return { requests, servers: createServersResource({ send, logger: silentLogger }) };
}

describe('servers', () => {
  test('a list is in the order of ids, whatever order it came in', async () => {
    const list = await start(answer(200, [3, 1, 2].map(wire))).servers.list(signal);
    expect(list.items.map(({ id }) => id)).toEqual([1, 2, 3]);
    expect(JSON.stringify(list)).not.toContain('Ab12Cd34');
  });

  test('create sends what the provider documents, and no list of keys where there are none', async () => {
    const { requests, servers } = start(answer(200, { ...wire(1), State: 'New' }));
    await servers.create(serverSpec(), signal);
    expect(serverCreateBody.parse(requests[0]?.body)).toEqual({
      Name: 'web-1',
      CPU: 1,
      RAM: 1024,
      HDD: 20,
      HDDType: 'SSD',
      isHighPerformance: false,
      DCLocation: 'SdnSpb',
      ImageID: '3492',
      isBackupActive: false,
      BackupPeriod: 0,
    });
  });

  test('create sends backups, keys and the high pool', async () => {
    const { requests, servers } = start(answer(200, wire(1)));
    await servers.create(serverSpec({ backupPeriod: 14, sshKeyIds: [3001, 3002], pool: 'high' }), signal);
    expect(requests[0]?.body).toMatchObject({ isBackupActive: true, BackupPeriod: 14, SshKeys: [3001, 3002], isHighPerformance: true });
  });

  test('resize always sends all five fields', async () => {
    const { requests, servers } = start(answer(200, { ID: 7, Type: 'Resize', State: 'InProgress' }));
    const to = { cpu: 2, ramMb: 2048, diskGb: 40, diskType: 'SAS', pool: 'high' } as const;
    expect(await servers.resize(1, to, signal)).toEqual({ id: 7, type: 'Resize', state: 'running', rawState: 'InProgress' });
    expect(requests[0]).toMatchObject({ method: 'PUT', path: '/server/1' });
    expect(serverResizeBody.parse(requests[0]?.body)).toEqual({ CPU: 2, RAM: 2048, HDD: 40, HDDType: 'SAS', IsHighPerformance: true });
  });
});

/** The documented sample of a server that exists. */
const sample = {
  ID: 900101, Name: 'web_1', HostName: null, State: 'Active', IsPowerOn: true, CPU: 2, RAM: 2048, HDD: 40,
  IP: '203.0.113.17', AdminUserName: 'root', AdminPassword: 'Ab12Cd34', Image: 'Ubuntu20.04x64', IsHighPerformance: false,
  HDDType: 'SSD', PrimaryNetworkIp: '203.0.113.17', DCLocation: 'SdnSpb', ImageFamily: 'Linux', LinkedSshKeys: [],
  DateCreate: '2023-05-20T12:00:00.123',
  LinkedNetworks: [{ LinkID: 800501, NetworkID: 274, LinkState: 'Active', NetworkType: 'PublicShared',
    NetworkName: 'Общая публичная сеть', IP: '203.0.113.17', MAC: '00:50:56:aa:10:01', Mask: '255.255.255.0', Gateway: '203.0.113.1', Bandwidth: 10 }],
}; // prettier-ignore

const convert = (fields: object = {}) => convertServer(wireServer.parse({ ...sample, ...fields }));

describe('convertServer', () => {
  test('a server that exists', () => {
    expect(convert()).toEqual({
      id: 900101,
      name: 'web_1',
      state: 'active',
      rawState: 'Active',
      isPowerOn: true,
      cpu: 2,
      ramMb: 2048,
      diskGb: 40,
      diskType: 'SSD',
      pool: 'base',
      dc: 'SdnSpb',
      image: 'Ubuntu20.04x64',
      imageFamily: 'Linux',
      ip: '203.0.113.17',
      adminUser: 'root',
      links: [{ linkId: 800501, networkId: 274, isPrivate: false, isActive: true, ip: '203.0.113.17', mac: '00:50:56:aa:10:01' }],
      createdAt: '2023-05-20T12:00:00.123',
    });
  });

  test('a server that is being made has neither address nor user', () => {
    const converted = convert({
      State: 'New',
      IsPowerOn: false,
      IP: '',
      PrimaryNetworkIp: '',
      AdminUserName: null,
      AdminPassword: null,
      LinkedNetworks: [],
    });
    expect(converted).toMatchObject({ state: 'new', isPowerOn: false, links: [] });
    expect([converted.ip, converted.adminUser]).toEqual([undefined, undefined]);
  });

  test('an old answer with the least there can be', () => {
    const converted = convertServer(wireServer.parse({ ID: 1, Name: 'old', State: 'Active', CPU: '1', RAM: '512', HDD: '10' }));
    expect(actualServer.parse(converted)).toMatchObject({ id: 1, cpu: 1, isPowerOn: false, links: [] });
    expect(converted.pool).toBeUndefined();
  });

  test.each([
    ['the high pool', { IsHighPerformance: true }, { pool: 'high' }],
    ['the address of the main network when there is no other', { IP: '' }, { ip: '203.0.113.17' }],
    ['a state we do not know', { State: 'Melting' }, { state: 'other', rawState: 'Melting' }],
    [
      'a private link that is being made',
      { LinkedNetworks: [{ LinkID: 1, NetworkID: 51001, LinkState: 'New', NetworkType: 'PrivateClient' }] },
      { links: [{ linkId: 1, networkId: 51001, isPrivate: true, isActive: false }] },
    ],
    ['a link that names no network', { LinkedNetworks: [{ LinkID: 1 }] }, { links: [] }],
  ])('%s', (_reason, fields, expected) => expect(convert(fields)).toMatchObject(expected));

  test('the password ends here, wherever it stands', () => {
    expect(JSON.stringify(convert())).not.toContain('Ab12Cd34');
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.constant('Ab12Cd34')), (unknown) => {
        const known = Object.fromEntries(Object.entries(unknown).filter(([name]) => !(name in sample) && name !== '__proto__'));
        return !JSON.stringify(convert(known)).includes('Ab12Cd34');
      }),
    );
  });
});
