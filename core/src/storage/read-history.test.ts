import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readHistory } from './read-history.ts';

let folder = '';
const record = (run: string): object => ({
  run,
  startedAt: '2026-01-01T00:00:00.000Z',
  finishedAt: '2026-01-01T00:00:01.000Z',
  command: 'ict apply',
  exitCode: 0,
  fileText: 'version: 1\n',
  plan: { changes: [{ address: 'server.web', action: 'create', fields: [] }], totals: {} },
  result: { succeeded: [], failed: [], skipped: [] },
});

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ict-history-'));
  const home = join(folder, '.ict', 'shop', 'history');
  mkdirSync(home, { recursive: true });
  for (const run of ['20260101-1', '20260103-1', '20260102-1']) writeFileSync(join(home, `${run}.json`), JSON.stringify(record(run)));
  writeFileSync(join(home, '20260104-1.json'), '{ "run": ');
  writeFileSync(join(home, '20260105-1.json'), '{ "run": "20260105-1" }');
  writeFileSync(join(home, 'README.md'), 'no record');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('newest first; what cannot be read is left out', async () => {
  const found = await readHistory(folder, 'shop', 10);
  expect(found.map(({ run }) => run)).toEqual(['20260103-1', '20260102-1', '20260101-1']);
  expect(found[0]?.plan).toEqual({ changes: [{ address: 'server.web', action: 'create' }] });
});

test('no more than asked for', async () => expect(await readHistory(folder, 'shop', 3)).toHaveLength(1));

test('no folder is no history', async () => expect(await readHistory(folder, 'other', 10)).toEqual([]));
