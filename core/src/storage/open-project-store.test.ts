import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { JournalEntry } from '#schemas/journal/journal-entry.ts';
import { emptyLedger } from '#schemas/state/ledger.ts';
import { ledgerOf, serverEntry } from '#test/helpers/samples.ts';
import type { ProjectStore } from '../ports/project-store.ts';
import { openProjectStore } from './open-project-store.ts';

let folder = '';
let store: ProjectStore;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-store-'));
  store = openProjectStore(folder, 'shop', { now: () => 0, elapsed: () => 0, sleep: () => Promise.resolve() });
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const at = '2026-01-02T03:04:05.000Z';
const started: JournalEntry = {
  kind: 'run-started',
  format: 1,
  at,
  run: 'r1',
  project: 'shop',
  command: 'ict apply',
  account: { endpoint: 'https://api.test' },
};
const finished: JournalEntry = { kind: 'run-finished', at, result: 'done' };
const path = (...names: string[]) => join(folder, '.ict', 'shop', ...names);

/** A ledger as somebody may have changed it by hand. */
const edited = (entries: object): string => JSON.stringify({ ...emptyLedger('shop'), entries });

describe('the ledger', () => {
  test('is empty at first and reading it writes nothing', async () => {
    expect(await store.readLedger()).toEqual(emptyLedger('shop'));
    await expect(readFile(path('ledger.json'))).rejects.toThrow();
  });

  test('comes back as it was written, sorted, one serial on, the one before kept', async () => {
    await store.writeLedger(ledgerOf(serverEntry(2, 'b'), serverEntry(1, 'a')));
    const read = await store.readLedger();
    expect(Object.keys(read.entries)).toEqual(['server.a', 'server.b']);
    expect(read.serial).toBe(1);
    await store.writeLedger(read);
    expect(JSON.parse(await readFile(path('ledger.json.bak'), 'utf8'))).toEqual(read);
  });

  test.each([
    ['is not JSON', '{', 'damaged'],
    ['has another shape', '{"format":1}', 'damaged'],
    ['is of a newer ict', '{"format":2}', 'newer-format'],
    ['belongs to another project', JSON.stringify(emptyLedger('other')), 'damaged'],
    ['was merged by halves', '{\n<<<<<<< HEAD\n  "serial": 1,\n=======\n  "serial": 2,\n>>>>>>> theirs\n}\n', 'conflict'],
    ['has an entry at the address of another', edited({ 'server.evil': serverEntry(1, 'web') }), 'damaged'],
    ['has a key as a server', edited({ 'key.web': { ...serverEntry(1, 'web'), address: 'key.web' } }), 'damaged'],
    ['has one server twice', edited({ 'server.a': serverEntry(7, 'a'), 'server.b': serverEntry(7, 'b') }), 'damaged'],
    ['has a name of JavaScript’s own', edited({ 'server.constructor': serverEntry(1, 'constructor') }), 'damaged'],
  ])('that %s is an error and is not overwritten', async (_reason, text, code) => {
    await mkdir(path(), { recursive: true });
    await writeFile(path('ledger.json'), text);
    await expect(store.readLedger()).rejects.toMatchObject({ name: 'StorageError', code });
    expect(await readFile(path('ledger.json'), 'utf8')).toBe(text);
  });

  test('only what is meant to be committed escapes the .gitignore', async () => {
    await store.writeLedger(emptyLedger('shop'));
    const ignored = (await readFile(join(folder, '.ict', '.gitignore'), 'utf8')).split('\n').filter((line) => !line.startsWith('#'));
    expect(ignored).toEqual(expect.arrayContaining(['*/runs/', '*/lock*', '*/metrics/', '*/known_hosts']));
    expect(ignored.join()).not.toMatch(/ledger\.json|history/);
  });
});

describe('the journal', () => {
  test('of a run that ended is not unfinished', async () => {
    const journal = await store.startJournal('r1');
    await journal.append(started);
    expect(await store.readUnfinishedJournals()).toMatchObject([{ run: 'r1', entries: [started], isTorn: false }]);
    await journal.append(finished);
    await journal.close();
    expect(await store.readUnfinishedJournals()).toEqual([]);
  });

  test('keeps the order of appends that nobody waited for', async () => {
    const journal = await store.startJournal('r1');
    const entries = Array.from({ length: 50 }, (_, index): JournalEntry => ({ kind: 'accepted', at, step: `s${index}`, remoteId: index }));
    await Promise.all([started, ...entries].map((entry) => journal.append(entry)));
    await journal.close();
    expect((await store.readUnfinishedJournals())[0]?.entries).toEqual([started, ...entries]);
  });

  test('torn at any byte of its last line gives every line before it', async () => {
    const journal = await store.startJournal('r1');
    await journal.append(started);
    await journal.append({ kind: 'accepted', at, step: 's', remoteId: 1 });
    await journal.close();
    const file = path('runs', 'r1', 'journal.ndjson');
    const text = await readFile(file, 'utf8');
    const lastLine = text.indexOf('\n') + 1;
    for (let length = text.length - 1; length > lastLine; length--) {
      await truncate(file, length);
      expect(await store.readUnfinishedJournals()).toMatchObject([{ entries: [started], isTorn: true }]);
    }
  });

  test('torn and then settled is over', async () => {
    const journal = await store.startJournal('r1');
    await journal.append(started);
    await journal.close();
    await appendFile(path('runs', 'r1', 'journal.ndjson'), '{"kind":"acc');
    await store.settleJournal('r1', { kind: 'run-finished', at, result: 'interrupted' });
    expect(await store.readUnfinishedJournals()).toEqual([]);
  });

  test('damaged in the middle is an error, not silence', async () => {
    await mkdir(path('runs', 'r1'), { recursive: true });
    await writeFile(
      path('runs', 'r1', 'journal.ndjson'),
      `${JSON.stringify(started)}\ngarbage\n${JSON.stringify(started)}\n${JSON.stringify(started)}\n`,
    );
    await expect(store.readUnfinishedJournals()).rejects.toMatchObject({ code: 'damaged' });
  });

  test('refuses an entry that is not of its schema', async () => {
    const journal = await store.startJournal('r1');
    expect(() => journal.append({ kind: 'begin' } as never)).toThrow();
    await journal.close();
  });
});

describe.skipIf(process.platform === 'win32')('files about runs', () => {
  const modeOf = async (...names: string[]): Promise<string> => ((await stat(path(...names))).mode & 0o777).toString(8);

  test('are for their owner alone, whatever was there before', async () => {
    await mkdir(path('runs'), { recursive: true });
    await writeFile(path('ledger.json'), JSON.stringify(emptyLedger('shop')));
    await chmod(path(), 0o777);
    await chmod(path('ledger.json'), 0o666);
    const held = await store.lock('ict apply');
    await store.writeLedger(emptyLedger('shop'));
    await store.writeLedger(emptyLedger('shop'));
    const journal = await store.startJournal('r1');
    await journal.append(started);
    await journal.close();
    expect(
      await Promise.all([modeOf('ledger.json'), modeOf('ledger.json.bak'), modeOf('runs', 'r1', 'journal.ndjson'), modeOf('lock')]),
    ).toEqual(Array.from({ length: 4 }, () => '600'));
    expect(await Promise.all([modeOf(), modeOf('runs', 'r1')])).toEqual(['700', '700']);
    await held.release();
  });
});

describe('a folder that is moved while somebody works in it', () => {
  test('is written to no more: neither there nor at its old place', async () => {
    const moved = `${folder}-moved`;
    await store.writeLedger(ledgerOf(serverEntry(1, 'a')));
    const held = await store.lock('ict apply');
    const journal = await store.startJournal('r1');
    await journal.append(started);
    await rename(folder, moved);
    try {
      for (const write of [
        () => store.writeLedger(emptyLedger('shop')),
        () => store.startJournal('r2'),
        () => store.settleJournal('r1', finished),
        () => store.lock('ict apply'),
      ])
        await expect(write()).rejects.toMatchObject({ code: 'moved', path: process.platform === 'linux' ? moved : '' });
      // The journal goes with its folder.
      await journal.append(finished);
      await journal.close();
      await held.release();
      await expect(stat(folder)).rejects.toThrow();
      const there = openProjectStore(moved, 'shop', { now: () => 0, elapsed: () => 0, sleep: () => Promise.resolve() });
      expect(Object.keys((await there.readLedger()).entries)).toEqual(['server.a']);
      expect(await there.readUnfinishedJournals()).toEqual([]);
      await (await there.lock('ict apply')).release();
    } finally {
      await rm(moved, { recursive: true, force: true });
    }
  });

  test('and replaced by another one is not that one', async () => {
    const held = await store.lock('ict apply');
    const moved = `${folder}-moved`;
    await rename(folder, moved);
    await mkdir(folder);
    try {
      await expect(store.startJournal('r1')).rejects.toMatchObject({ code: 'moved' });
      expect(await readdir(folder)).toEqual([]);
      await held.release();
    } finally {
      await rm(moved, { recursive: true, force: true });
    }
  });
});
