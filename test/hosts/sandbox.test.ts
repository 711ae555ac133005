import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { readStatus, type SandboxReport } from '#sandbox/daemon/read-status.ts';
import { stopSandbox } from '#sandbox/daemon/stop-sandbox.ts';
import type { HostFacts } from '#sandbox/hosts/backend/host-backend.ts';
import { probeIsolated } from '#sandbox/hosts/isolated/probe-isolated.ts';
import { type Sandbox, startSandbox } from '#sandbox/start-sandbox.ts';
import { type Client, createClient, listTraces } from './host-lab.ts';

const probe = await probeIsolated();
const why = probe.kind === 'available' ? 'isolated' : `skipped: ${JSON.stringify(probe.reason)}`;
const cgroupRoot = probe.kind === 'available' ? probe.found.cgroupRoot : '';

describe.skipIf(probe.kind === 'unavailable')(`a sandbox with hosts (${why})`, { timeout: 300_000 }, () => {
  let client: Client;
  let folder: string;
  beforeAll(async () => {
    client = await createClient();
    folder = await mkdtemp(join(tmpdir(), 'ict-state-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
    await client.close();
  });

  let sandbox: Sandbox | undefined;
  let child: ChildProcess | undefined;
  afterEach(async () => {
    await sandbox?.close();
    child?.kill('SIGKILL');
  });
  const servers = (count: number) => ({
    ssh_keys: [{ title: 'me', public_key: client.publicKey }],
    servers: Array.from({ length: count }, (_, index) => ({ name: `web-${index + 1}`, ssh_keys: ['me'] })),
  });

  test('ten hosts come up, are told about in the status, and leave nothing behind', async () => {
    // The first start makes the image when it is not cached: that is not what is measured.
    sandbox = await startSandbox({ hosts: 'isolated', seed: servers(1) });
    await expect.poll(() => upOf(sandbox?.status().hostList), { timeout: 200_000 }).toHaveLength(1);
    await sandbox.close();
    const startMs = performance.now();
    sandbox = await startSandbox({ hosts: 'auto', seed: servers(10) });
    await expect.poll(() => upOf(sandbox?.status().hostList), { timeout: 60_000, interval: 20 }).toHaveLength(10);
    console.log(`ten hosts answer after ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
    const hosts = upOf(sandbox.status().hostList);
    expect(sandbox.status()).toMatchObject({ hosts: 'isolated', hostsReason: { text: 'Each server has a host of its own.' } });
    const names = await Promise.all(hosts.map((host) => client.ssh(host, 'hostname')));
    expect(names).toEqual(servers(10).servers.map((server) => server.name));
    expect(hosts.map((host) => host.ip)).toEqual(sandbox.state.servers.map((server) => server.links[0]?.ip));
    await sandbox.close();
    expect(await listTraces(`ict-hosts-${process.pid}-`, cgroupRoot)).toEqual([]);
  });

  test('a host that switches itself off is off in the API; one that reboots stays on', async () => {
    sandbox = await startSandbox({ hosts: 'isolated', seed: servers(2) });
    await expect.poll(() => upOf(sandbox?.status().hostList), { timeout: 60_000 }).toHaveLength(2);
    const [first, second] = upOf(sandbox.status().hostList);
    if (first === undefined || second === undefined) throw new Error('no hosts');
    const report = { endpoint: sandbox.endpoint, token: sandbox.token };
    const isOn = async () => ((await call(report, 'GET', '/server')) as { IsPowerOn: boolean }[]).map((server) => server.IsPowerOn);
    expect(await isOn()).toEqual([true, true]);
    // The connection may be cut before the command has said that it succeeded.
    await Promise.all([client.ssh(first, 'poweroff').catch(() => undefined), client.ssh(second, 'reboot').catch(() => undefined)]);
    await expect.poll(isOn, { timeout: 20_000 }).toEqual([false, true]);
    await expect.poll(() => upOf(sandbox?.status().hostList), { timeout: 20_000 }).toHaveLength(1);
    await call(report, 'POST', `/server/${first.serverId}/action`, { Type: 'PowerOn' });
    await expect.poll(isOn, { timeout: 20_000 }).toEqual([true, true]);
    expect(await client.ssh(first, 'hostname')).toBe('web-1');
  });

  /** Starts `ict sandbox` as a process and waits for its hosts. */
  const startProcess = async (): Promise<Extract<SandboxReport, { kind: 'running' }>> => {
    child = spawn(process.execPath, ['dist/cli.js', 'sandbox', 'start', '--state', folder, '--hosts', 'isolated', '--delay', '0'], {
      stdio: 'ignore',
    });
    await expect.poll(async () => (await readStatus(folder)).kind, { timeout: 20_000 }).toBe('running');
    const report = await readStatus(folder);
    if (report.kind === 'stopped') throw new Error('no sandbox');
    return report;
  };
  const call = async (report: { endpoint: string; token: string }, method: string, path: string, body?: unknown): Promise<unknown> => {
    const headers = { authorization: `Bearer ${report.token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${report.endpoint}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  const hostUp = async (): Promise<HostFacts> => {
    const up = async () => {
      const report = await readStatus(folder);
      return report.kind === 'running' ? upOf(report.status.hostList) : [];
    };
    await expect.poll(up, { timeout: 60_000 }).toHaveLength(1);
    const [host] = await up();
    if (host === undefined) throw new Error('no host');
    return host;
  };

  test('killed with SIGKILL it takes its hosts along; started again it has them back and cleans up', async () => {
    const first = await startProcess();
    const key = (await call(first, 'POST', '/sshkey', { Title: 'me', PublicKey: client.publicKey })) as { ID: number };
    const machine = { Name: 'web-1', CPU: 1, RAM: 1024, HDD: 20, HDDType: 'SSD', ImageID: '3492', DCLocation: 'SdnSpb' };
    await call(first, 'POST', '/server', { ...machine, SshKeys: [key.ID] });
    const before = await hostUp();
    await client.ssh(before, 'echo kept > /root/mark; sync');
    const killed = `ict-hosts-${first.status.pid}-`;
    child?.kill('SIGKILL');
    if (child !== undefined) await once(child, 'exit');
    const running = async () => (await listTraces(killed, cgroupRoot)).filter((trace) => /^process \d+ \S/.test(trace));
    await expect.poll(running, { timeout: 10_000 }).toEqual([]);

    const second = await startProcess();
    const after = await hostUp();
    expect(after).toEqual(before);
    expect(await client.ssh(after, 'cat /root/mark')).toBe('kept');
    expect((await listTraces(killed, cgroupRoot)).filter((trace) => !trace.startsWith('process'))).toEqual([]);
    await call(second, 'DELETE', '/server/900001');
    await expect.poll(async () => call(second, 'GET', '/server'), { timeout: 20_000 }).toEqual([]);
    await stopSandbox(folder);
    expect(await listTraces(`ict-hosts-${second.status.pid}-`, cgroupRoot)).toEqual([]);
  });
});

/** Hosts of a status that are up, without the absent fields JSON does not have. */
const upOf = (list: NonNullable<Extract<SandboxReport, { kind: 'running' }>['status']['hostList']> | undefined): HostFacts[] =>
  (list ?? []).filter((host) => host.isUp).map((host) => ({ ...host, hostKey: host.hostKey, problem: host.problem }));
