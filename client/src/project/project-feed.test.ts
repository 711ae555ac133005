import { EventEmitter } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { PassThrough } from 'node:stream';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { ProjectView, WatchEvent } from '#schemas/events/watch-event.ts';
import { createMemento } from '#test/helpers/fake-vscode.ts';
import { testLook } from '#test/helpers/metrics-samples.ts';
import { MetricsStore } from '../metrics/metrics-store.ts';
import type { Cli } from '../operations/cli.ts';
import { ProjectFeed } from './project-feed.ts';

interface Child {
  readonly file: string;
  readonly withMetrics: boolean;
  isAlive: boolean;
  tell(event: WatchEvent): Promise<void>;
}

let children: Child[];

beforeEach(() => {
  children = [];
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});

afterEach(() => void vi.useRealTimers());

/** An engine whose processes a test holds. */
const cli = {
  startAttached: ([, file = '', ...flags]: readonly string[]) => {
    const stdout = new PassThrough();
    const child: Child = {
      file,
      withMetrics: flags.includes('--metrics'),
      isAlive: true,
      tell: async (event) => {
        stdout.write(`${JSON.stringify(event)}\n`);
        await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
      },
    };
    children.push(child);
    const kill = (): boolean => {
      child.isAlive = false;
      return true;
    };
    return Object.assign(new EventEmitter(), {
      stdin: new PassThrough(),
      stdout,
      stderr: new PassThrough(),
      kill,
    }) as unknown as ChildProcess;
  },
} as unknown as Cli;

const view = (file: string, project = 'shop'): ProjectView => ({
  kind: 'project',
  format: 1,
  at: '2026-01-01T00:00:00.000Z',
  file,
  project,
  endpoint: 'https://api.example',
  account: {},
  servers: [],
  unmanaged: [],
  groups: [],
  others: [],
  notes: [],
  refusals: [],
});

const look = (feed: ProjectFeed, withMetrics = false): void => feed.setViewer('tree', { withMetrics });

const running = (): readonly string[] =>
  children.filter(({ isAlive }) => isAlive).map(({ file, withMetrics }) => `${file}${withMetrics ? ' with metrics' : ''}`);
const alive = (): readonly string[] => children.filter(({ isAlive }) => isAlive).map(({ file }) => file);

test('nothing runs before somebody looks, and nothing some time after nobody does', async () => {
  const feed = new ProjectFeed(cli, createMemento(), new MetricsStore());
  await feed.setFiles(['/a', '/b']);
  expect(alive()).toEqual([]);
  look(feed);
  expect(alive()).toEqual(['/a', '/b']);
  feed.setViewer('tree', undefined);
  expect(alive()).toEqual(['/a', '/b']);
  vi.advanceTimersByTime(5000);
  expect(alive()).toEqual([]);
});

test('shown again soon, the same processes go on', async () => {
  const feed = new ProjectFeed(cli, createMemento(), new MetricsStore());
  await feed.setFiles(['/a']);
  look(feed);
  feed.setViewer('tree', undefined);
  look(feed);
  vi.advanceTimersByTime(60_000);
  expect(children).toHaveLength(1);
  expect(alive()).toEqual(['/a']);
});

test('files that come and go have processes that do, and are told', async () => {
  const feed = new ProjectFeed(cli, createMemento(), new MetricsStore());
  let count = 0;
  feed.onDidChange(() => (count += 1));
  look(feed);
  await feed.setFiles(['/a']);
  await feed.setFiles(['/b']);
  expect(alive()).toEqual(['/b']);
  expect(count).toBe(2);
});

test('the last view is there in the next window, marked as old', async () => {
  const memory = createMemento();
  const first = new ProjectFeed(cli, memory, new MetricsStore());
  await first.setFiles(['/a']);
  look(first);
  await children[0]?.tell(view('/a'));
  expect(first.projects).toEqual([{ file: '/a', view: view('/a'), isStale: false }]);
  expect(first.isReading).toBe(true);
  first.dispose();
  const second = new ProjectFeed(cli, memory, new MetricsStore());
  await second.setFiles(['/a']);
  expect(second.projects).toEqual([{ file: '/a', view: view('/a'), isStale: true }]);
  expect(second.isReading).toBe(false);
});

test('what an earlier version has stored and nobody understands is nothing', async () => {
  const feed = new ProjectFeed(cli, createMemento({ 'ict.project./a': { kind: 'project', format: 0 } }), new MetricsStore());
  await feed.setFiles(['/a']);
  expect(feed.projects).toEqual([{ file: '/a', isStale: true }]);
});

test('after a change of account the processes of the other one tell nothing', async () => {
  const feed = new ProjectFeed(cli, createMemento(), new MetricsStore());
  await feed.setFiles(['/a']);
  look(feed);
  await children[0]?.tell(view('/a', 'mine'));
  feed.refresh({ restart: true });
  expect(feed.projects[0]).toMatchObject({ isStale: true });
  await children[0]?.tell(view('/a', 'of-the-other'));
  expect(feed.projects[0]?.view?.project).toBe('mine');
  await children[1]?.tell(view('/a', 'new'));
  expect(feed.projects[0]).toMatchObject({ isStale: false, view: { project: 'new' } });
});

test('disposed, it ends its processes', async () => {
  const feed = new ProjectFeed(cli, createMemento(), new MetricsStore());
  await feed.setFiles(['/a']);
  look(feed);
  feed.dispose();
  expect(alive()).toEqual([]);
});

test('what a server is doing goes to the store and is no change of a project', async () => {
  const metrics = new MetricsStore();
  const feed = new ProjectFeed(cli, createMemento(), metrics);
  await feed.setFiles(['/a']);
  look(feed, true);
  let count = 0;
  feed.onDidChange(() => (count += 1));
  const event = testLook('web', { at: '2026-01-01T00:00:00.000Z' });
  await children[0]?.tell(event);
  expect(count).toBe(0);
  expect(metrics.of('/a', 'server.web')?.newest).toEqual(event);
  await children[0]?.tell(view('/a'));
  expect(metrics.of('/a', 'server.web')).toBeUndefined();
});

test('a dashboard makes the process of its file look at servers; closed, the tree has what it had', async () => {
  const feed = new ProjectFeed(cli, createMemento(), new MetricsStore());
  await feed.setFiles(['/a', '/b']);
  look(feed);
  expect(running()).toEqual(['/a', '/b']);
  feed.setViewer('dashboard', { file: '/a', withMetrics: true });
  expect(running()).toEqual(['/b', '/a with metrics']);
  feed.setViewer('dashboard', undefined);
  vi.advanceTimersByTime(5000);
  expect(running()).toEqual(['/b', '/a']);
});

test('a dashboard alone has the process of its own file and no other', async () => {
  const feed = new ProjectFeed(cli, createMemento(), new MetricsStore());
  await feed.setFiles(['/a', '/b']);
  feed.setViewer('dashboard', { file: '/b', withMetrics: true });
  expect(running()).toEqual(['/b with metrics']);
  feed.setViewer('dashboard', undefined);
  vi.advanceTimersByTime(5000);
  expect(running()).toEqual([]);
});

test('metrics of another account are forgotten', async () => {
  const metrics = new MetricsStore();
  const feed = new ProjectFeed(cli, createMemento(), metrics);
  await feed.setFiles(['/a']);
  look(feed, true);
  await children[0]?.tell(testLook('web', { at: '2026-01-01T00:00:00.000Z' }));
  feed.refresh({ restart: true });
  expect(metrics.of('/a', 'server.web')).toBeUndefined();
});
