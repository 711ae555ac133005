import { describe, expect, test } from 'vitest';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import { HOUR_JUMPS, withUnsteadyWall } from '#test/helpers/unsteady-clock.ts';
import { later, usualHost, writePage } from '../testing/page-of-host.ts';
import { createVirtualClock } from '../testing/virtual-clock.ts';
import type { MetricsTarget, ReadPage } from '../transport/metrics-target.ts';
import { ReadError } from '../transport/read-error.ts';
import { startCollector } from './collector.ts';
import { type CollectorOptions, pauseAfter } from './follow-target.ts';

const target = (name: string): MetricsTarget => ({ address: `server.${name}`, endpoint: { kind: 'http', host: name, port: 9100 } });
const many = (count: number, prefix: string): MetricsTarget[] => Array.from({ length: count }, (_, index) => target(`${prefix}-${index}`));

/** A host that never answers. */
const neverAnswer = (signal: AbortSignal): Promise<string> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true }));

function open(read: (target: MetricsTarget, signal: AbortSignal, nowMs: number) => Promise<string>, more: Partial<CollectorOptions> = {}) {
  const clock = createVirtualClock();
  const events: MetricsEvent[] = [];
  const startMs = clock.now();
  const counts = { started: 0, running: 0, most: 0 };
  const readPage: ReadPage = async (item, signal) => {
    counts.started += 1;
    counts.running += 1;
    counts.most = Math.max(counts.most, counts.running);
    return read(item, signal, clock.now() - startMs).finally(() => (counts.running -= 1));
  };
  const collector = startCollector({
    read: readPage,
    clock,
    random: () => 0.5,
    intervalMs: 15_000,
    timeoutMs: 5000,
    concurrency: 8,
    spreadMs: 0,
    onEvent: (event) => events.push(event),
    ...more,
  });
  const of = (name: string): MetricsEvent[] => events.filter(({ address }) => address === `server.${name}`);
  return { clock, events, collector, counts, of, startMs };
}

/** The page of a host that has been half busy for that long. */
const answer = (nowMs: number): Promise<string> => Promise.resolve(writePage(later(usualHost, nowMs / 1000)));

test('a server is looked at, again soon for rates, then at each interval', async () => {
  const { clock, collector, of, startMs } = open((_target, _signal, nowMs) => answer(nowMs));
  collector.setTargets([target('web')]);
  await clock.advance(32_500);
  expect(of('web').map(({ at }) => Date.parse(at) - startMs)).toEqual([0, 2000, 17_000, 32_000]);
  expect(of('web').map((event) => event.state === 'live' && event.figures.cpuRatio)).toEqual([undefined, 0.5, 0.5, 0.5]);
  await collector.close();
});

test.each(HOUR_JUMPS)('is looked at as often, and has the same rates, when the wall clock is set by %d ms', async (jumpMs) => {
  const clock = createVirtualClock();
  const looks: number[] = [];
  const startMs = clock.elapsed();
  const { collector, events } = open(
    (_target, _signal) => {
      looks.push(clock.elapsed() - startMs);
      return answer(clock.elapsed() - startMs);
    },
    { clock: withUnsteadyWall(clock, jumpMs) },
  );
  collector.setTargets([target('web')]);
  await clock.advance(32_500);
  expect(looks).toEqual([0, 2000, 17_000, 32_000]);
  expect(events.map((event) => event.state === 'live' && [event.figures.cpuRatio, event.tookMs])).toEqual([
    [undefined, 0],
    [0.5, 0],
    [0.5, 0],
    [0.5, 0],
  ]);
  await collector.close();
});

test('200 dead servers do not delay 50 live ones', async () => {
  const { clock, collector, events } = open(({ address }, signal, nowMs) =>
    address.startsWith('server.dead') ? neverAnswer(signal) : answer(nowMs),
  );
  collector.setTargets([...many(200, 'dead'), ...many(50, 'live')]);
  const countLive = (): number => events.filter(({ state }) => state === 'live').length;
  // The dead come first and take every slot, 200 / 8 seconds long; from then on nobody waits for them.
  await clock.advance(30_000);
  const known = countLive();
  expect(known).toBeGreaterThanOrEqual(50);
  await clock.advance(600_000);
  expect(countLive() - known).toBeGreaterThanOrEqual(50 * 39);
  expect(countLive() - known).toBeLessThanOrEqual(50 * 41);
  await collector.close();
});

test('a dead server is looked at less and less often; since when it is gone is kept; it comes back', async () => {
  let isDead = true;
  const { clock, collector, of, startMs } = open((_target, signal, nowMs) => (isDead ? neverAnswer(signal) : answer(nowMs)));
  collector.setTargets([target('web')]);
  await clock.advance(240_000);
  const seen = of('web');
  expect(seen.map(({ at }) => (Date.parse(at) - startMs) / 1000)).toEqual([5, 20, 50, 110, 230]);
  expect(new Set(seen.map((event) => event.state === 'unreachable' && `${event.why} ${Date.parse(event.since) - startMs}`))).toEqual(
    new Set(['timeout 0']),
  );
  isDead = false;
  await clock.advance(130_000);
  expect(
    of('web')
      .slice(seen.length)
      .map(({ state }) => state),
  ).toEqual(['live', 'live']);
  isDead = true;
  await clock.advance(20_000);
  expect(of('web').at(-1)).toMatchObject({
    state: 'unreachable',
    since: expect.not.stringContaining(new Date(startMs).toISOString()) as string,
  });
  await collector.close();
});

test('no more looks at once than there are slots, while all answer', async () => {
  const { clock, collector, counts, events } = open(async (_target, _signal, nowMs) => {
    await new Promise((resolve) => setImmediate(resolve));
    return answer(nowMs);
  });
  collector.setTargets(many(100, 'web'));
  while (events.length < 100) await clock.advance(1);
  expect(counts.most).toBe(8);
  await collector.close();
});

test.each([
  ['a page of somebody else', () => Promise.resolve('<html>hello</html>\n'), 'bad-answer'],
  ['a failure that is ours', () => Promise.reject(new Error('broken')), 'unreachable'],
  ['the agent is not there', () => Promise.reject(new ReadError('no-agent', 'refused')), 'no-agent'],
] as const)('%s is said', async (_reason, read, why) => {
  const { clock, collector, of } = open(read);
  collector.setTargets([target('web')]);
  await clock.advance(10);
  expect(of('web')).toMatchObject([{ state: 'unreachable', why }]);
  await collector.close();
});

describe('changes while it runs', () => {
  test('targets come and go; those that stay go on', async () => {
    const { clock, collector, of } = open((_target, _signal, nowMs) => answer(nowMs));
    collector.setTargets([target('a'), target('b')]);
    await clock.advance(2500);
    collector.setTargets([target('b'), target('c')]);
    await clock.advance(15_000);
    expect([of('a').length, of('b').length, of('c').length]).toEqual([2, 3, 2]);
    expect(of('b').at(-1)).toMatchObject({ state: 'live', figures: { cpuRatio: 0.5 } });
    await collector.close();
  });

  test('a shorter interval counts at once, a longer one from the next look on', async () => {
    const { clock, collector, counts } = open((_target, _signal, nowMs) => answer(nowMs));
    collector.setTargets([target('a')]);
    await clock.advance(3000);
    collector.setIntervalMs(5000);
    await clock.advance(5100);
    expect(counts.started).toBe(4);
    collector.setIntervalMs(60_000);
    await clock.advance(59_000);
    expect(counts.started).toBe(5);
    collector.refresh();
    await clock.advance(10);
    expect(counts.started).toBe(6);
    await collector.close();
  });

  test('closing waits for the end of a look at a server that is no target any more', async () => {
    let finish = (): void => undefined;
    const { clock, collector, counts } = open(() => new Promise((_resolve, reject) => (finish = () => reject(new Error('too late')))));
    collector.setTargets([target('a')]);
    await clock.advance(10);
    collector.setTargets([]);
    let isClosed = false;
    const closing = collector.close().then(() => (isClosed = true));
    await clock.advance(10);
    expect([isClosed, counts.running]).toEqual([false, 1]);
    finish();
    await closing;
    expect(counts.running).toBe(0);
  });

  test('closing ends looks in progress and everything that waits; nothing is said afterwards', async () => {
    const { clock, collector, events, counts } = open((_target, signal) => neverAnswer(signal));
    collector.setTargets(many(30, 'dead'));
    await clock.advance(100);
    expect(counts.running).toBe(8);
    await collector.close();
    expect({ running: counts.running, sleeping: clock.sleeping, events: events.length }).toEqual({ running: 0, sleeping: 0, events: 0 });
    collector.setTargets([target('late')]);
    await clock.advance(60_000);
    expect(counts.started).toBe(8);
  });
});

test.each([
  [{ looks: 1, failures: 0, random: 0.5 }, 2000],
  [{ looks: 2, failures: 0, random: 0.5 }, 15_000],
  [{ looks: 2, failures: 0, random: 0 }, 14_250],
  [{ looks: 9, failures: 1, random: 0.5 }, 15_000],
  [{ looks: 9, failures: 3, random: 0.5 }, 60_000],
  [{ looks: 9, failures: 1000, random: 0.5 }, 120_000],
])('the pause after %j', (look, ms) => {
  expect(pauseAfter({ ...look, intervalMs: 15_000 })).toBe(ms);
});
