import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Uri as VsCodeUri, WebviewPanel } from 'vscode';
import { createTextRenderer } from '#core/text/render-text.ts';
import type { ProjectView, ServerView } from '#schemas/events/watch-event.ts';
import { dashboardMessage, type DashboardRequest, type DashboardState, type DashboardTarget } from '#schemas/protocol/dashboard.ts';
import { createPanel, editor, EventEmitter, type FakePanel, Uri } from '#test/helpers/fake-vscode.ts';
import { testHistory } from '#test/helpers/history-samples.ts';
import { testLook } from '#test/helpers/metrics-samples.ts';
import { createFigureFormat } from '../../charts/format-figures.ts';
import { MetricsStore } from '../../metrics/metrics-store.ts';
import type { CliResult } from '../../operations/cli.ts';
import type { ProjectFeed, ProjectState, Viewer } from '../../project/project-feed.ts';
import { renderDashboardHtml } from './dashboard-html.ts';
import { Dashboards } from './dashboards.ts';
import { selectServers } from './dashboard-panel.ts';

const FILE = '/project/infra.yaml';
const live = { id: 1, cpu: 2, ramMb: 2048, diskGb: 40 };
const server = (name: string, more: Partial<ServerView> = {}): ServerView => ({
  address: `server.${name}`,
  name,
  state: 'running',
  action: 'no-op',
  fields: [],
  protect: false,
  live,
  ...more,
});
const view = {
  project: 'shop',
  servers: [
    server('web-1', { entry: 'web' }),
    server('web-2', { entry: 'web', state: 'stopped' }),
    server('db'),
    server('new', { live: undefined }),
  ],
  groups: [{ name: 'front', isEntry: false, servers: ['server.web-1', 'server.db'] }],
} as unknown as ProjectView;

beforeEach(() => editor.reset());

/** Dashboards over a project, an engine whose answers a test holds, and what was asked of both. */
function open(project: Partial<ProjectState> = { view }) {
  const metrics = new MetricsStore();
  const changed = new EventEmitter<void>();
  const viewers = new Map<string, Viewer>();
  const asked: {
    readonly words: readonly string[];
    readonly signal: AbortSignal | undefined;
    answer(result: Partial<CliResult>): Promise<void>;
  }[] = [];
  const feed = {
    projects: [{ file: FILE, isStale: false, ...project }] as ProjectState[],
    onDidChange: changed.event,
    setViewer: (id: string, viewer: Viewer | undefined) => (viewer ? viewers.set(id, viewer) : viewers.delete(id)),
  };
  const onError = vi.fn();
  const dashboards = new Dashboards(
    {
      cli: {
        run: (words, { signal }) =>
          new Promise((resolve) => {
            const answer = (result: Partial<CliResult>): Promise<void> => {
              resolve({ exitCode: 0, stdout: '', stderr: '', ...result });
              return new Promise((after) => setImmediate(after));
            };
            asked.push({ words, signal, answer });
          }),
      },
      feed: feed as unknown as ProjectFeed,
      metrics,
      render: createTextRenderer('en', {}),
      format: createFigureFormat('en'),
      onError,
    },
    Uri.file('/extension') as unknown as VsCodeUri,
  );
  const show = async (target: DashboardTarget = { file: FILE, title: 'web', names: ['web'] }): Promise<FakePanel> => {
    await dashboards.show(target);
    const panel = editor.panels.at(-1);
    if (!panel) throw new Error('there is no panel');
    return panel;
  };
  return { dashboards, metrics, changed, viewers, asked, show, feed, onError };
}

const say = (panel: FakePanel, request: DashboardRequest): void => panel.said.fire(request);
const kindsOf = (panel: FakePanel): readonly unknown[] => panel.told.map((message) => dashboardMessage.parse(message).kind);
const now = (): string => new Date().toISOString();

test('a page that is there is told everything, and what it is told is what both have agreed on', async () => {
  const { show } = open();
  const panel = await show();
  expect(panel.title).toBe('web: metrics');
  expect(panel.told).toEqual([]);
  say(panel, { kind: 'ready' });
  expect(kindsOf(panel)).toEqual(['open', 'servers']);
  expect(panel.told).toMatchObject([
    { language: 'en', state: { range: '1h', isTable: false } },
    {
      servers: [
        { address: 'server.web-1', status: '' },
        { address: 'server.web-2', status: 'stopped' },
      ],
    },
  ]);
});

test('a project that has not been read yet has no servers that are known', async () => {
  const { show, changed, feed } = open({});
  const panel = await show();
  say(panel, { kind: 'ready' });
  expect(panel.told.at(-1)).toEqual({ kind: 'servers' });
  feed.projects = [{ file: FILE, isStale: false, view }];
  changed.fire();
  changed.fire();
  expect(panel.told.slice(2)).toMatchObject([{ kind: 'servers', servers: [{ name: 'web-1' }, { name: 'web-2' }] }]);
});

describe('the history', () => {
  const history = testHistory([1, 2], { 'server.web-1': { cpuRatio: [0.1, 0.2] } });
  test('is asked of the engine, and told with what was heard here', async () => {
    const { show, asked, metrics } = open();
    metrics.take(FILE, testLook('web-1', { at: '2026-01-01T00:00:00.000Z' }));
    const panel = await show();
    say(panel, { kind: 'read', range: '6h' });
    expect(asked[0]?.words).toEqual(['stats', 'web', '--since', '6h', '--points', '600', '--json', '--file', FILE]);
    await asked[0]?.answer({ stdout: JSON.stringify(history) });
    expect(panel.told).toMatchObject([
      { kind: 'history', range: '6h', answer: history, live: [{ address: 'server.web-1', points: [{}] }] },
    ]);
    expect(kindsOf(panel)).toEqual(['history']);
  });
  test('a newer question ends an older one', async () => {
    const { show, asked, onError } = open();
    const panel = await show();
    say(panel, { kind: 'read', range: '1h' });
    say(panel, { kind: 'read', range: '7d' });
    expect(asked.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
    await asked[0]?.answer({ stdout: JSON.stringify(history) });
    expect(panel.told).toEqual([]);
    await asked[1]?.answer({ stdout: JSON.stringify(history) });
    expect(panel.told).toMatchObject([{ range: '7d' }]);
    expect(onError).not.toHaveBeenCalled();
  });
  test.each([
    ['its own words', { exitCode: 2, stderr: 'No such group: web.\n' }, 'No such group: web.'],
    ['ours where it has none', { stdout: '{"kind":"other"}' }, 'The history could not be read.'],
  ])('that cannot be read is told by %s', async (_reason, result, text) => {
    const { show, asked } = open();
    const panel = await show();
    say(panel, { kind: 'read', range: '1h' });
    await asked[0]?.answer(result);
    expect(panel.told).toEqual([{ kind: 'trouble', range: '1h', text }]);
  });
});

test('looks at its servers are told, those at others are not', async () => {
  const { show, metrics } = open();
  const panel = await show();
  metrics.take(FILE, testLook('web-1', { at: now() }));
  metrics.take(FILE, testLook('db', { at: now() }));
  metrics.take('/other', testLook('web-1', { at: now() }));
  expect(panel.told).toMatchObject([{ kind: 'live', address: 'server.web-1', status: 'cpu 12% ▁ · ram 1.2/2 GB · disk 41%' }]);
});

test('hidden, nobody looks and the page is told nothing; shown, somebody does', async () => {
  const { show, metrics, viewers, asked } = open();
  const panel = await show();
  expect([...viewers.values()]).toEqual([{ file: FILE, withMetrics: true }]);
  say(panel, { kind: 'read', range: '1h' });
  panel.visible = false;
  panel.viewState.fire();
  expect(viewers.size).toBe(0);
  expect(asked[0]?.signal?.aborted).toBe(true);
  metrics.take(FILE, testLook('web-1', { at: now() }));
  expect(panel.told).toEqual([]);
  panel.visible = true;
  panel.viewState.fire();
  expect(viewers.size).toBe(1);
  panel.disposed.fire();
  expect(viewers.size).toBe(0);
});

test('a target has one dashboard; closed, it gets a new one', async () => {
  const { dashboards, show } = open();
  const first = await show();
  await dashboards.show({ file: FILE, title: 'web', names: ['web'] });
  expect(editor.panels).toHaveLength(1);
  expect(editor.shown).toEqual([{ kind: 'reveal', given: ['web: metrics'] }]);
  await show({ file: FILE, title: 'shop' });
  expect(editor.panels).toHaveLength(2);
  first.disposed.fire();
  await show();
  expect(editor.panels).toHaveLength(3);
});

describe('of an earlier window', () => {
  const revive = async (state: unknown): Promise<FakePanel & { isClosed: boolean }> => {
    const panel = Object.assign(createPanel('web: metrics'), { isClosed: false });
    panel.disposed.event(() => (panel.isClosed = true));
    await editor.serializers.get('ict.dashboard')?.deserializeWebviewPanel(panel as unknown as WebviewPanel, state);
    return panel;
  };
  test('it shows what it showed', async () => {
    open();
    const state: DashboardState = { target: { file: FILE, title: 'web', names: ['web'] }, range: '7d', isTable: true };
    const panel = await revive(state);
    say(panel, { kind: 'ready' });
    expect(panel.told[0]).toMatchObject({ kind: 'open', state });
    expect(panel.isClosed).toBe(false);
  });
  test('what nobody understands is closed', async () => {
    open();
    expect((await revive({ range: '1y' })).isClosed).toBe(true);
  });
});

describe('what is saved', () => {
  test.each([
    ['csv', 'a,b', 'a,b'],
    ['png', Buffer.from('picture').toString('base64'), 'picture'],
  ] as const)('%s goes where the user says', async (format, content, expected) => {
    const { show } = open();
    editor.answers.push(Uri.file('/tmp/chosen'));
    say(await show({ file: FILE, title: 'web-1, db: 2' }), { kind: 'save', format, content });
    await new Promise((resolve) => setImmediate(resolve));
    const [asked, written, told] = editor.shown;
    expect(asked?.given).toMatchObject([{ defaultUri: { path: `/project/web-1-db-2.${format}` } }]);
    expect(String(written?.given[1])).toBe(expected);
    expect(told).toEqual({ kind: 'information', given: ['Saved: /tmp/chosen'] });
  });
  test('and nowhere when the dialog is closed', async () => {
    const { show } = open();
    say(await show(), { kind: 'save', format: 'csv', content: '' });
    await new Promise((resolve) => setImmediate(resolve));
    expect(editor.shown.map(({ kind }) => kind)).toEqual(['save']);
  });
});

test('a message that nobody understands changes nothing', async () => {
  const { show, asked } = open();
  const panel = await show();
  for (const message of [undefined, 'ready', { kind: 'read', range: '1y' }, { kind: 'run', words: ['rm'] }]) panel.said.fire(message);
  expect([panel.told, asked, editor.shown]).toEqual([[], [], []]);
});

test('the page has one script by its nonce, one style sheet, and nothing else may load', async () => {
  const { show } = open();
  const [first, second] = [await show(), await show({ file: FILE, title: 'shop' })].map(({ webview }) => webview);
  expect(first?.options).toMatchObject({ enableScripts: true, localResourceRoots: [{ path: '/extension/dist' }] });
  const nonce = /nonce="([\w-]{20,})"/.exec(first?.html ?? '')?.[1] ?? '';
  expect(first?.html).toContain(`default-src 'none'; style-src https://files.example; script-src 'nonce-${nonce}'`);
  expect(second?.html).not.toContain(nonce);
});

test('a title cannot leave its place in the page', () => {
  const html = renderDashboardHtml({ language: 'en', title: '<script>"&', script: 's', style: 'c', source: 'x', nonce: 'n' });
  expect(html).toContain('<title>&lt;script&gt;&quot;&amp;</title>');
});

test.each<[string, readonly string[] | undefined, readonly string[]]>([
  ['the project', undefined, ['web-1', 'web-2', 'db']],
  ['an entry', ['web'], ['web-1', 'web-2']],
  ['a group', ['front'], ['web-1', 'db']],
  ['addresses', ['server.db', 'server.web-2'], ['web-2', 'db']],
  ['one that is not there yet', ['server.new'], []],
])('servers of %s', (_reason, names, expected) => {
  expect(selectServers(view, { file: FILE, title: '', ...(names ? { names: [...names] } : {}) }).map(({ name }) => name)).toEqual(expected);
});
