import { expect, test } from 'vitest';
import type { FigureTable } from './figure-table.ts';
import { toCsv } from './to-csv.ts';

const table: FigureTable = {
  atSeconds: [0, 60],
  servers: new Map([
    ['server.web', { cpuRatio: [0.123_456_789, null], receivedBytesPerSecond: [1e7, 0] }],
    ['server.db', { cpuRatio: [null, 0.5] }],
  ]),
  highest: new Map([
    ['server.web', { cpuRatio: [0.75, null], receivedBytesPerSecond: [2e7, 0] }],
    ['server.db', { cpuRatio: [null, 1] }],
  ]),
};
const servers = [
  { address: 'server.web', name: 'web' },
  { address: 'server.db', name: 'db, "old"' },
] as const;

test('one row for each moment and server; what is not known is empty, and silence has no row', () => {
  expect(toCsv(table, servers).split('\r\n')).toEqual([
    'time,server,cpu_ratio,cpu_ratio_highest,received_bytes_per_second,received_bytes_per_second_highest',
    '1970-01-01T00:00:00.000Z,web,0.123457,0.75,10000000,20000000',
    '1970-01-01T00:01:00.000Z,web,,,0,0',
    '1970-01-01T00:01:00.000Z,"db, ""old""",0.5,1,,',
    '',
  ]);
});

test('nothing known is the head alone', () => {
  expect(toCsv({ atSeconds: [], servers: new Map() }, servers)).toBe('time,server\r\n');
});
