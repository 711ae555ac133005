import { describe, expect, test } from 'vitest';
import { checkWallClock, findWallClockUses } from '../scripts/wall-clock.mjs';

test('nothing is measured by the wall clock, which may be set at any time', () => expect(checkWallClock()).toEqual([]));

describe('finds', () => {
  test.each([
    [
      'a duration',
      'const startedAt = clock.now();\nawait work();\nconst elapsedMs = clock.now() - startedAt;',
      ['3: clock.now() - startedAt'],
    ],
    ['a deadline', 'const until = Date.now() + 5000;', ['1: Date.now() + 5000']],
    ['a wait for a deadline', 'while (Date.now() < until) await sleep();', ['1: Date.now() < until']],
    ['a reading kept in a field', 'this.#readAt = this.#clock.now();\nif (this.#readAt > limit) read();', ['2: this.#readAt > limit']],
    [
      'a reading kept in an object',
      'known.set(path, { atMs: clock.now() });\nif (known.get(path).atMs >= oldest) read();',
      ['2: known.get(path).atMs >= oldest'],
    ],
    ['a function given as the clock', 'const age = now() - stamp;', ['1: now() - stamp']],
    [
      'a moment given as a value',
      'export const isOld = (atMs: number, nowMs: number) => nowMs - atMs > LIMIT;',
      ['1: nowMs - atMs > LIMIT', '1: nowMs - atMs'],
    ],
    ['a stamp of an event', 'if (Date.parse(event.at) < limit) drop(event);', ['1: Date.parse(event.at) < limit']],
    ['the time of a file', 'const isOld = stats.mtimeMs < limit;', ['1: stats.mtimeMs < limit']],
    [
      'a reading within Math',
      'const ms = Math.max(0, due) - Math.floor(Date.now() / 1000);',
      ['1: Math.max(0, due) - Math.floor(Date.now() / 1000)'],
    ],
    ['a date in milliseconds', 'const ms = new Date().getTime() - before;', ['1: new Date().getTime() - before']],
    ['a deadline that grows', 'let until = Date.now();\nuntil += 500;', ['2: until += 500']],
  ])('%s', (_reason, text, uses) => expect(findWallClockUses('core/src/sample.ts', text)).toEqual(uses));
});

describe('leaves alone', () => {
  test.each([
    ['a stamp', 'const at = new Date(clock.now()).toISOString();'],
    [
      'the monotonic clock',
      'const startedAt = clock.elapsed();\nconst ms = clock.elapsed() - startedAt;\nconst more = performance.now() - before;',
    ],
    ['an age by the one function for it', 'const age = wallAgeMs(Date.parse(at), clock.now());'],
    ['the same name in another function', 'function a() { const at = clock.now(); return at; }\nfunction b(at: number) { return at - 1; }'],
    ['an object that is called now', 'const ratio = now.used / now.total - before.used / before.total;'],
  ])('%s', (_reason, text) => expect(findWallClockUses('core/src/sample.ts', text)).toEqual([]));

  test('the clock of the sandbox, which never goes back; but not that of its machine', () => {
    expect(findWallClockUses('sandbox/src/sample.ts', 'const dueInMs = dueMs - clock.now();')).toEqual([]);
    expect(findWallClockUses('sandbox/src/sample.ts', 'const dueInMs = dueMs - Date.now();')).toEqual(['1: dueMs - Date.now()']);
  });
});
