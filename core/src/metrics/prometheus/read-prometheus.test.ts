import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { serverFigures } from '#schemas/metrics/server-figures.ts';
import { type GetText, prometheusQueries, readPrometheus } from './read-prometheus.ts';

/** What a real Prometheus 2.42.0 answered to each query; it had one node_exporter on a host with an ext4 disk and no swap. */
const recorded = z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync('test/fixtures/metrics/prometheus-2.42.0.json', 'utf8')));
const never = new AbortController().signal;

/** Answers as it was recorded. */
const replay: GetText = (url) => {
  const { pathname, searchParams } = new URL(url);
  const answer = recorded[searchParams.get('query') ?? ''];
  return Promise.resolve(
    pathname === '/api/v1/query' && answer ? { status: 200, text: JSON.stringify(answer) } : { status: 404, text: 'no' },
  );
};

test('the figures of a real Prometheus', async () => {
  const hosts = await readPrometheus('http://127.0.0.1:9090/', replay, never);
  const figures = hosts.get('127.0.50.9:9100');
  expect(serverFigures.parse(figures)).toEqual(figures);
  // What our own figures said of the same agent over the same minute.
  expect(figures?.cpuRatio).toBeCloseTo(0.4785, 2);
  expect(figures?.iowaitRatio).toBeCloseTo(0.0005, 4);
  expect(figures?.diskRatio).toBeCloseTo(0.25117, 4);
  expect(figures?.memory?.totalBytes).toBe(25_276_502_016);
  expect(figures?.memory?.usedRatio).toBeCloseTo(0.02068, 3);
  expect(figures?.uptimeSeconds).toBeCloseTo(19_672.6, 0);
  expect(figures).toMatchObject({ cores: 2, load1: 2.38, loadRatio: 1.19, receivedBytesPerSecond: 0, disks: [], devices: [] });
  expect(figures).not.toHaveProperty('swap');
});

test('every query was recorded: none is asked that a real one has not answered', () => {
  expect(Object.values(prometheusQueries).filter((query) => !(query in recorded))).toEqual([]);
});

test.each<[string, GetText, string]>([
  ['nothing answers', () => Promise.reject(new Error('refused')), 'unreachable'],
  ['something else answers', () => Promise.resolve({ status: 200, text: '<html>' }), 'bad-answer'],
  ['it refuses the query', () => Promise.resolve({ status: 400, text: JSON.stringify(recorded['rate(']) }), 'bad-answer'],
])('%s', async (_reason, get, code) => {
  await expect(readPrometheus('http://127.0.0.1:9090', get, never)).rejects.toMatchObject({ name: 'ReadError', code });
});

test('a signal ends it with its reason', async () => {
  const stop = new AbortController();
  const reason = new Error('enough');
  stop.abort(reason);
  await expect(readPrometheus('http://127.0.0.1:9090', () => Promise.reject(new Error('aborted')), stop.signal)).rejects.toBe(reason);
});
