import { describe, expect, test } from 'vitest';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { answer, fakeSend, request } from '#test/cloud/fake-send.ts';
import { createScriptedClock } from '#test/cloud/scripted-clock.ts';
import { HOUR_JUMPS, withUnsteadyWall } from '#test/helpers/unsteady-clock.ts';
import { createLane, limitRate } from './limit-rate.ts';
import type { ApiRequest, Send } from './transport.ts';

const settings = { readIntervalMs: 100, writeIntervalMs: 1000 };

function start(send: (request: ApiRequest, now: number) => ReturnType<Send>, startMs = 0) {
  const clock = createScriptedClock(startMs);
  return { clock, call: limitRate({ clock, settings })((one) => send(one, clock.now())) };
}

test('reads and writes keep their own pace and do not wait for each other', async () => {
  const starts: string[] = [];
  const { call } = start(async ({ method }, now) => {
    starts.push(`${method} ${now}`);
    return answer(200);
  });
  await Promise.all([request('POST'), request('GET'), request('DELETE'), request('GET'), request('GET')].map(call));
  expect(starts).toEqual(['POST 0', 'GET 0', 'GET 100', 'GET 200', 'DELETE 1000']);
});

test('a slow read does not keep the next one waiting', async () => {
  const ends: number[] = [];
  const clock = createScriptedClock(0);
  const call = limitRate({ clock, settings })(async () => {
    await clock.sleep(5000);
    ends.push(clock.now());
    return answer(200);
  });
  await Promise.all([call(request()), call(request())]);
  expect(ends).toEqual([5000, 5100]);
});

test('a Retry-After holds the whole lane, and only that one', async () => {
  const starts: string[] = [];
  const { call } = start(async ({ method }, now) => {
    starts.push(`${method} ${now}`);
    if (starts.length === 1) throw new CloudError('rate-limited', 'too many', { retryAfterMs: 7000 });
    return answer(200);
  });
  await expect(call(request('POST'))).rejects.toThrow('too many');
  await Promise.all([call(request('POST')), call(request('GET'))]);
  expect(starts).toEqual(['POST 0', 'GET 0', 'POST 7000']);
});

test('a Retry-After of a day holds nothing: nobody waits that long', async () => {
  const { call, clock } = start(async () => {
    throw new CloudError('rate-limited', 'too many', { retryAfterMs: 86_400_000 });
  });
  await expect(call(request())).rejects.toThrow();
  await expect(call(request())).rejects.toThrow();
  expect(clock.now()).toBe(100);
});

test('a call that is cancelled while it waits was certainly not sent', async () => {
  const { send, requests } = fakeSend(answer(200));
  const { call } = start(send);
  const stop = new AbortController();
  await call(request('POST'));
  const waiting = call(request('POST', stop.signal));
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'aborted' });
  expect(requests).toHaveLength(1);
});

const never = new AbortController().signal;

describe('createLane', () => {
  test('starts tasks in order, the least time apart', async () => {
    const clock = createScriptedClock(0);
    const lane = createLane(clock, 100);
    const starts: [number, number][] = [];
    const run = (index: number) => lane.run(async () => void starts.push([index, clock.now()]), never);
    await Promise.all([0, 1, 2].map(run));
    expect(starts).toEqual([
      [0, 0],
      [1, 100],
      [2, 200],
    ]);
  });

  test('runs one task at a time, however long it takes', async () => {
    const clock = createScriptedClock(0);
    const lane = createLane(clock, 10);
    let running = 0;
    const most: number[] = [];
    const task = async (): Promise<void> => {
      running += 1;
      most.push(running);
      await clock.sleep(500);
      running -= 1;
    };
    await Promise.all([lane.run(task, never), lane.run(task, never), lane.run(task, never)]);
    expect(most).toEqual([1, 1, 1]);
    expect(clock.now()).toBe(1500);
  });

  test.each(HOUR_JUMPS)('waits no longer than its interval or the hold when the wall clock is set by %d ms', async (jumpMs) => {
    const clock = createScriptedClock(0);
    const lane = createLane(withUnsteadyWall(clock, jumpMs), 100);
    const starts: number[] = [];
    const run = () => lane.run(async () => void starts.push(clock.elapsed()), never);
    await run();
    await run();
    lane.hold(700);
    await run();
    expect(starts).toEqual([0, 100, 800]);
  });

  test('lets nothing start during a hold, not even the task that was next', async () => {
    const clock = createScriptedClock(0);
    const lane = createLane(clock, 0);
    await lane.run(async () => lane.hold(5000), never);
    expect(await lane.run(async () => clock.now(), never)).toBe(5000);
  });

  test('lets a cancelled task go at once, and its turn to the next', async () => {
    const clock = createScriptedClock(0);
    const lane = createLane(clock, 1000);
    const stop = new AbortController();
    let isFreed = false;
    const first = lane.run(() => new Promise<void>((resolve) => void (free = resolve)), never);
    let free = (): void => undefined;
    const cancelled = lane.run(async () => 'never', stop.signal);
    const third = lane.run(async () => isFreed, never);
    stop.abort(new Error('enough'));
    await expect(cancelled).rejects.toThrow('enough');
    isFreed = true;
    free();
    await first;
    expect(await third).toBe(true);
    // Only one interval has passed: the cancelled task used none.
    expect(clock.now()).toBe(1000);
  });

  test('leaves the cancellation of a running task to the task', async () => {
    const clock = createScriptedClock(0);
    const lane = createLane(clock, 0);
    const stop = new AbortController();
    const running = lane.run(async () => {
      stop.abort();
      await clock.sleep(10);
      return 'carried out';
    }, stop.signal);
    expect(await running).toBe('carried out');
  });

  test('does not start a task that is cancelled from the beginning', async () => {
    const lane = createLane(createScriptedClock(0), 0);
    await expect(lane.run(async () => 'never', AbortSignal.abort(new Error('too late')))).rejects.toThrow('too late');
  });

  test('goes on after a task that failed', async () => {
    const lane = createLane(createScriptedClock(0), 0);
    await expect(lane.run(() => Promise.reject(new Error('broken')), never)).rejects.toThrow('broken');
    expect(await lane.run(async () => 'fine', never)).toBe('fine');
  });
});
