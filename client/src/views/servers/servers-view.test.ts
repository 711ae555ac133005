import { beforeEach, expect, test } from 'vitest';
import type { ThemeIcon, TreeItem } from 'vscode';
import { createTextRenderer } from '#core/text/render-text.ts';
import type { ServerView } from '#schemas/events/watch-event.ts';
import { createMemento, editor, EventEmitter, workspace } from '#test/helpers/fake-vscode.ts';
import { testLook, testSilence } from '#test/helpers/metrics-samples.ts';
import { createFigureFormat } from '../../charts/format-figures.ts';
import { MetricsStore } from '../../metrics/metrics-store.ts';
import type { ProjectFeed, Viewer } from '../../project/project-feed.ts';
import type { Row } from '../row-tree.ts';
import { ServersView } from './servers-view.ts';

const FILE = '/project/infra.yaml';
const server = (name: string, more: Partial<ServerView> = {}): ServerView => ({
  address: `server.${name}`,
  name,
  entry: name,
  state: 'running',
  action: 'no-op',
  fields: [],
  protect: false,
  live: { id: 1, ip: '203.0.113.1', cpu: 2, ramMb: 2048, diskGb: 40 },
  ...more,
});

beforeEach(() => editor.reset());

/** A tree of these servers, all in one group as well, with the rows that the editor is told to paint. */
function open(servers: readonly ServerView[]) {
  const metrics = new MetricsStore();
  const changed = new EventEmitter<void>();
  const viewers: (Viewer | undefined)[] = [];
  const groups = servers.map(({ name, address }) => ({ name, isEntry: true, servers: [address] }));
  const view = { project: 'shop', servers, unmanaged: [], groups, others: [] };
  const feed = {
    projects: [{ file: FILE, isStale: false, view }],
    onDidChange: changed.event,
    setViewer: (_id: string, viewer: Viewer | undefined) => viewers.push(viewer),
  };
  const tree = new ServersView(
    {
      feed: feed as unknown as ProjectFeed,
      metrics,
      render: createTextRenderer('en', {}),
      format: createFigureFormat('en'),
      memory: createMemento(),
    },
    'group',
  );
  const fake = editor.trees.get('ict.servers');
  if (!fake) throw new Error('there is no tree');
  const painted: string[] = [];
  fake.provider.onDidChangeTreeData?.((row) => painted.push(row ? (row as Row).id : 'all'));
  const itemOf = (name: string): TreeItem =>
    fake.provider.getTreeItem((fake.provider.getChildren() as readonly Row[]).find(({ id }) => id.endsWith(`/server.${name}`))) as TreeItem;
  return { metrics, painted, itemOf, fake, viewers, tree };
}

const now = (): string => new Date().toISOString();

test('a look at one server paints the row of that server and no other', () => {
  const { metrics, painted, itemOf } = open([server('web'), server('db'), server('mail')]);
  metrics.take(FILE, testLook('db', { at: now() }));
  expect(painted).toEqual([`${FILE}#db/server.db`]);
  expect(itemOf('db').description).toBe('cpu 12% ▁ · ram 1.2/2 GB · disk 41% · 203.0.113.1');
  expect(itemOf('web').description).toBe('203.0.113.1 · 2 cores · 2 GB · 40 GB');
  metrics.take('/other/infra.yaml', testLook('web', { at: now() }));
  metrics.take(FILE, testLook('unknown', { at: now() }));
  expect(painted).toHaveLength(1);
});

test('what is too high has an icon and words for who does not see it', () => {
  const { metrics, itemOf } = open([server('web')]);
  metrics.take(FILE, testLook('web', { at: now(), diskRatio: 0.97 }));
  const item = itemOf('web');
  expect(item.iconPath as ThemeIcon).toMatchObject({ id: 'error', color: { id: 'list.errorForeground' } });
  expect(item.accessibilityInformation?.label).toBe(
    'web, running, processor 12%, memory 60% of 2 GB, disk 97% full, critical: hardly any disk space is left, 203.0.113.1',
  );
});

test('one that does not answer says since when, and why in its table', () => {
  const { metrics, itemOf } = open([server('web')]);
  metrics.take(FILE, testSilence('web', { at: now(), why: 'unreachable' }));
  const item = itemOf('web');
  expect(item.description).toMatch(/^unreachable since \d\d:\d\d · 203/);
  expect(item.iconPath as ThemeIcon).toMatchObject({ id: 'debug-disconnect' });
  expect((item.tooltip as { value: string }).value).toContain('| reason | the server cannot be reached |');
});

test('one that is off in the panel is not missed', () => {
  const { metrics, painted, itemOf } = open([server('web', { state: 'stopped' })]);
  metrics.take(FILE, testSilence('web', { at: now() }));
  expect(painted).toEqual([]);
  expect(itemOf('web').description).toBe('stopped · 203.0.113.1 · 2 cores · 2 GB · 40 GB');
});

test('switched off, rows say what they said before, and no metrics are asked for', () => {
  workspace.settings.set('tree.metrics', false);
  const { metrics, painted, itemOf, fake, viewers } = open([server('web')]);
  metrics.take(FILE, testLook('web', { at: now() }));
  expect(painted).toEqual([]);
  expect(itemOf('web').description).toBe('203.0.113.1 · 2 cores · 2 GB · 40 GB');
  fake.view.visible = true;
  fake.visibility.fire({ visible: true });
  expect(viewers.at(-1)).toEqual({ withMetrics: false });
});

test('the tree looks at metrics while it can be seen', () => {
  const { viewers, fake } = open([]);
  expect(viewers).toEqual([undefined]);
  fake.view.visible = true;
  fake.visibility.fire({ visible: true });
  fake.view.visible = false;
  fake.visibility.fire({ visible: false });
  expect(viewers).toEqual([undefined, { withMetrics: true }, undefined]);
});
