import { execFileSync } from 'node:child_process';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { DeployRecord } from '#schemas/deploy/deploy-record.ts';
import type { OperationEvent } from '#schemas/events/operation-event.ts';
import type { HostRecord, HostRecords } from '#schemas/state/host-records.ts';
import type { DeployStore } from '../ports/deploy-store.ts';
import { openDeployStore, renderKnownHosts } from './open-deploy-store.ts';

let folder = '';
let store: DeployStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-deploys-'));
  store = openDeployStore(folder, 'shop');
});
afterEach(() => rm(folder, { recursive: true, force: true }));
const path = (...names: string[]): string => join(folder, '.ict', 'shop', ...names);

const host = (serverId: number, rest: Partial<HostRecord> = {}): HostRecord => ({
  serverId,
  ip: `10.0.0.${serverId}`,
  port: 22,
  keys: ['ssh-ed25519 A'],
  deployed: {},
  ...rest,
});
const at = '2026-01-02T03:04:05.000Z';
const record = (run: string): DeployRecord => ({
  format: 1,
  run,
  kind: 'deploy',
  startedAt: at,
  finishedAt: at,
  command: 'ict deploy',
  exitCode: 0,
  isCheck: false,
  limit: [],
  versions: { ict: '1', ansible: '2' },
  hosts: {},
  playbooks: [],
});
const said = (text: string): OperationEvent => ({ kind: 'ansible-line', at, stream: 'stdout', text });
const collect = async (run: string): Promise<string[]> => {
  const texts: string[] = [];
  for await (const event of store.readEvents(run)) if (event.kind === 'ansible-line') texts.push(event.text);
  return texts;
};

describe('records of hosts', () => {
  test('are none at first, and reading writes nothing', async () => {
    expect(await store.readHosts()).toEqual({ format: 1, hosts: {} });
    expect(await readdir(folder)).toEqual([]);
  });

  test('come back as they were written, sorted, with `known_hosts` beside them', async () => {
    const records: HostRecords = { format: 1, hosts: { 'server.web': host(2), 'server.db': host(1) } };
    await store.writeHosts(records);
    expect(await store.readHosts()).toEqual(records);
    expect(Object.keys((await store.readHosts()).hosts)).toEqual(['server.db', 'server.web']);
    expect(await readFile(store.knownHosts, 'utf8')).toContain('10.0.0.1 ssh-ed25519 A\n');
    expect((await stat(store.knownHosts)).mode & 0o777).toBe(0o600);
  });

  test('that are damaged are an error and are not overwritten', async () => {
    await mkdir(path(), { recursive: true });
    await writeFile(path('hosts.json'), '{');
    await expect(store.readHosts()).rejects.toMatchObject({ name: 'StorageError', code: 'damaged' });
    expect(await readFile(path('hosts.json'), 'utf8')).toBe('{');
  });
});

test('`known_hosts` names ports other than 22, has every key of a host, and each line once', () => {
  const hosts: HostRecords['hosts'] = {
    'server.a': host(1, { keys: ['ssh-ed25519 A', 'ssh-rsa B'] }),
    'server.b': host(2, { port: 2222 }),
    'server.c': host(1),
    'server.d': host(4, { keys: [] }),
  };
  expect(renderKnownHosts({ format: 1, hosts })).toBe(
    '# Written by ict from hosts.json. Do not edit.\n10.0.0.1 ssh-ed25519 A\n10.0.0.1 ssh-rsa B\n[10.0.0.2]:2222 ssh-ed25519 A\n',
  );
});

describe('a deploy', () => {
  test('has its inventory, variables and limits in files that only the user may read', async () => {
    const run = await store.startDeploy('r1');
    const node = {
      ansible_host: '10.0.0.1',
      ansible_port: 22,
      ansible_user: 'root',
      ict_address: 'server.a',
      ict_server_id: 1,
      ict_playbooks: [],
    };
    const inventory = { all: { vars: { same: ['x'] }, hosts: { a: { ...node, other: 'no' } }, children: {} } };
    const paths = [
      await run.writeInventory(inventory),
      await run.writeHostVars(1, new Map([['a', { app: { port: 1 }, word: 'yes' }]])),
      await run.writeLimit(1, ['a', 'b']),
    ];
    const [first = '', second = '', third = ''] = await Promise.all(paths.map((one) => readFile(one, 'utf8')));
    expect(parse(first)).toEqual(inventory);
    expect(parse(second)).toEqual({ all: { hosts: { a: { app: { port: 1 }, word: 'yes' } } } });
    expect(third).toBe('a\nb\n');
    for (const one of paths) expect((await stat(one)).mode & 0o777).toBe(0o600);
  });

  test('has texts that Ansible, which reads YAML 1.1, takes for texts', async () => {
    const run = await store.startDeploy('r1');
    const vars = {
      texts: [
        'no',
        'on',
        'Yes',
        'y',
        '0644',
        '12:30:45',
        '2026-01-02',
        '1_000',
        '~',
        '0x1f',
        '1e3',
        '=',
        '<<',
        ' x',
        'a: b',
        'é\n',
        'null',
      ],
      no: 1,
    };
    const file = await run.writeHostVars(1, new Map([['a', vars]]));
    const read = 'import json,sys,yaml; json.dump(yaml.safe_load(open(sys.argv[1], encoding="utf-8"))["all"]["hosts"]["a"], sys.stdout)';
    expect(JSON.parse(execFileSync('/usr/bin/python3', ['-c', read, file], { encoding: 'utf8' }))).toEqual(vars);
  });

  test('keeps its events in their order; a line that was torn off is left out', async () => {
    const run = await store.startDeploy('r1');
    for (let index = 0; index < 500; index += 1) run.appendEvent(said(`line ${index}`));
    await run.finish(record('r1'));
    await appendFile(path('deploys', 'r1', 'events.ndjson'), '{"kind":"ansible-li');
    expect(await collect('r1')).toEqual(Array.from({ length: 500 }, (_, index) => `line ${index}`));
  });

  test('that had no events can be finished', async () => {
    const run = await store.startDeploy('r1');
    await run.finish(record('r1'));
    expect(await store.listDeploys(5)).toEqual([record('r1')]);
  });

  test('whose events cannot be kept says so at its end', async () => {
    const run = await store.startDeploy('r1');
    await rm(path('deploys', 'r1'), { recursive: true });
    run.appendEvent(said('lost'));
    await expect(run.finish(record('r1'))).rejects.toMatchObject({ name: 'StorageError', code: 'unwritable' });
  });

  test('that nobody knows has no events to read, which is an error that can be told', async () => {
    await expect(collect('nowhere')).rejects.toMatchObject({ name: 'StorageError', code: 'unreadable' });
  });
});

describe('the list of deploys', () => {
  test('is empty at first', async () => {
    expect(await store.listDeploys(5)).toEqual([]);
  });

  test('is newest first, as many as asked for, without what is damaged or did not end', async () => {
    for (const name of ['20260101-1', '20260103-1', '20260102-1', '20260104-1']) {
      const run = await store.startDeploy(name);
      if (name !== '20260104-1') await run.finish(record(name));
    }
    const bad = await store.startDeploy('20260105-1');
    await bad.finish(record('20260105-1'));
    await writeFile(path('deploys', '20260105-1', 'deploy.json'), '{"format":1');
    expect((await store.listDeploys(9)).map(({ run }) => run)).toEqual(['20260103-1', '20260102-1', '20260101-1']);
    expect((await store.listDeploys(1)).map(({ run }) => run)).toEqual(['20260103-1']);
  });
});

test.skipIf(process.platform === 'win32')('output of a deploy is for its owner alone', async () => {
  const run = await store.startDeploy('r1');
  run.appendEvent({ kind: 'ansible-line', at, stream: 'stdout', text: 'db_secret: ab1' });
  await run.finish(record('r1'));
  await store.writeHosts({ format: 1, hosts: { 'server.web': host(1) } });
  const paths = [
    path(),
    path('hosts.json'),
    path('deploys'),
    path('deploys', 'r1'),
    path('deploys', 'r1', 'events.ndjson'),
    path('deploys', 'r1', 'deploy.json'),
  ];
  const modes = await Promise.all(paths.map(async (name) => ((await stat(name)).mode & 0o777).toString(8)));
  expect(modes).toEqual(['700', '600', '700', '700', '600', '600']);
});

test('a deploy in a folder that is moved meanwhile writes nothing at its old place', async () => {
  await store.readHosts();
  const run = await store.startDeploy('r1');
  await rename(folder, `${folder}-moved`);
  try {
    await expect(store.writeHosts({ format: 1, hosts: {} })).rejects.toMatchObject({ code: 'moved' });
    await expect(run.finish(record('r1'))).rejects.toMatchObject({ code: 'moved' });
    await expect(stat(folder)).rejects.toThrow();
  } finally {
    await rm(`${folder}-moved`, { recursive: true, force: true });
  }
});
