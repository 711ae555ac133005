import { describe, expect, test } from 'vitest';
import type { CloudTask } from '#schemas/state/actual.ts';
import { fakeClient, fakeTask, inTurn } from '#test/cloud/fake-client.ts';
import { fakeContext } from '#test/cloud/fake-context.ts';
import { awaitIdle, awaitTask } from './server-task.ts';

const running = fakeTask({ state: 'running', rawState: 'InProgress' });
const postponed = fakeTask({ state: 'postponed', rawState: 'Postponed' });
const failed = fakeTask({ state: 'failed', rawState: 'Canceled' });

function start(...seen: readonly (CloudTask | undefined)[]) {
  const fake = fakeContext(fakeClient({ actions: { get: inTurn(...seen) } }));
  const { context, hooks } = fake;
  const wait = (task: CloudTask | undefined) => awaitTask(context, 1, task, hooks.onAccepted, hooks.onProgress, hooks.signal);
  return { ...fake, wait };
}

describe('awaitTask', () => {
  test('says the id before it waits for anything', async () => {
    const { told, wait } = start(postponed, running, fakeTask());
    await wait(postponed);
    expect(told).toEqual(['accepted 7', 'Postponed', 'Postponed', 'InProgress']);
  });

  test('a task that is already completed costs no call', async () => {
    const { clock, told, wait } = start();
    await wait(fakeTask());
    expect(told).toEqual(['accepted 7']);
    expect(clock.now()).toBe(0);
  });

  test.each([
    ['at once', failed],
    ['later', running],
  ])('a task that fails %s', async (_when, first) => {
    await expect(start(failed).wait(first)).rejects.toMatchObject({
      code: 'task-failed',
      message: 'task 7 (Resize) of server 1 ended as "Canceled"',
      details: { providerMessage: 'Canceled' },
    });
  });

  test('a task that is not found any more is over', async () => {
    await expect(start(undefined).wait(running)).resolves.toBeUndefined();
  });

  test('a task that never ends', async () => {
    const { clock, wait } = start(running);
    await expect(wait(running)).rejects.toMatchObject({ code: 'task-timeout', details: { providerMessage: 'InProgress' } });
    expect(clock.now()).toBe(3_600_000);
  });

  test('an answer that named no task: the server is waited for until it is idle', async () => {
    const fake = fakeContext(fakeClient({ actions: { list: inTurn<readonly CloudTask[]>([running], [fakeTask()]) } }));
    await awaitTask(fake.context, 1, undefined, fake.hooks.onAccepted, fake.hooks.onProgress, fake.hooks.signal);
    expect(fake.told).toEqual(['InProgress']);
  });

  test('several tasks of one server share one list', async () => {
    const lists: string[] = [];
    const ended = [5, 6, 7].map((id) => fakeTask({ id }));
    const actions = {
      list: async () => {
        lists.push('list');
        return ended;
      },
    };
    const { context, hooks } = fakeContext(fakeClient({ actions }));
    await Promise.all(ended.map(({ id }) => awaitTask(context, 1, { ...running, id }, hooks.onAccepted, hooks.onProgress, hooks.signal)));
    expect(lists).toEqual(['list']);
  });
});

describe('awaitIdle', () => {
  const idle = (...lists: readonly (readonly CloudTask[])[]) => {
    const fake = fakeContext(fakeClient({ actions: { list: inTurn(...lists) } }));
    return { ...fake, wait: () => awaitIdle(fake.context, 1, fake.hooks.onProgress, fake.hooks.signal) };
  };

  test('waits for what runs and what is queued', async () => {
    const { told, wait } = idle([postponed, running], [postponed, fakeTask()], [fakeTask(), fakeTask()]);
    await wait();
    expect(told).toEqual(['Postponed', 'Postponed']);
  });

  test.each([
    ['no tasks at all', []],
    ['old failures', [failed, fakeTask()]],
  ])('%s is idle', async (_reason, tasks) => {
    const { clock, wait } = idle(tasks);
    await wait();
    expect(clock.now()).toBe(0);
  });
});
