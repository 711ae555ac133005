import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { liveMetricsParams, type LiveMetricsParams } from '#schemas/protocol/live-metrics.ts';
import { editor, EventEmitter, Uri, window, workspace } from '#test/helpers/fake-vscode.ts';
import { testLook, testSilence } from '#test/helpers/metrics-samples.ts';
import type { ProjectFeed, Viewer } from './project-feed.ts';
import { MetricsStore } from '../metrics/metrics-store.ts';
import { forwardMetricsToServer } from './forward-metrics-to-server.ts';

const FILE = '/project/infra.yaml';
const START = Date.parse('2026-01-01T10:00:00.000Z');

beforeEach(() => {
  editor.reset();
  vi.useFakeTimers({ now: START });
});
afterEach(() => void vi.useRealTimers());

/** A project with two servers whose file is in an editor, and what the language server is told. */
function open({ isOn, isShown = true }: { readonly isOn: boolean; readonly isShown?: boolean }) {
  workspace.settings.set('liveMetrics', isOn);
  if (isShown) window.visibleTextEditors.push({ document: { uri: Uri.file(FILE) } });
  const metrics = new MetricsStore();
  const changed = new EventEmitter<void>();
  const viewers = new Map<string, Viewer>();
  const told: LiveMetricsParams[] = [];
  const feed = {
    projects: [{ file: FILE, isStale: false, view: { servers: [{ address: 'server.web' }, { address: 'server.db' }] } }],
    onDidChange: changed.event,
    setViewer: (id: string, viewer: Viewer | undefined) => (viewer ? viewers.set(id, viewer) : viewers.delete(id)),
  };
  const telling = forwardMetricsToServer({
    feed: feed as unknown as ProjectFeed,
    metrics,
    send: (_method, params) => told.push(liveMetricsParams.parse(params)),
  });
  const look = (name: string): void => metrics.take(FILE, testLook(name, { at: new Date().toISOString() }));
  return { metrics, changed, viewers, told, look, telling };
}

test('who has not asked for it is told nothing, and nobody looks for it', () => {
  const { look, told, viewers } = open({ isOn: false });
  look('web');
  vi.advanceTimersByTime(60_000);
  expect([told, viewers.size]).toEqual([[], 0]);
});

test('a file in an editor is somebody who looks; a hidden one is nobody', () => {
  const { viewers, changed } = open({ isOn: true });
  expect([...viewers.values()]).toEqual([{ file: FILE, withMetrics: true }]);
  window.visibleTextEditors.length = 0;
  changed.fire();
  expect(viewers.size).toBe(0);
  expect(open({ isOn: true, isShown: false }).viewers.size).toBe(0);
});

test('looks are told together, the first ones soon and later ones every 15 seconds', () => {
  const { look, told } = open({ isOn: true });
  look('web');
  look('db');
  vi.advanceTimersByTime(1500);
  const live = { state: 'live', cpuRatio: 0.12, memoryRatio: 0.6, diskRatio: 0.41 };
  expect(told).toEqual([
    {
      file: FILE,
      servers: [
        { ...live, address: 'server.web' },
        { ...live, address: 'server.db' },
      ],
    },
  ]);
  for (let second = 0; second < 14; second += 1) {
    look('web');
    vi.advanceTimersByTime(1000);
  }
  expect(told).toHaveLength(1);
  vi.advanceTimersByTime(1000);
  expect(told).toHaveLength(2);
});

test('one that does not answer is told; one that never had an agent is not', () => {
  const { metrics, look, told } = open({ isOn: true });
  look('web');
  const at = new Date().toISOString();
  metrics.take(FILE, testSilence('web', { at, since: at }));
  metrics.take(FILE, testSilence('db', { at, why: 'no-agent' }));
  vi.advanceTimersByTime(1500);
  expect(told[0]?.servers).toEqual([{ state: 'unreachable', address: 'server.web', since: at }]);
});

test('what is old is taken back', () => {
  const { metrics, look, told } = open({ isOn: true });
  look('web');
  vi.advanceTimersByTime(61_500);
  metrics.take(FILE, testSilence('db', { at: new Date().toISOString(), why: 'no-agent' }));
  vi.advanceTimersByTime(15_000);
  expect(told.at(-1)).toEqual({ file: FILE, servers: [] });
});

test('disposed, it tells nothing more', () => {
  const { look, told, telling } = open({ isOn: true });
  look('web');
  telling.dispose();
  vi.advanceTimersByTime(60_000);
  expect(told).toEqual([]);
});
