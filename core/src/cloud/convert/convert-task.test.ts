import { expect, test } from 'vitest';
import { convertTask } from './convert-task.ts';

test.each([
  ['InProgress', 'running'],
  ['Completed', 'completed'],
  ['completed', 'completed'],
  ['Postponed', 'postponed'],
  ['Failed', 'failed'],
  ['Error', 'failed'],
  ['Canceled', 'failed'],
  ['Cancelled', 'failed'],
  ['Thinking', 'running'],
  ['', 'running'],
] as const)('a task that is "%s" is %s', (State, state) => {
  expect(convertTask({ ID: 1, Type: 'Resize', State, StartDate: undefined, EndDate: undefined })).toEqual({
    id: 1,
    type: 'Resize',
    state,
    rawState: State,
  });
});

test('a task without a type still counts', () => {
  expect(convertTask({ ID: 1, Type: undefined, State: 'InProgress', StartDate: undefined, EndDate: undefined }).type).toBe('');
});
