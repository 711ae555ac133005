import { fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import parseElsewhere from 'parse-prometheus-text-format';
import { createCollector } from '#core/create-core/create-metrics.ts';
import { parsePage } from '#core/metrics/page/parse-page.ts';
import { wantedSeries } from '#core/metrics/page/wanted-series.ts';
import { openMetricsHistory } from '#core/metrics/history/open-history.ts';

const page = readFileSync('test/fixtures/metrics/node_exporter-1.9.0.txt', 'utf8');

export interface ParserTiming {
  readonly bytes: number;
  /** Microseconds for the recorded page: kept series only, every series, the package. Medians. */
  readonly keptUs: number;
  readonly everyUs: number;
  readonly otherUs: number;
  readonly megabytesPerSecond: number;
  /** How many times faster than the package, with the kept series. */
  readonly ratio: number;
}

/** Times our parser beside an independent one on the same page, in turns. */
export function timeParsers(rounds = 25): ParserTiming {
  const [kept, every, other]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    kept.push(timeOne(() => parsePage(page, wantedSeries), 100));
    every.push(timeOne(() => parsePage(page), 50));
    other.push(timeOne(() => parseElsewhere(page), 10));
  }
  const [keptUs, everyUs, otherUs] = [median(kept), median(every), median(other)];
  return { bytes: page.length, keptUs, everyUs, otherUs, megabytesPerSecond: page.length / keptUs, ratio: otherUs / keptUs };
}

export interface CollectorTiming {
  readonly targets: number;
  readonly looks: number;
  readonly seconds: number;
  /** Share of one core that this process used. */
  readonly coreRatio: number;
  /** Memory of the process at the end, and how much of it came with collecting. */
  readonly rssMb: number;
  readonly addedMb: number;
}

/** Serves the recorded page on so many ports until the parent is gone: a port stands for a host. */
export async function servePages(count: number): Promise<void> {
  const ports = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer((_request, response) => {
        response.end(page.replace(/^node_time_seconds .*$/m, `node_time_seconds ${Date.now() / 1000}`));
      });
      server.keepAliveTimeout = 120_000;
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return (server.address() as AddressInfo).port;
    }),
  );
  process.send?.(ports);
  process.once('disconnect', () => process.exit(0));
}

/** Collects from local targets, with their history, and tells what it cost. The pages come from the process `servedBy`. */
export async function timeCollector(seconds: number, servedBy: readonly [string, ...string[]]): Promise<CollectorTiming> {
  const [script, ...args] = servedBy;
  const child = fork(script, args);
  const ports = await new Promise<number[]>((resolve) => child.once('message', (message) => resolve(message as number[])));
  const startMb = process.memoryUsage().rss / 2 ** 20;
  const folder = mkdtempSync(join(tmpdir(), 'ict-bench-'));
  const history = openMetricsHistory(folder);
  let looks = 0;
  const collector = createCollector({
    environment: {},
    intervalMs: 15_000,
    timeoutMs: 5000,
    spreadMs: 15_000,
    onEvent: (event) => {
      if (event.state !== 'live') throw new Error(event.why);
      looks += 1;
      void history.record(event.address, Date.parse(event.at), event.figures);
    },
  });
  collector.setTargets(ports.map((port, index) => ({ address: `server.n-${index}`, endpoint: { kind: 'http', host: '127.0.0.1', port } })));
  // The first interval has two looks at each.
  await wait(20_000);
  const [cpu, from, before] = [process.cpuUsage(), performance.now(), looks];
  await wait(seconds * 1000);
  const used = process.cpuUsage(cpu);
  const ms = performance.now() - from;
  const timing = {
    targets: ports.length,
    looks: looks - before,
    seconds: ms / 1000,
    coreRatio: (used.user + used.system) / 1000 / ms,
    rssMb: process.memoryUsage().rss / 2 ** 20,
    addedMb: process.memoryUsage().rss / 2 ** 20 - startMb,
  };
  await collector.close();
  child.disconnect();
  rmSync(folder, { recursive: true, force: true });
  return timing;
}

function timeOne(work: () => unknown, times: number): number {
  const startedAt = performance.now();
  for (let time = 0; time < times; time++) work();
  return ((performance.now() - startedAt) * 1000) / times;
}

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

const median = (values: readonly number[]): number => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
