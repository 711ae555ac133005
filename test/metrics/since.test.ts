import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openProjectMetrics } from '#core/create-core/create-metrics.ts';
import type { ServerFigures } from '#schemas/metrics/server-figures.ts';
import { metricsHistory } from '#schemas/metrics/metrics-history.ts';
import { head, type Lab, openLab } from '#test/helpers/lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
  await lab.write(`${head}servers:\n  web: { count: 2 }\n  db: {}\n`);
});
afterEach(() => lab.close());

/** Everything from here on has no account and nobody to ask. */
const OFFLINE = { environment: { ONECLOUD_TOKEN: '', ONECLOUD_ENDPOINT: 'http://127.0.0.1:1' } };
const figures = (cpuRatio: number): ServerFigures => ({ cpuRatio, receivedBytesPerSecond: 1000, disks: [], devices: [] });
const since = async (...args: readonly string[]) => {
  const { code, out, err } = await lab.run(['stats', '--json', ...args], OFFLINE);
  if (code !== 0) throw new Error(`${code}: ${err}`);
  return metricsHistory.parse(JSON.parse(out));
};

/** Ten minutes of looks, each 15 seconds, until now. */
async function keep(): Promise<void> {
  const { history } = openProjectMetrics(lab.folder, 'shop');
  const now = Date.now();
  for (let look = 40; look >= 0; look--) {
    await history.record('server.web-1', now - look * 15_000, figures(0.5));
    await history.record('server.web-2', now - look * 15_000, look < 20 ? figures(0.25) : undefined);
  }
}

test('without token and network: every server of the file and of the ledger, steps for all, gaps, figures that were heard', async () => {
  expect((await lab.run(['apply', '--yes'])).code).toBe(0);
  await keep();
  // It is gone from the file, and recorded.
  await lab.write(`${head}servers:\n  web: { count: 2 }\n`);
  const answer = await since('--since', '10m');
  expect(answer).toMatchObject({ project: 'shop', stepSeconds: 15 });
  expect(answer.servers.map(({ address, series }) => [address, series.map(({ figure }) => figure)])).toEqual([
    ['server.db', []],
    ['server.web-1', ['cpuRatio', 'receivedBytesPerSecond', 'upRatio']],
    ['server.web-2', ['cpuRatio', 'receivedBytesPerSecond', 'upRatio']],
  ]);
  for (const { series } of answer.servers)
    for (const { mean, highest } of series)
      expect([mean.length, highest.length]).toEqual([answer.atSeconds.length, answer.atSeconds.length]);
  const cpu = answer.servers[2]?.series[0]?.mean ?? [];
  expect(cpu.filter((value) => value === null).length).toBeGreaterThanOrEqual(20);
  expect(new Set(cpu)).toEqual(new Set([null, 0.25]));
  expect(answer.marks).toMatchObject([
    {
      kind: 'apply',
      text: { text: 'applied' },
      servers: expect.arrayContaining(['server.db', 'server.web-1', 'server.web-2']) as string[],
    },
  ]);
});

test('fewer points are longer steps; targets choose; what was done elsewhere is left out', async () => {
  expect((await lab.run(['apply', '--yes'])).code).toBe(0);
  expect((await lab.run(['power', 'stop', 'db', '--yes'])).code).toBe(0);
  await keep();
  const answer = await since('web', '--since', '10m', '--points', '10');
  expect(answer.stepSeconds).toBeGreaterThanOrEqual(60);
  expect(answer.atSeconds.length).toBeLessThanOrEqual(10);
  expect(answer.servers.map(({ address }) => address)).toEqual(['server.web-1', 'server.web-2']);
  expect(answer.marks.map(({ kind }) => kind)).toEqual(['apply']);
  expect((await since('db', '--since', '10m')).marks.map(({ kind }) => kind)).toEqual(['apply', 'power']);
});

test('a power command is in `ict history` too', async () => {
  expect((await lab.run(['apply', '--yes'])).code).toBe(0);
  expect((await lab.run(['power', 'stop', 'db', '--yes'])).code).toBe(0);
  const { out } = await lab.run(['history', '--json'], OFFLINE);
  expect(JSON.parse(out)).toMatchObject([{ what: 'ict power stop', touched: ['server.db'], exitCode: 0 }, { what: 'ict apply' }]);
});

test('a day of a server whose history is long is read from coarser rings', async () => {
  const answer = await since('--since', '24h');
  expect(answer).toMatchObject({ stepSeconds: 180 });
  expect(answer.atSeconds.length).toBeLessThanOrEqual(600);
});

test('the table, for people', async () => {
  await keep();
  const { out, code } = await lab.run(['stats', '--since', '10m'], OFFLINE);
  expect(code).toBe(0);
  expect(out).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d to .* UTC\nserver +figure +course +mean +highest\n/);
  expect(out).toMatch(/^web-1 +cpu +[▅ ]+ +50% +50%$/m);
  expect(out).toMatch(/^web-2 +answered +[▁▂▃▄▅▆▇█ ]+ \d\d% +100%$/m);
  expect(out).toContain('db  nothing was kept');
});

test('a file with mistakes will do; one that cannot be read, a target that is none, and a damaged ledger do not', async () => {
  await keep();
  await lab.write('version: 1\nproject: shop\nservers: { web-1: {} }\nnonsense: true\n');
  expect((await since('--since', '10m')).servers.map(({ address }) => address)).toEqual(['server.web-1']);
  const nobody = await lab.run(['stats', 'nobody', '--since', '10m'], OFFLINE);
  expect(nobody).toMatchObject({ code: 3, err: expect.stringContaining('nobody') as string });
  await mkdir(join(lab.folder, '.ict', 'shop'), { recursive: true });
  await writeFile(join(lab.folder, '.ict', 'shop', 'ledger.json'), '{');
  expect((await lab.run(['stats', '--since', '10m'], OFFLINE)).code).toBe(1);
  await rm(join(lab.folder, '.ict'), { recursive: true });
  await lab.write('{');
  expect((await lab.run(['stats', '--since', '10m'], OFFLINE)).code).toBe(3);
});
