import { expect, test } from 'vitest';
import type { ServerNow } from '#schemas/protocol/live-metrics.ts';
import { openText } from '../testing/open-marked.ts';
import { createRequest, sampleValues } from '../testing/sample-request.ts';
import { listMetricHints } from './list-metric-hints.ts';

const text = `version: 1
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }
servers:
  db: {} # the base
  web: { count: 3 }
`;
const everything = { start: { line: 0, character: 0 }, end: { line: 100, character: 0 } };
const live = (name: string, more: Partial<ServerNow> = {}): ServerNow =>
  ({ state: 'live', address: `server.${name}`, ...more }) as ServerNow;
const silent = (name: string): ServerNow => ({ state: 'unreachable', address: `server.${name}`, since: '2026-01-23T10:42:00.000Z' });

const print = (servers: readonly ServerNow[], language: 'en' | 'ru' = 'en', range = everything): readonly string[] => {
  const metrics = new Map(servers.map((server) => [server.address, server]));
  const request = { ...createRequest({ language, values: { ...sampleValues, metrics } }), timeZone: 'UTC' };
  return listMetricHints(openText(text), range, request).map(
    ({ position, label }) => `${position.line}:${position.character} ${typeof label === 'string' ? label : ''}`,
  );
};

test.each<[string, readonly ServerNow[], readonly string[]]>([
  ['nothing is known', [], []],
  ['one server', [live('db', { cpuRatio: 0.12, memoryRatio: 0.61, diskRatio: 0.41 })], ['3:19 cpu 12% · ram 61% · disk 41%']],
  ['what is not known is left out', [live('db', { diskRatio: 0 })], ['3:19 disk 0%']],
  ['one that does not answer', [silent('db')], ['3:19 unreachable since 10:42']],
  ['a server of nobody', [live('gone', { cpuRatio: 1 })], []],
  [
    'of several the highest of each',
    [live('web-1', { cpuRatio: 0.1, memoryRatio: 0.9 }), live('web-2', { cpuRatio: 0.7, memoryRatio: 0.2 })],
    ['4:19 at most cpu 70% · ram 90%'],
  ],
  [
    'of several some do not answer',
    [live('web-1', { cpuRatio: 0.1 }), silent('web-2'), silent('web-3')],
    ['4:19 2 of 3 do not answer · at most cpu 10%'],
  ],
])('%s', (_name, servers, expected) => expect(print(servers)).toEqual(expected));

test('in Russian', () => {
  expect(print([live('db', { cpuRatio: 0.12 }), silent('web-1')], 'ru').map((line) => line.replace('\u00A0', ' '))).toEqual([
    '3:19 цп 12 %',
    '4:19 не отвечают: 1 из 3',
  ]);
});

test('only what was asked for', () => {
  const range = { start: { line: 4, character: 0 }, end: { line: 4, character: 0 } };
  expect(print([live('db', { cpuRatio: 0.1 }), live('web-1', { cpuRatio: 0.2 })], 'en', range)).toEqual(['4:19 at most cpu 20%']);
});

test('a client that tells nothing gets nothing', () => {
  expect(listMetricHints(openText(text), everything, createRequest())).toEqual([]);
});
