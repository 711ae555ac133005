import { EventEmitter } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { WatchEvent } from '#schemas/events/watch-event.ts';
import { testLook } from '#test/helpers/metrics-samples.ts';
import { startWatch } from './start-watch.ts';

/** In a folder that is there. */
const FILE = `${import.meta.dirname}/infra.yaml`;
const problem: WatchEvent = {
  kind: 'problem',
  format: 1,
  at: '2026-01-01T00:00:00.000Z',
  file: FILE,
  code: 'unavailable',
  text: { text: 'x' },
};

/** A process whose streams a test holds. */
class FakeProcess extends EventEmitter {
  readonly stdin = new PassThrough();
  readonly stdout = new PassThrough();
  readonly stderr = new PassThrough();
  readonly kill = vi.fn();

  /** Ends as a real one does: its streams first. */
  async end(exitCode: number): Promise<void> {
    this.stdout.end();
    await settle();
    this.emit('close', exitCode);
  }
}

/** Lets streams tell what they have. */
const settle = (): Promise<void> => new Promise((resolve) => process.nextTick(() => setImmediate(resolve)));

let children: FakeProcess[];
let events: WatchEvent[];
let started: (readonly string[])[];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  [children, events, started] = [[], [], []];
});

afterEach(() => void vi.useRealTimers());

const start = (withMetrics = false, file = FILE) =>
  startWatch(
    {
      startAttached: (words) => {
        started.push(words);
        const child = new FakeProcess();
        children.push(child);
        return child as unknown as ChildProcess;
      },
    },
    { file, withMetrics },
    (event) => events.push(event),
  );

test('tells what the process tells, and passes over what is none of it', async () => {
  const watch = start();
  children[0]?.stdout.write(`nonsense\n{"kind":"later"}\n${JSON.stringify(problem)}\n`);
  await settle();
  expect(events).toEqual([problem]);
  watch.ask();
  expect(children[0]?.stdin.read()?.toString()).toBe('look\n');
});

test('after its end nothing is told: the process may be of another account by then', async () => {
  const watch = start();
  watch.end();
  children[0]?.stdout.write(`${JSON.stringify(problem)}\n`);
  await children[0]?.end(0);
  expect(events).toEqual([]);
  expect(children[0]?.kill).toHaveBeenCalledOnce();
  vi.runAllTimers();
  expect(children).toHaveLength(1);
});

test('one that ends by itself is started again, ever more slowly, until it tells something', async () => {
  start();
  await children[0]?.end(1);
  vi.advanceTimersByTime(1000);
  expect(children).toHaveLength(2);
  await children[1]?.end(1);
  vi.advanceTimersByTime(1999);
  expect(children).toHaveLength(2);
  vi.advanceTimersByTime(1);
  expect(children).toHaveLength(3);
  children[2]?.stdout.write(`${JSON.stringify(problem)}\n`);
  await settle();
  await children[2]?.end(1);
  vi.advanceTimersByTime(1000);
  expect(children).toHaveLength(4);
});

test('its complaint is told', async () => {
  start();
  children[0]?.stderr.write('No network.\n');
  await settle();
  await children[0]?.end(5);
  expect(events).toMatchObject([{ kind: 'problem', code: 'unavailable', text: { text: '{0}', args: ['No network.'] } }]);
});

test('a folder that is gone is said to be gone, and not that the program is', async () => {
  start(false, '/gone/infra.yaml');
  children[0]?.emit('error', new Error('spawn /usr/bin/node ENOENT'));
  await children[0]?.end(1);
  expect(events).toMatchObject([{ code: 'unavailable', text: { text: 'The folder {0} is gone.', args: ['/gone'] } }]);
});

test('without a token it waits until it is asked', async () => {
  const watch = start();
  await children[0]?.end(4);
  expect(events).toMatchObject([{ code: 'authentication' }]);
  vi.advanceTimersByTime(600_000);
  expect(children).toHaveLength(1);
  watch.ask();
  expect(children).toHaveLength(2);
});

test('asked during a pause it does not wait, and starts once', async () => {
  const watch = start();
  await children[0]?.end(1);
  watch.ask();
  vi.advanceTimersByTime(600_000);
  expect(children).toHaveLength(2);
});

test('a pipe that breaks does not end the editor', () => {
  start();
  expect(() => children[0]?.stdin.emit('error', new Error('EPIPE'))).not.toThrow();
});

test.each([
  [false, ['watch', FILE]],
  [true, ['watch', FILE, '--metrics']],
])('with metrics: %s', (withMetrics, words) => {
  start(withMetrics);
  expect(started).toEqual([words]);
});

test('metrics are told and are no answer to a question', async () => {
  const watch = start(true);
  watch.ask();
  watch.ask();
  children[0]?.stdin.read();
  const event = testLook('web', { at: '2026-01-01T00:00:00.000Z' });
  children[0]?.stdout.write(`${JSON.stringify(event)}\n`);
  await settle();
  expect(events).toEqual([event]);
  watch.ask();
  expect(children[0]?.stdin.read()).toBeNull();
});

test('asked many times at once it looks twice: the first look may have begun before', async () => {
  const watch = start();
  for (let count = 0; count < 20; count += 1) watch.ask();
  expect(children[0]?.stdin.read()?.toString()).toBe('look\nlook\n');
  children[0]?.stdout.write(`${JSON.stringify(problem)}\n`);
  await settle();
  watch.ask();
  watch.ask();
  expect(children[0]?.stdin.read()?.toString()).toBe('look\n');
});
