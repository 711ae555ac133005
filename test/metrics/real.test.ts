import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { toHostRequest } from '#sandbox/hosts/backend/host-backend.ts';
import { probeIsolated } from '#sandbox/hosts/isolated/probe-isolated.ts';
import { metricsEvent, type MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import { type DeployLab, listProcesses, openDeployLab } from '#test/ansible/deploy-lab.ts';
import { startWatch } from './agent-lab.ts';
import { openShell } from './open-shell.ts';

const probe = await probeIsolated();
const why = probe.kind === 'available' ? 'on isolated hosts' : `skipped: ${JSON.stringify(probe.reason)}`;
const cgroupRoot = probe.kind === 'available' ? probe.found.cgroupRoot : '';

const file = `version: 1
project: shop
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB, ssh_keys: [me] }
ssh_keys: { me: keys/id.pub }
servers:
  web:
    count: 2
    # The root of these hosts is an overlay, which the agent would leave out.
    vars: { node_exporter_args: ['--collector.filesystem.fs-types-exclude=^(tmpfs|proc|sysfs|cgroup2|devpts|mqueue)'] }
  bare: { monitoring: { agent: false } }
`;
const NAMES = ['server.web-1', 'server.web-2'];

describe.skipIf(probe.kind !== 'available')(`metrics of real agents, ${why}`, () => {
  let lab: DeployLab;
  /** Where sockets of connections lie. */
  let runtime = '';

  beforeAll(async () => {
    runtime = await mkdtemp(join(tmpdir(), 'ict-r-'));
    lab = await openDeployLab(cgroupRoot, { ICT_AGENT: 'on', XDG_RUNTIME_DIR: runtime });
    await lab.write(file);
    const { code, err } = await lab.run(['apply', '--yes']);
    if (code !== 0) throw new Error(err);
  }, 240_000);

  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  afterAll(async () => {
    await lab.close();
    await rm(runtime, { recursive: true, force: true });
  }, 60_000);

  const stats = async (...args: string[]) => {
    const { code, out } = await lab.run(['stats', '--json', ...args]);
    return { code, events: z.array(metricsEvent).parse(JSON.parse(out)) };
  };

  test('figures agree with the host’s own tools within five percent', async () => {
    const { code, events } = await stats();
    expect(events.map(({ address, state }) => [address, state])).toEqual(NAMES.map((name) => [name, 'live']));
    expect(code).toBe(0);
    const [event] = events;
    if (event?.state !== 'live') throw new Error('not live');
    const { figures } = event;
    const memory = await lab.onHost('web-1', 'cat /proc/meminfo');
    const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(memory)?.[1]);
    expect(figures.memory?.totalBytes).toBe(kilobytes('MemTotal') * 1024);
    // Memory, load and uptime's pace are the machine's here: its hosts share the kernel.
    const available = (figures.memory?.totalBytes ?? 0) - (figures.memory?.usedBytes ?? 0);
    expect(available / (kilobytes('MemAvailable') * 1024)).toBeGreaterThan(0.95);
    expect(available / (kilobytes('MemAvailable') * 1024)).toBeLessThan(1.05);
    const df = await lab.onHost('web-1', 'df --output=pcent / | tail -1');
    expect(
      Math.abs((figures.disks.find(({ mountpoint }) => mountpoint === '/')?.usedRatio ?? 0) * 100 - Number.parseInt(df, 10)),
    ).toBeLessThan(5);
    const uptime = Number((await lab.onHost('web-1', 'cut -d" " -f1 /proc/uptime')).trim());
    expect(Math.abs((figures.uptimeSeconds ?? 0) - uptime)).toBeLessThan(10);
    expect(figures.cores).toBe(Number(await lab.onHost('web-1', 'grep -c ^cpu[0-9] /proc/stat')));
    expect(figures.cpuRatio).toBeGreaterThanOrEqual(0);
  });

  test('the table, for people', async () => {
    const { code, out } = await lab.run(['stats', 'web-1', '--sort', 'cpu']);
    expect(code).toBe(0);
    expect(out.split('\n')[0]).toMatch(/^server +cpu/);
    expect(out).toMatch(/^web-1 +\d+%/m);
    expect(out).not.toContain('web-2');
  });

  test('a filter that nobody meets, and one that makes no sense', async () => {
    expect((await stats('--filter', 'cpu>1000%')).events).toEqual([]);
    expect((await lab.run(['stats', '--filter', 'colour=red'])).code).toBe(3);
  });

  /** Why a server has no metrics, by its name. */
  const failuresOf = (events: readonly MetricsEvent[]) =>
    Object.fromEntries(events.map((event) => [event.address, event.state === 'unreachable' ? event.why : event.state]));

  test('a wrong user and a wrong key do not get in, and a changed host key is not taken', async () => {
    expect(failuresOf((await stats('--user', 'nobody')).events)).toEqual({ 'server.web-1': 'login', 'server.web-2': 'login' });
    const other = join(lab.folder, 'keys', 'other');
    await execa('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', other]);
    expect(failuresOf((await stats('web-1', '--key', other)).events)).toEqual({ 'server.web-1': 'login' });
    const key = '/etc/ssh/ssh_host_ed25519_key';
    await lab.onHost(
      'web-2',
      `cp -p ${key} ${key}.before; cp -p ${key}.pub ${key}.pub.before; rm ${key}; ssh-keygen -q -t ed25519 -N '' -f ${key}`,
    );
    const { code, events } = await stats();
    expect(failuresOf(events)).toEqual({ 'server.web-1': 'live', 'server.web-2': 'host-key' });
    expect(code).toBe(11);
    await lab.onHost('web-2', `mv ${key}.before ${key}; mv ${key}.pub.before ${key}.pub`);
    expect(failuresOf((await stats('web-2')).events)).toEqual({ 'server.web-2': 'live' });
  });

  test('a full disk, a busy processor and full memory show on the host’s page within two intervals; the watch leaves nothing behind', async () => {
    const shell = openShell(lab, 'web-1');
    closers.push(() => shell.close());
    expect(await shell.ask('hostname')).toBe('web-1');
    const watch = startWatch(lab.run, ['--metrics', '--metrics-interval', '2s']);
    let hasEnded = false;
    closers.push(async () => void (hasEnded || (await watch.end('signal'))));
    await watch.untilMetrics(({ address, state }) => address === 'server.web-1' && state === 'live');
    const next = async (name: string) => {
      const event = await watch.untilMetrics(({ address }) => address === `server.${name}`);
      if (event.state !== 'live') throw new Error(event.why);
      return event.figures;
    };
    type Figures = Awaited<ReturnType<typeof next>>;
    /** What holds of the server's figures soon: a look that is under way may have seen a part, and two more see all. */
    const soon = async (name: string, is: (figures: Figures) => boolean): Promise<Figures> => {
      const seen = [await next(name), await next(name), await next(name)];
      const found = seen.find(is);
      if (!found) throw new Error(JSON.stringify(seen));
      return found;
    };
    const diskOf = ({ disks }: Figures) => disks.find(({ mountpoint }) => mountpoint === '/');
    const usedOf = (figures: Figures): number => diskOf(figures)?.usedBytes ?? 0;
    const memoryOf = ({ memory }: Figures): number => memory?.usedBytes ?? 0;
    const GB = 2 ** 30;
    const before = await soon('web-1', ({ cpuRatio }) => cpuRatio !== undefined);

    // The hosts share a disk, a kernel and its processors: what one of them does shows on the page of each. It must show on its own.
    await shell.ask('fallocate -l 2G /root/full; echo done');
    const filled = await soon('web-1', (figures) => usedOf(figures) - usedOf(before) > 1.5 * GB);
    const df = Number.parseInt(await shell.ask('df --output=pcent / | tail -1'), 10);
    expect(Math.abs((diskOf(filled)?.usedRatio ?? 0) * 100 - df)).toBeLessThan(5);
    expect(filled.diskRatio).toBe(diskOf(filled)?.usedRatio);
    await shell.ask('rm /root/full; echo done');
    await soon('web-1', (figures) => usedOf(filled) - usedOf(figures) > 1.5 * GB);

    await shell.ask('(timeout 30 sh -c "while :; do :; done" & echo $! > /run/burner) > /dev/null 2>&1; echo done');
    const cpuTimes = async (): Promise<readonly number[]> => (await shell.ask('head -1 /proc/stat')).split(/ +/).slice(1, 9).map(Number);
    const busy = await next('web-1');
    expect(busy.cpuRatio).toBeGreaterThan(0.9 / (busy.cores ?? 1));
    expect(busy.loadRatio).toBeGreaterThan(0);
    /** How far a figure is from what the host itself counted; the two spans of time are not quite the same. */
    const compare = async (): Promise<number> => {
      const from = await cpuTimes();
      const { cpuRatio = -1 } = await next('web-1');
      const times = (await cpuTimes()).map((time, at) => time - (from[at] ?? 0));
      const [, , , idle = 0, iowait = 0] = times;
      return Math.abs(cpuRatio - (1 - (idle + iowait) / times.reduce((sum, time) => sum + time, 0)));
    };
    expect(Math.min(await compare(), await compare(), await compare())).toBeLessThan(0.05);
    await shell.ask('kill $(cat /run/burner); echo done');

    const quiet = await next('web-1');
    await shell.ask('(timeout 60 sh -c "head -c 1G /dev/zero | tail -c 1G | (sleep 60; cat)" > /dev/null &) 2> /dev/null; echo done');
    // Answers when tail holds all of it.
    const held = await shell.ask(
      'rss() { awk "/VmRSS/ { print \\$2 }" /proc/$(pgrep -xn tail)/status 2> /dev/null; }; ' +
        'until [ "$(rss)" -gt 900000 ] 2> /dev/null; do sleep 0.1; done; rss',
    );
    expect(Number(held)).toBeGreaterThan(900_000);
    const loaded = await soon('web-1', (figures) => memoryOf(figures) - memoryOf(quiet) > 0.5 * GB);
    const available = Number(await shell.ask("awk '/MemAvailable/ { print $2 }' /proc/meminfo")) * 1024;
    expect(Math.abs(memoryOf(loaded) + available - (loaded.memory?.totalBytes ?? 0))).toBeLessThan(0.05 * (loaded.memory?.totalBytes ?? 0));
    await shell.ask('pkill -x tail; echo done');

    expect(await readdir(runtime)).toHaveLength(1);
    hasEnded = true;
    expect(await watch.end('signal')).toBe(0);
    expect(await readdir(runtime)).toEqual([]);
    expect((await listProcesses(runtime)).filter((line) => /\bssh\b/.test(line))).toEqual([]);
    expect(watch.complaints()).toBe('');
  });

  test('load on one host shows there alone; a stopped host is unreachable since then, and comes back', { timeout: 150_000 }, async () => {
    const events: MetricsEvent[] = [];
    const waiting = new Set<() => void>();
    let interrupt = (): void => undefined;
    const ended = lab.run(['stats', '--watch', '--json', '--interval', '1s'], {
      onStart: (send) => (interrupt = send),
      onText: (text) => {
        for (const line of text.split('\n').filter((item) => item.startsWith('{'))) events.push(metricsEvent.parse(JSON.parse(line)));
        for (const look of waiting) look();
      },
    });
    const until = (is: (event: MetricsEvent) => boolean): Promise<MetricsEvent> => {
      const from = events.length;
      return new Promise((resolve) => {
        const look = (): void => {
          const found = events.slice(from).find(is);
          if (!found) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
      });
    };
    const rateOf = (event: MetricsEvent): number => (event.state === 'live' ? (event.figures.transmittedBytesPerSecond ?? -1) : -1);
    const isOf = (name: string) => (event: MetricsEvent) => event.address === name;
    await until((event) => isOf('server.web-2')(event) && rateOf(event) >= 0);

    const { ip, port } = lab.factsOf('web-1');
    const load = execa(
      'ssh',
      [
        ...['StrictHostKeyChecking=no', 'UserKnownHostsFile=/dev/null', 'IdentitiesOnly=yes', 'BatchMode=yes', 'LogLevel=ERROR'].flatMap(
          (option) => ['-o', option],
        ),
        '-F',
        'none',
        '-i',
        join(lab.folder, 'keys', 'id'),
        '-p',
        String(port),
        `root@${ip}`,
        'cat /dev/zero',
      ],
      { stdin: 'ignore', stdout: 'ignore', reject: false },
    );
    const loaded = await until((event) => isOf('server.web-1')(event) && rateOf(event) > 5e6);
    const quiet = await until((event) => isOf('server.web-2')(event) && rateOf(event) >= 0);
    expect(rateOf(quiet)).toBeLessThan(rateOf(loaded) / 5);
    load.kill();
    await load;

    const server = lab.sandbox.state.servers.find(({ name }) => name === 'web-1');
    if (!server) throw new Error('no server');
    await lab.backend.stop(server.id, false);
    const gone = await until((event) => isOf('server.web-1')(event) && event.state === 'unreachable');
    expect(gone).toMatchObject({ why: expect.stringMatching(/unreachable|timeout/) as string });
    const later = await until((event) => isOf('server.web-1')(event) && event.state === 'unreachable');
    expect(later).toMatchObject({ since: gone.state === 'unreachable' ? gone.since : '' });
    await until((event) => isOf('server.web-2')(event) && event.state === 'live');
    const key = (await readFile(join(lab.folder, 'keys', 'id.pub'), 'utf8')).trim();
    await lab.backend.start(toHostRequest(server, [key], 'Secret123'));
    await until((event) => isOf('server.web-1')(event) && event.state === 'live');
    interrupt();
    expect((await ended).code).toBe(0);
  });
});
