import { expect, test } from 'vitest';
import { createManualTimers } from '#test/protocol/manual-timers.ts';
import { LensReminder } from './lens-reminder.ts';

const URI = 'file:///project/infra.yaml';

function open() {
  const timers = createManualTimers();
  let count = 0;
  const reminder = new LensReminder(timers, () => (count += 1));
  return { timers, reminder, count: () => count };
}

test('blank rows of lenses in a window whose text has not had the focus: the editor is reminded, a few times at most', async () => {
  const { timers, reminder, count } = open();
  reminder.opened(URI);
  const waits: number[] = [];
  while (timers.pending.length > 0) {
    waits.push(...timers.pending);
    await timers.runFirst();
  }
  expect([count(), waits]).toEqual([3, [2000, 4000, 8000]]);
});

test('a reminder that gets lost is followed by another, until the lenses are shown', async () => {
  const { timers, reminder, count } = open();
  reminder.opened(URI);
  await timers.runFirst();
  reminder.forget(URI);
  expect([count(), timers.pending]).toEqual([1, []]);
});

test.each([
  ['shows its lenses or is closed', (reminder: LensReminder) => reminder.forget(URI)],
  ['is open when the server ends', (reminder: LensReminder) => reminder.dispose()],
])('nobody is reminded of a document that %s', (_reason, act) => {
  const { timers, reminder, count } = open();
  reminder.opened(URI);
  reminder.opened('file:///other.yaml');
  act(reminder);
  reminder.forget('file:///other.yaml');
  expect([count(), timers.pending]).toEqual([0, []]);
});

test('a document that is opened again has one reminder', () => {
  const { timers, reminder } = open();
  reminder.opened(URI);
  reminder.opened(URI);
  expect(timers.pending).toHaveLength(1);
});

test('an editor that cannot be reminded costs no timer', () => {
  const timers = createManualTimers();
  new LensReminder(timers, undefined).opened(URI);
  expect(timers.pending).toEqual([]);
});
