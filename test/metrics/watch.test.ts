import { chmod, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WatchEvent } from '#schemas/events/watch-event.ts';
import { metricsHistory } from '#schemas/metrics/metrics-history.ts';
import { type AgentLab, openAgentLab, startWatch } from './agent-lab.ts';

let lab: AgentLab;
beforeEach(async () => {
  lab = await openAgentLab();
});
afterEach(() => lab.close());

const METRICS = ['--metrics', '--metrics-interval', '1s'];
const isProject = ({ kind }: WatchEvent): boolean => kind === 'project';
const isAbout = (name: string, state: string) => (event: WatchEvent) =>
  event.kind === 'metrics' && event.address === `server.${name}` && event.state === state;
const metricsFolder = (): string => join(lab.folder, '.ict', 'shop', 'metrics');

async function apply(...names: readonly string[]): Promise<void> {
  await lab.write(lab.fileOf(...names));
  const { code, err } = await lab.run(['apply', '--yes', '--allow-deletes', '1']);
  if (code !== 0) throw new Error(err);
}

test('beside the project it says what servers do; targets follow the project; lines of input ask for looks; what is seen is kept', async () => {
  await apply('web', 'db');
  await lab.startAgent('web');
  const watch = startWatch(lab.run, METRICS);
  const [first] = await Promise.all([
    watch.until(isProject),
    watch.until((event) => event.kind === 'metrics' && event.state === 'live' && event.figures.cpuRatio !== undefined),
    watch.until(isAbout('db', 'unreachable')),
  ]);
  expect(watch.events[0]).toBe(first);
  expect(watch.events.find(isAbout('db', 'unreachable'))).toMatchObject({ why: 'no-agent' });
  expect(watch.events.find(isAbout('web', 'live'))).toMatchObject({ figures: { load1: 1, memory: { usedRatio: 0.75 } } });

  await apply('web', 'app');
  await lab.startAgent('app');
  watch.ask();
  const [after] = await Promise.all([watch.until(isProject), watch.until(isAbout('app', 'live'))]);
  expect(after.kind === 'project' && after.servers.map(({ name }) => name)).toEqual(['web', 'app']);
  // The one that is gone is looked at no more.
  const from = watch.events.length;
  await watch.until(isAbout('app', 'live'));
  await watch.until(isAbout('app', 'live'));
  expect(watch.events.slice(from).some((event) => event.kind === 'metrics' && event.address === 'server.db')).toBe(false);

  expect((await lab.run(['power', 'stop', 'web', '--yes'])).code).toBe(0);
  watch.ask();
  await watch.until(isProject);
  await watch.until(isAbout('app', 'live'));
  const quiet = watch.events.length;
  await watch.until(isAbout('app', 'live'));
  expect(watch.events.slice(quiet).some((event) => event.kind === 'metrics' && event.address === 'server.web')).toBe(false);

  expect(await readdir(metricsFolder())).toContain('lock');
  expect(await watch.end()).toBe(0);
  expect((await readdir(metricsFolder())).sort()).toEqual(['app.ring', 'db.ring', 'web.ring']);
  const { out } = await lab.run(['stats', '--since', '10m', '--json']);
  const { servers, marks } = metricsHistory.parse(JSON.parse(out));
  const upOf = (name: string) =>
    servers.find(({ address }) => address === `server.${name}`)?.series.find(({ figure }) => figure === 'upRatio');
  expect(upOf('app')?.mean.filter((value) => value !== null)).toEqual(expect.arrayContaining([1]));
  expect(marks.map(({ kind, text }) => [kind, text.text])).toEqual([
    ['apply', 'applied'],
    ['apply', 'applied'],
    ['power', 'switched off'],
  ]);
  expect(watch.complaints()).toBe('');
});

test('one reading of the panel serves the project and the metrics', async () => {
  await apply('web');
  await lab.startAgent('web');
  const readings: number[] = [];
  const count = (): void => {
    readings.push(lab.sandbox.requests.counts()['GET /server'] ?? 0);
    lab.sandbox.requests.clear();
  };
  lab.sandbox.requests.clear();
  const watch = startWatch(lab.run, METRICS);
  await watch.until(isAbout('web', 'live'));
  count();
  watch.ask();
  await watch.until(isProject);
  await watch.until(isAbout('web', 'live'));
  count();
  await watch.end();
  expect(readings).toEqual([1, 1]);
});

test('a mistake in the file is a problem, and what is collected goes on', async () => {
  await apply('web');
  await lab.startAgent('web');
  const watch = startWatch(lab.run, METRICS);
  await watch.until(isAbout('web', 'live'));
  await lab.write('version: 1\nproject: shop\nservers: { web: { cpu: none } }\n');
  watch.ask();
  await watch.until(({ kind }) => kind === 'problem');
  await watch.until(isAbout('web', 'live'));
  await lab.write(lab.fileOf('web'));
  watch.ask();
  await watch.until(isProject);
  await watch.until(isAbout('web', 'live'));
  expect(await watch.end('signal')).toBe(0);
});

test('a file with mistakes at first: collecting begins when it is whole', async () => {
  await apply('web');
  await lab.startAgent('web');
  await lab.write('version: 1\nproject: shop\nservers: { web: { cpu: none } }\n');
  const watch = startWatch(lab.run, METRICS);
  await watch.until(({ kind }) => kind === 'problem');
  await lab.write(lab.fileOf('web'));
  watch.ask();
  await watch.until(isAbout('web', 'live'));
  expect(await watch.end()).toBe(0);
});

test('no token is a problem; after signing in all begins', async () => {
  await apply('web');
  await lab.startAgent('web');
  const path = join(lab.folder, 'token');
  const watch = startWatch(lab.run, METRICS, { environment: { ONECLOUD_TOKEN: '', ONECLOUD_TOKEN_FILE: path } });
  const problem = await watch.until(({ kind }) => kind === 'problem');
  expect(problem).toMatchObject({ code: 'authentication' });
  await writeFile(path, lab.sandbox.token);
  await chmod(path, 0o600);
  watch.ask();
  await watch.until(isProject);
  await watch.until(isAbout('web', 'live'));
  expect(await watch.end()).toBe(0);
});

test('an agent that goes away is said with since when, and it comes back', async () => {
  await apply('web');
  await lab.startAgent('web');
  const watch = startWatch(lab.run, METRICS);
  await watch.until(isAbout('web', 'live'));
  await lab.stopAgent('web');
  const gone = await watch.untilMetrics(isAbout('web', 'unreachable'));
  const later = await watch.untilMetrics(isAbout('web', 'unreachable'));
  expect(later).toMatchObject({ why: 'no-agent', since: gone.state === 'unreachable' ? gone.since : '' });
  await lab.startAgent('web');
  await watch.until(isAbout('web', 'live'));
  await watch.end();
});

test.each<[string, readonly string[], Readonly<Record<string, string>>]>([
  ['without --metrics', [], {}],
  ['where no agents are wanted', METRICS, { ICT_AGENT: 'off' }],
])('%s nothing is looked at and nothing is kept', async (_reason, args, environment) => {
  await apply('web');
  await lab.startAgent('web');
  const watch = startWatch(lab.run, args, { environment });
  await watch.until(isProject);
  watch.ask();
  await watch.until(isProject);
  await watch.end();
  expect(watch.events.map(({ kind }) => kind)).toEqual(['project', 'project']);
  await expect(readdir(metricsFolder())).rejects.toThrow('ENOENT');
});

test('metrics that cannot be kept are shown all the same', async () => {
  await apply('web');
  await lab.startAgent('web');
  await rm(metricsFolder(), { recursive: true, force: true });
  await writeFile(metricsFolder(), 'in the way');
  const watch = startWatch(lab.run, METRICS);
  await watch.until(isAbout('web', 'live'));
  await watch.until(isAbout('web', 'live'));
  expect(await watch.end()).toBe(0);
});
