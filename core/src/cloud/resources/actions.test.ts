import { expect, test } from 'vitest';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { silentLogger } from '#core/ports/logger.ts';
import { answer, fakeSend, type Reaction } from '#test/cloud/fake-send.ts';
import { convertTask, createActionsResource } from './actions.ts';

const { signal } = new AbortController();

function start(reaction: Reaction) {
  const { requests, send } = fakeSend(reaction);
  return { requests, actions: createActionsResource({ send, logger: silentLogger }) };
}

test('a list is newest first, whatever order it came in', async () => {
  const { actions } = start(
    answer(
      200,
      [5, 7, 6].map((ID) => ({ ID, Type: 'PowerOn', State: 'Completed' })),
    ),
  );
  expect((await actions.list(1, signal)).map(({ id }) => id)).toEqual([7, 6, 5]);
});

test('a task that is not there is an answer', async () => {
  const { actions, requests } = start(new CloudError('not-found', 'gone'));
  expect(await actions.get(1, 7, signal)).toBeUndefined();
  expect(requests[0]?.path).toBe('/server/1/action/7');
});

test('an action is sent as it is', async () => {
  const { actions, requests } = start(answer(200, { ID: 7, Type: 'AddNetwork', State: 'InProgress' }));
  expect(await actions.create(1, { Type: 'AddNetwork', NetworkID: 51001 }, signal)).toMatchObject({ id: 7, state: 'running' });
  expect(requests[0]).toMatchObject({ method: 'POST', path: '/server/1/action', body: { Type: 'AddNetwork', NetworkID: 51001 } });
});

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
