import { describe, expect, test } from 'vitest';
import { serverCreateBody, serverResizeBody } from '#schemas/cloud/requests.ts';
import { silentLogger } from '#core/ports/logger.ts';
import { answer, fakeSend, type Reaction } from '#test/cloud/fake-send.ts';
import { serverSpec } from '#test/cloud/sandbox-cloud.ts';
import { createServersResource } from './servers.ts';

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
