import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox, validServer } from '../testing/test-sandbox.ts';

let sandbox: TestSandbox;
beforeAll(async () => {
  sandbox = await startTestSandbox({
    seed: {
      networks: [{ name: 'back' }, { name: 'far', dc: 'DsMsk' }],
      ssh_keys: [{ title: 'me', public_key: 'ssh-rsa A' }],
    },
  });
});
beforeEach(() => {
  sandbox.faults.clear();
  sandbox.reset();
});
afterAll(() => sandbox.close());

const create = (change: Record<string, unknown>) => sandbox.call('POST', '/server', { ...validServer, ...change });
const WINDOWS = 3240;

describe('takes', () => {
  test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
    ['the least of Linux', { CPU: 1, RAM: 512, HDD: 10 }, { RAM: 512, HDD: 10 }],
    ['the most there is', { CPU: 16, RAM: 16384, HDD: 250 }, { CPU: 16, RAM: 16384, HDD: 250 }],
    ['the least of Windows', { RAM: 1024, HDD: 40, ImageID: WINDOWS }, { ImageFamily: 'Windows' }],
    ['a step of 256 below 1024', { RAM: 768 }, { RAM: 768 }],
    ['no disk type: SAS', { HDDType: undefined }, { HDDType: 'SAS' }],
    ['a disk type in lower case', { HDDType: 'ssd' }, { HDDType: 'SSD' }],
    ['the high pool', { isHighPerformance: true }, { IsHighPerformance: true }],
    ['a data centre in another case', { DCLocation: 'dsmsk' }, { DCLocation: 'DsMsk' }],
    ['no data centre', { DCLocation: undefined }, { DCLocation: 'SdnSpb' }],
    ['an unknown data centre, silently', { DCLocation: 'SdnMsk' }, { DCLocation: 'SdnSpb' }],
    ['SSD where there is nothing else', { DCLocation: 'MinskBy', isHighPerformance: true }, { DCLocation: 'MinskBy' }],
    ['the shared network by its id', { NetworkID: 274 }, { LinkedNetworks: [] }],
    ['a backup period', { isBackupActive: true, BackupPeriod: 28 }, { State: 'New' }],
    ['a name that is taken', { Name: 'web-1' }, { Name: 'web-1' }],
  ])('%s', async (_reason, change, part) => {
    const answer = await create(change);
    expect([answer.status, answer.body]).toMatchObject([200, part]);
  });
});

describe('refuses', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['no cores', { CPU: 0 }, ['CPU']],
    ['too many cores', { CPU: 17 }, ['CPU']],
    ['too little memory', { RAM: 256 }, ['RAM']],
    ['memory between the steps', { RAM: 1500 }, ['RAM']],
    ['too much memory', { RAM: 17408 }, ['RAM']],
    ['too little memory for Windows', { RAM: 768, HDD: 40, ImageID: WINDOWS }, ['RAM']],
    ['too small a disk', { HDD: 5 }, ['HDD']],
    ['a disk between the steps', { HDD: 15 }, ['HDD']],
    ['too large a disk', { HDD: 260 }, ['HDD']],
    ['an unknown disk type', { HDDType: 'HDD' }, ['HDDType']],
    ['SAS where there is only SSD', { DCLocation: 'MinskBy', isHighPerformance: true, HDDType: 'SAS' }, ['HDDType']],
    ['a base pool that is not offered', { DCLocation: 'DsMsk2' }, ['IsHighPerformance']],
    ['a high pool that is not offered', { DCLocation: 'Nsk01', isHighPerformance: true }, ['IsHighPerformance']],
    ['an unknown image', { ImageID: 1 }, ['ImageID']],
    ['an unknown key', { SshKeys: [3001, 3999] }, ['SshKeys']],
    ['an unknown network', { NetworkID: 7 }, ['NetworkID']],
    ['a network of another data centre', { NetworkID: 51002 }, ['NetworkID']],
    ['a backup period between the weeks', { BackupPeriod: 10 }, ['BackupPeriod']],
    ['several things at once', { CPU: 0, RAM: 1, HDD: 1 }, ['CPU', 'RAM', 'HDD']],
    ['no name', { Name: '' }, ['Name']],
  ])('%s', async (_reason, change, fields) => {
    const answer = await create(change);
    expect([answer.status, Object.keys((answer.body as { ModelState: object }).ModelState)]).toEqual([400, fields]);
    expect(sandbox.state.servers).toEqual([]);
  });
});

describe('money', () => {
  test('the fault makes a server NeedMoney: an answer with 200, and nothing runs', async () => {
    sandbox.faults.set('need-money=times=1');
    expect(await create({})).toMatchObject({ status: 200, body: { State: 'NeedMoney', IP: '' } });
    expect([sandbox.state.tasks, sandbox.state.actions]).toEqual([[], []]);
    expect((await create({})).body).toMatchObject({ State: 'New' });
  });

  test('such a server takes no orders but its deletion', async () => {
    sandbox.faults.set('need-money');
    await create({});
    expect((await sandbox.call('PUT', '/server/900001', { CPU: 2 })).status).toBe(400);
    expect((await sandbox.call('POST', '/server/900001/action', { Type: 'PowerOn' })).status).toBe(400);
    await sandbox.call('DELETE', '/server/900001');
    sandbox.advance(60_000);
    expect(sandbox.state.servers).toEqual([]);
  });
});

test('strict-dc refuses an unknown data centre, not a missing one', async () => {
  sandbox.faults.set('strict-dc');
  expect(await create({ DCLocation: 'SdnMsk' })).toMatchObject({ status: 400, body: { ModelState: { DCLocation: [expect.any(String)] } } });
  expect((await create({ DCLocation: undefined })).status).toBe(200);
});
