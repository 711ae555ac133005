import { appendFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { OperationEvent } from '#schemas/events/operation-event.ts';
import { type EventTail, tailEvents } from './event-tail.ts';

let folder: string;
let path: string;
let tail: EventTail | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-tail-'));
  path = join(folder, 'events.ndjson');
});

afterEach(async () => {
  tail?.dispose();
  tail = undefined;
  await rm(folder, { recursive: true, force: true });
});

/** A line of the file with a text in it. */
const line = (text: string): string =>
  `${JSON.stringify({ kind: 'ansible-line', at: '2026-01-01T00:00:00.000Z', stream: 'stdout', text })}\n`;

/** Follows the file and collects the texts. */
function follow(): { readonly texts: string[]; readonly batches: number[]; readonly tail: EventTail } {
  const [texts, batches]: [string[], number[]] = [[], []];
  tail = tailEvents(path, (events: readonly OperationEvent[]) => {
    batches.push(events.length);
    for (const event of events) if (event.kind === 'ansible-line') texts.push(event.text);
  });
  return { texts, batches, tail };
}

test('tells what is there already, then what comes', async () => {
  await writeFile(path, line('one') + line('two'));
  const { texts, tail: own } = follow();
  await own.read();
  expect(texts).toEqual(['one', 'two']);
  await appendFile(path, line('three'));
  await own.read();
  expect(texts).toEqual(['one', 'two', 'three']);
});

test('a file that appears later is found', async () => {
  const { texts, tail: own } = follow();
  await own.read();
  expect(texts).toEqual([]);
  await writeFile(path, line('late'));
  await own.read();
  expect(texts).toEqual(['late']);
});

test('half a line waits for its other half, also when it is cut within a character', async () => {
  const bytes = Buffer.from(line('сервер 🚀 готов'));
  const cut = bytes.indexOf(Buffer.from('🚀')) + 2;
  await writeFile(path, bytes.subarray(0, cut));
  const { texts, tail: own } = follow();
  await own.read();
  expect(texts).toEqual([]);
  await appendFile(path, bytes.subarray(cut));
  await own.read();
  expect(texts).toEqual(['сервер 🚀 готов']);
});

test('lines of others and broken ones are passed over', async () => {
  await writeFile(path, `not json\n{"kind":"of a later version"}\n\n${line('ours')}`);
  const { texts, tail: own } = follow();
  await own.read();
  expect(texts).toEqual(['ours']);
});

test('a big file comes whole, in order and in few batches', async () => {
  const expected = Array.from({ length: 20_000 }, (_, index) => `line ${index} ${'я'.repeat(index % 50)}`);
  await writeFile(path, expected.map(line).join(''));
  const { texts, batches, tail: own } = follow();
  await own.read();
  expect(texts).toEqual(expected);
  expect(batches.length).toBeLessThan(200);
});

test('whoever asks during a reading gets what was there when he asked', async () => {
  await writeFile(path, line('one'));
  const { texts, tail: own } = follow();
  const first = own.read();
  await appendFile(path, line('two'));
  await Promise.all([first, own.read(), own.read()]);
  expect(texts).toEqual(['one', 'two']);
});

test('after dispose nothing is told', async () => {
  const { texts, tail: own } = follow();
  own.dispose();
  await writeFile(path, line('too late'));
  await own.read();
  expect(texts).toEqual([]);
});

test('a folder that is gone is no failure', async () => {
  path = join(folder, 'gone', 'events.ndjson');
  const { texts, tail: own } = follow();
  await own.read();
  expect(texts).toEqual([]);
});
