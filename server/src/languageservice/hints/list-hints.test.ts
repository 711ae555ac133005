import { expect, test } from 'vitest';
import type { LanguageRequest } from '../language-request.ts';
import { openText } from '../testing/open-marked.ts';
import { createRequest, sampleValues } from '../testing/sample-request.ts';
import { listHints } from './list-hints.ts';

const head = `version: 1
defaults: { dc: Xelent, image: Ubuntu 20.4 x64 }
sizes:
  small: { cpu: 1, ram: 1 GB, disk: 10 GB }
servers:
`;
const offline = createRequest({ values: { results: [], playbooks: [], listFolder: () => undefined } });
const everything = { start: { line: 0, character: 0 }, end: { line: 10_000, character: 0 } };

/** `line:column label`, lines counted from the first after the head. */
const print = (entries: string, request: LanguageRequest = offline, range = everything): readonly string[] =>
  listHints(openText(head + entries), range, request).map(
    ({ position, label }) => `${position.line - 5}:${position.character} ${typeof label === 'string' ? label : ''}`,
  );

test.each([
  ['inherited values', '  db:\n    size: small\n', ['0:5 1 core · 1 GB · 10 GB SSD · Xelent']],
  ['in braces', '  db: { size: small } # c\n', ['0:25 1 core · 1 GB · 10 GB SSD · Xelent']],
  [
    'how many there are, and their names',
    '  db:\n    size: small\n    count: 3\n',
    ['0:5 3 × 1 core · 1 GB · 10 GB SSD · Xelent', '2:12 db-1 … db-3'],
  ],
  ['two names', '  db: { size: small, count: 2 }\n', ['0:31 2 × 1 core · 1 GB · 10 GB SSD · Xelent', '0:29 db-1, db-2']],
  ['what is known of an unfinished entry', '  db:\n    cpu: 2\n', ['0:5 2 cores · Xelent']],
  ['nothing for an entry without hardware', '  db: {}\n', []],
  [
    'the entry as it was before it broke',
    '  db:\n    size: small\n  x: { size: small }\n',
    ['0:5 1 core · 1 GB · 10 GB SSD · Xelent', '2:20 1 core · 1 GB · 10 GB SSD · Xelent'],
  ],
])('%s', (_name, entries, expected) => expect(print(entries)).toEqual(expected));

test('the price by the table, for all servers together', () => {
  const priced = createRequest({ values: { ...offline.values, ...(sampleValues.prices ? { prices: sampleValues.prices } : {}) } });
  expect(print('  db: { size: small, count: 2 }\n', priced)[0]).toBe('0:31 2 × 1 core · 1 GB · 10 GB SSD · Xelent · 900 RUB a month');
});

test('what the panel says, at the field, or at the name when the field is inherited', () => {
  const request = createRequest({ values: { ...sampleValues, prices: undefined as never } });
  expect(print('  web-1:\n    size: small\n    ram: 2 GB\n    cpu: 2\n    disk: 20 GB\n', request)).toEqual([
    '3:10 panel: 1',
    '2:13 panel: 4 GB',
    '4:15 panel: 10 GB',
    '0:8 2 cores · 2 GB · 20 GB SSD · Xelent',
  ]);
});

test('a difference at the name is not cut off: it stands before what the servers are', () => {
  const request = createRequest({ values: { ...sampleValues, prices: undefined as never } });
  expect(print('  web-1: { size: small }\n', request)).toEqual(['0:24 ram panel: 4 GB', '0:24 1 core · 1 GB · 10 GB SSD · Xelent']);
});

test('what the servers are doing takes the place of what they are, which moves to the tooltip', () => {
  const metrics = new Map([['server.db', { state: 'live', address: 'server.db', cpuRatio: 0.12, diskRatio: 0.4 }]] as const);
  const request = createRequest({ values: { ...offline.values, metrics } });
  const [db, web] = listHints(openText(`${head}  db: { size: small }\n  web: { size: small }\n`), everything, request);
  expect([db?.label, db?.tooltip]).toEqual(['cpu 12% · disk 40%', 'cpu 12% · disk 40%\n\n1 core · 1 GB · 10 GB SSD · Xelent']);
  expect([web?.label, web?.tooltip]).toEqual(['1 core · 1 GB · 10 GB SSD · Xelent', undefined]);
});

test('only what was asked for', () => {
  const entries = Array.from({ length: 100 }, (_, index) => `  s${index}: { size: small }\n`).join('');
  const range = { start: { line: 55, character: 0 }, end: { line: 56, character: 0 } };
  expect(print(entries, offline, range).map((hint) => hint.split(':')[0])).toEqual(['50', '51']);
});

test('in Russian', () => {
  const russian = createRequest({ language: 'ru', values: offline.values });
  expect(print('  db: { cpu: 2 }\n', russian)).toEqual(['0:16 2 ядра · Xelent']);
});
