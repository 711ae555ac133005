import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openOperationFolder } from './operation-folder.ts';
import type { OperationNote } from './operation-note.ts';

let root: string;

beforeEach(async () => {
  root = join(await mkdtemp(join(tmpdir(), 'ict-operations-')), 'operations');
});

afterEach(() => rm(join(root, '..'), { recursive: true, force: true }));

const note = (id: string): OperationNote => ({
  id,
  words: ['apply', '--yes'],
  file: '/project/infra.yaml',
  title: 'Apply',
  startedAt: '2026-01-01T00:00:00.000Z',
});

test('what was created is found again, oldest first', async () => {
  const folder = openOperationFolder(root);
  await folder.create(note('20260102-b'));
  await folder.create(note('20260101-a'));
  const found = await openOperationFolder(root).list();
  expect(found.map((files) => files.note)).toEqual([note('20260101-a'), note('20260102-b')]);
  expect(found[0]?.events).toBe(join(root, '20260101-a', 'events.ndjson'));
});

test('nothing was ever started: nothing is found', async () => {
  expect(await openOperationFolder(root).list()).toEqual([]);
});

test('a note that cannot be understood is passed over', async () => {
  const folder = openOperationFolder(root);
  await folder.create(note('20260101-a'));
  await mkdir(join(root, '20260102-b'));
  await mkdir(join(root, '20260103-c'));
  await writeFile(join(root, '20260103-c', 'note.json'), '{"id":1}');
  expect((await folder.list()).map((files) => files.note.id)).toEqual(['20260101-a']);
});

test('the twenty newest are kept', async () => {
  const folder = openOperationFolder(root);
  for (let number = 10; number < 35; number += 1) await folder.create(note(`20260101-${number}`));
  const found = await folder.list();
  expect(found).toHaveLength(20);
  expect(found[0]?.note.id).toBe('20260101-15');
  expect(await readdir(root)).toHaveLength(20);
});
