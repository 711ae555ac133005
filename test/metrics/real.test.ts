import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { toHostRequest } from '#sandbox/hosts/host-backend.ts';
import { probeIsolated } from '#sandbox/hosts/probe-isolated.ts';
import { watchEvent, type WatchEvent } from '#schemas/events/watch-event.ts';
import { metricsEvent, type MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import { metricsHistory } from '#schemas/metrics/metrics-history.ts';
import { type DeployLab, openDeployLab } from '#test/ansible/deploy-lab.ts';

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

  beforeAll(async () => {
    lab = await openDeployLab(cgroupRoot, { ICT_AGENT: 'on' });
    await lab.write(file);
    const { code, err } = await lab.run(['apply', '--yes']);
    if (code !== 0) throw new Error(err);
  }, 240_000);

  afterAll(() => lab.close(), 60_000);

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

  test('a watched project tells what its servers are doing and keeps it; afterwards it is read without network or token', async () => {
    let end = (): void => undefined;
    const ending = new Promise<void>((resolve) => (end = resolve));
    async function* lines(): AsyncIterable<string> {
      await ending;
      yield* [];
    }
    const events: WatchEvent[] = [];
    const isMeasured = (name: string) => (event: WatchEvent) =>
      event.kind === 'metrics' && event.address === name && event.state === 'live' && event.figures.cpuRatio !== undefined;
    const { code } = await lab.run(['watch', '--metrics', '--interval', '1h'], {
      lines: lines(),
      onText: (text) => {
        events.push(watchEvent.parse(JSON.parse(text)));
        if (NAMES.every((name) => events.some(isMeasured(name)))) end();
      },
    });
    expect(code).toBe(0);
    expect(events[0]).toMatchObject({ kind: 'project' });
    expect(new Set(events.flatMap((event) => (event.kind === 'metrics' ? [event.address] : [])))).toEqual(new Set(NAMES));

    const offline = { ONECLOUD_TOKEN: '', ONECLOUD_ENDPOINT: 'http://127.0.0.1:1' };
    const { out } = await lab.run(['stats', 'web-1', '--since', '1h', '--json'], { environment: offline });
    const { servers, marks, atSeconds } = metricsHistory.parse(JSON.parse(out));
    const [web] = servers;
    expect(web?.address).toBe('server.web-1');
    const memory = web?.series.find(({ figure }) => figure === 'memoryRatio');
    expect(memory?.mean).toHaveLength(atSeconds.length);
    expect(memory?.mean.some((value) => value !== null && value > 0 && value < 1)).toBe(true);
    expect(marks.map(({ kind, servers: touched }) => [kind, touched.includes('server.web-1')])).toContainEqual(['apply', true]);
    const table = await lab.run(['stats', 'web-1', '--since', '1h'], { environment: offline });
    expect(table.out).toMatch(/^web-1 +cpu .* \d+%$/m);
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
