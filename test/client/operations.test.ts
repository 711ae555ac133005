import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createCli } from '#client/operations/cli.ts';
import { openOperationFolder } from '#client/operations/operation-folder.ts';
import { type Operation, Operations } from '#client/operations/operations.ts';
import type { OperationEvent } from '#schemas/events/operation-event.ts';

/**
 * A stand-in for the engine that tells events as it does: `ends CODE`, `waits` until Ctrl-C or until the file `go` is there,
 * `silent CODE` ends without an event.
 */
const PROGRAM = `
const { appendFileSync, existsSync, writeSync } = require('node:fs');
const words = process.argv.slice(4);
const path = words[words.indexOf('--events') + 1];
const tell = (event) => appendFileSync(path, JSON.stringify({ at: new Date().toISOString(), ...event }) + '\\n');
const finish = (exitCode) => {
  tell({ kind: 'operation-finished', exitCode, text: { text: 'end' }, elapsedMs: 1 });
  // What a person reads comes last, after the last event.
  writeSync(2, 'last words');
  process.exit(exitCode);
};
const [what, code] = words;
if (what === 'silent') process.exit(Number(code));
process.on('SIGINT', () => finish(130));
tell({ kind: 'operation-started', format: 1, operation: what, run: 'run', file: '/infra.yaml', pid: process.pid });
tell({ kind: 'ansible-line', stream: 'stdout', text: 'hello' });
if (what === 'ends') finish(Number(code));
if (what === 'waits') setInterval(() => existsSync(path + '.go') && finish(0), 20);
`;

let folder: string;
let told: [string, OperationEvent['kind']][];
const windows: Operations[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-window-'));
  await writeFile(join(folder, 'cli.cjs'), PROGRAM);
  told = [];
});

afterEach(async () => {
  for (const window of windows.splice(0)) {
    for (const { id, state } of window.list) if (state.status === 'running') window.cancel(id);
    window.dispose();
  }
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
});

/** The operations of a new window of the editor. */
function openWindow(): Operations {
  const cli = createCli(join(folder, 'cli.cjs'), 'en', () => ({ variables: {} }));
  const operations = new Operations(cli, openOperationFolder(join(folder, 'operations')), ({ id }, { kind }) => told.push([id, kind]));
  windows.push(operations);
  return operations;
}

const file = (): string => join(folder, 'infra.yaml');

/** Waits until an operation is as it shall be; changes are told by the operations themselves. */
function until(operations: Operations, isSo: (operation: Operation) => boolean): Promise<Operation> {
  const now = operations.list.find(isSo);
  if (now) return Promise.resolve(now);
  return new Promise((resolve) => {
    const subscription = operations.onDidChange((operation) => {
      if (!isSo(operation)) return;
      subscription.dispose();
      resolve(operation);
    });
  });
}

const isStarted = ({ state }: Operation): boolean => state.pid !== undefined;

test.each([
  ['it ends well', ['ends', '0'], { status: 'done', exitCode: 0 }],
  ['it fails', ['ends', '9'], { status: 'failed', exitCode: 9 }],
  ['it ends before its first event', ['silent', '3'], { status: 'failed', exitCode: 3 }],
])('%s', async (_reason, words, expected) => {
  const operations = openWindow();
  const { id, ended } = await operations.start('Title', file(), words);
  const operation = await ended;
  expect(operation.state).toMatchObject(expected);
  expect(operations.get(id)).toEqual(operation);
});

test('when it has ended its last words can be read', async () => {
  const operations = openWindow();
  const { id, ended } = await operations.start('Title', file(), ['ends', '5']);
  await ended;
  expect(await operations.readOutput(id)).toBe('last words');
});

test('cancel sends Ctrl-C, and it ends as cancelled', async () => {
  const operations = openWindow();
  const { id, ended } = await operations.start('Title', file(), ['waits']);
  await until(operations, isStarted);
  operations.cancel(id);
  expect((await ended).state).toMatchObject({ status: 'cancelled', exitCode: 130 });
});

test('one that was asked to stop says so until it has ended', async () => {
  const operations = openWindow();
  const { id, ended } = await operations.start('Title', file(), ['waits']);
  await until(operations, isStarted);
  operations.cancel(id);
  expect(operations.get(id)).toMatchObject({ isStopping: true, state: { status: 'running' } });
  expect(await ended).toMatchObject({ isStopping: false, state: { status: 'cancelled' } });
});

test('cancelled before its first event it ends as cancelled too', async () => {
  const operations = openWindow();
  const { id, ended } = await operations.start('Title', file(), ['waits']);
  operations.cancel(id);
  expect((await ended).state.status).toBe('cancelled');
});

test('killed, it is lost', async () => {
  const operations = openWindow();
  const { ended } = await operations.start('Title', file(), ['waits']);
  const { state } = await until(operations, isStarted);
  process.kill(state.pid ?? 0, 'SIGKILL');
  expect((await ended).state.status).toBe('lost');
});

test('it survives a reload of the window, and the new one follows it to its end', async () => {
  const first = openWindow();
  const { id } = await first.start('Apply web', file(), ['waits']);
  await until(first, isStarted);
  first.dispose();
  told = [];
  const second = openWindow();
  await second.restore();
  expect(second.get(id)).toMatchObject({ title: 'Apply web', state: { status: 'running', operation: 'waits' } });
  await writeFile(join(folder, 'operations', id, 'events.ndjson.go'), '');
  const ended = await second.whenEnded(id);
  expect(ended.state).toMatchObject({ status: 'done', exitCode: 0 });
  // The channels of the new window are empty, so they get its beginning too.
  expect(told).toEqual(['operation-started', 'ansible-line', 'operation-finished'].map((kind) => [id, kind]));
});

test('a new window can cancel what an earlier one started', async () => {
  const first = openWindow();
  const { id } = await first.start('Apply', file(), ['waits']);
  await until(first, isStarted);
  first.dispose();
  const second = openWindow();
  await second.restore();
  second.cancel(id);
  expect((await until(second, ({ state }) => state.status !== 'running')).state.status).toBe('cancelled');
});

test('what ended while no window was open is shown, and not told to the channels again', async () => {
  const first = openWindow();
  const { id, ended } = await first.start('Apply', file(), ['ends', '0']);
  await ended;
  first.dispose();
  told = [];
  const second = openWindow();
  await second.restore();
  expect(second.get(id)?.state.status).toBe('done');
  expect(told).toEqual([]);
});

test('what was killed while no window was open is lost', async () => {
  const first = openWindow();
  const { id, ended } = await first.start('Apply', file(), ['waits']);
  const { state } = await until(first, isStarted);
  first.dispose();
  process.kill(state.pid ?? 0, 'SIGKILL');
  await ended;
  const second = openWindow();
  await second.restore();
  expect(second.get(id)?.state.status).toBe('lost');
});

test.skipIf(process.platform === 'win32')('the number of a process that is another one now is not ours to stop', async () => {
  const stored = openOperationFolder(join(folder, 'operations'));
  const files = await stored.create({
    id: '20260101-a',
    words: ['apply'],
    file: file(),
    title: 'Apply',
    startedAt: new Date().toISOString(),
  });
  const started = {
    kind: 'operation-started',
    at: '2026-01-01T00:00:00.000Z',
    format: 1,
    operation: 'apply',
    run: 'run',
    file: file(),
    pid: process.pid,
  };
  await writeFile(files.events, `${JSON.stringify(started)}\n`);
  const operations = openWindow();
  await operations.restore();
  expect(operations.get('20260101-a')?.state.status).toBe('lost');
});

test('newest first, whichever window has started them', async () => {
  const first = openWindow();
  await (
    await first.start('one', file(), ['ends', '0'])
  ).ended;
  first.dispose();
  const second = openWindow();
  await (
    await second.start('two', file(), ['ends', '0'])
  ).ended;
  await second.restore();
  expect(second.list.map(({ title }) => title)).toEqual(['two', 'one']);
});

test('one that cannot be started at all is an error, and nothing is left running', async () => {
  await writeFile(join(folder, 'operations'), 'a file in the way');
  const operations = openWindow();
  await expect(operations.start('Apply', file(), ['ends', '0'])).rejects.toThrow();
  expect(operations.list).toEqual([]);
});
