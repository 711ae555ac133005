import { expect, test } from 'vitest';
import type { Clock } from '../../ports/clock.ts';
import { openTurns } from './turns.ts';

/** A clock whose pauses end when the test says so, or their signal does. */
function pausingClock() {
  const ends: (() => void)[] = [];
  const clock: Clock = {
    now: () => 0,
    elapsed: () => 0,
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
        ends.push(resolve);
      }),
  };
  return { clock, endPause: () => ends.at(-1)?.() };
}

/** Lines that a test writes one at a time. */
function writtenLines() {
  const waiting: ((line: IteratorResult<string>) => void)[] = [];
  let closings = 0;
  const lines: AsyncIterable<string> = {
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise((resolve) => waiting.push(resolve)),
      return: () => {
        closings += 1;
        return Promise.resolve({ done: true, value: undefined });
      },
    }),
  };
  return {
    lines,
    write: (value: string) => waiting.shift()?.({ done: false, value }),
    end: () => waiting.shift()?.({ done: true, value: undefined }),
    closings: () => closings,
  };
}

const { signal: never } = new AbortController();

test('the interval brings the next turn', async () => {
  const { clock, endPause } = pausingClock();
  const turn = openTurns(writtenLines().lines, clock).next(1000, never);
  endPause();
  expect(await turn).toBe('again');
});

test('each line brings one turn, before its time', async () => {
  const { clock } = pausingClock();
  const { lines, write } = writtenLines();
  const turns = openTurns(lines, clock);
  for (const line of ['', 'now']) {
    const turn = turns.next(1000, never);
    write(line);
    expect(await turn).toBe('again');
  }
});

test('a line that came during a look is not lost', async () => {
  const { clock, endPause } = pausingClock();
  const { lines, write } = writtenLines();
  const turns = openTurns(lines, clock);
  const first = turns.next(1000, never);
  endPause();
  await first;
  write('now');
  expect(await turns.next(1000, never)).toBe('again');
});

test('the end of the input ends the turns', async () => {
  const { clock } = pausingClock();
  const { lines, end } = writtenLines();
  const turn = openTurns(lines, clock).next(1000, never);
  end();
  expect(await turn).toBe('over');
});

test('the signal ends the turns without waiting for the interval', async () => {
  const { clock } = pausingClock();
  const leave = new AbortController();
  const turn = openTurns(writtenLines().lines, clock).next(1000, leave.signal);
  leave.abort();
  expect(await turn).toBe('over');
});

test('closing leaves the input alone', () => {
  const { lines, closings } = writtenLines();
  openTurns(lines, pausingClock().clock).close();
  expect(closings()).toBe(1);
});
