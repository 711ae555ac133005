import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openMetricsHistory } from '#core/metrics/history/open-history.ts';

const T0 = 1_800_000_000;
const STEP = 15;
let folder: string;

/** Records one look for each step from the number it is given, and says each that is kept. */
const writer = `import { openMetricsHistory } from '#core/metrics/history/open-history.ts';
const history = openMetricsHistory(process.argv[2]);
for (let step = Number(process.argv[3]); ; step++) {
  await history.record('server.web', (${T0} + step * ${STEP}) * 1000, { cpuRatio: (step % 100) / 100, disks: [], devices: [] });
  process.stdout.write(step + '\\n');
}`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-history-kill-'));
  await build({
    stdin: { contents: writer, resolveDir: process.cwd(), loader: 'ts' },
    outfile: join(folder, 'writer.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

test('a writer killed at any moment loses at most the look in progress', async () => {
  let step = 0;
  for (const looks of [1, 7, 40, 3, 60, 25]) {
    const from = step;
    const child = spawn(process.execPath, [join(folder, 'writer.mjs'), join(folder, 'data'), String(step)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'close');
    for await (const line of createInterface({ input: child.stdout })) {
      step = Number(line);
      if (step >= from + looks) child.kill('SIGKILL');
    }
    await ended;
    const means = await readMeans(T0, T0 + step * STEP);
    expect(means.map((mean) => Math.round((mean ?? -1) * 100))).toEqual(means.map((_mean, index) => index % 100));
    step += 1;
    // The look in progress may have been kept as well: the next writer begins behind it.
    if ((await readMeans(T0 + step * STEP, T0 + step * STEP))[0] !== undefined) step += 1;
  }
});

/** What was kept of the processor; undefined for a gap. */
async function readMeans(fromSeconds: number, toSeconds: number): Promise<(number | undefined)[]> {
  const range = { fromSeconds, toSeconds, mostPoints: 10_000 };
  const { servers, atSeconds } = await openMetricsHistory(join(folder, 'data')).read(['server.web'], range);
  const cpu = servers[0]?.series.find(({ figure }) => figure === 'cpuRatio');
  return atSeconds.map((_at, index) => cpu?.mean[index] ?? undefined);
}
