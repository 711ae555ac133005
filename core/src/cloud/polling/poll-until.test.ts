import { describe, expect, test } from 'vitest';
import { CloudError } from '#core/ports/cloud-provider.ts';
import { createScriptedClock } from '#test/cloud/scripted-clock.ts';
import { HOUR_JUMPS, withUnsteadyWall } from '#test/helpers/unsteady-clock.ts';
import { pollUntil } from './poll-until.ts';
import { done, waitFor } from './verdict.ts';

const { signal } = new AbortController();

/** Reads the values one after another, the last one for ever; an error is thrown. */
function start(values: readonly (string | Error)[], timeoutMs = 100_000) {
  const clock = createScriptedClock(0);
  const states: string[] = [];
  let looks = 0;
  const options = {
    clock,
    what: 'the thing',
    intervalMs: 1000,
    timeoutMs,
    onProgress: (state: string) => states.push(state),
    read: async () => {
      const value = values[Math.min(looks, values.length - 1)] ?? '';
      looks += 1;
      if (value instanceof Error) throw value;
      return value;
    },
    judge: (value: string) => (value === 'Active' ? done(value) : waitFor(value)),
  };
  return { clock, states, options, looks: () => looks };
}

const cut = new CloudError('network', 'cut');

describe('pollUntil', () => {
  test('looks at once: what is already so takes no time', async () => {
    const { clock, options } = start(['Active']);
    expect(await pollUntil(options, signal)).toBe('Active');
    expect(clock.now()).toBe(0);
  });

  test.each(HOUR_JUMPS)('keeps its time limit when the wall clock is set by %d ms', async (jumpMs) => {
    const { clock, options } = start(['New'], 2500);
    await expect(pollUntil({ ...options, clock: withUnsteadyWall(clock, jumpMs) }, signal)).rejects.toMatchObject({ code: 'task-timeout' });
    expect(clock.sleeps).toEqual([1000, 1200, 300]);
  });

  test('tells each state, with pauses that grow gently', async () => {
    const { clock, options, states } = start(['New', 'New', 'Configuring', 'Active']);
    await pollUntil(options, signal);
    expect(states).toEqual(['New', 'New', 'Configuring']);
    expect(clock.sleeps).toEqual([1000, 1200, 1440]);
  });

  test('ends when the time is over, after a last look', async () => {
    const { clock, options } = start(['New'], 2500);
    await expect(pollUntil(options, signal)).rejects.toMatchObject({ code: 'task-timeout', details: { providerMessage: 'New' } });
    expect(clock.now()).toBe(2500);
  });

  test('forgives looks that fail in passing', async () => {
    const { options } = start(['New', cut, cut, 'New', cut, cut, 'Active']);
    expect(await pollUntil(options, signal)).toBe('Active');
  });

  test('does not forgive for ever', async () => {
    const { looks, options } = start(['New', cut]);
    await expect(pollUntil(options, signal)).rejects.toBe(cut);
    expect(looks()).toBe(4);
  });

  test('ends at once with a failure that will not pass', async () => {
    const denied = new CloudError('unauthorized', 'denied');
    await expect(pollUntil(start([denied]).options, signal)).rejects.toBe(denied);
  });

  test('ends with what the judge throws', async () => {
    const { options } = start(['NeedMoney']);
    const broke = new CloudError('need-money', 'no money');
    const judge = () => {
      throw broke;
    };
    await expect(pollUntil({ ...options, judge }, signal)).rejects.toBe(broke);
  });

  test('cancelled in a pause, it says what goes on', async () => {
    const stop = new AbortController();
    const { options } = start(['New']);
    const polling = pollUntil({ ...options, onProgress: () => stop.abort() }, stop.signal);
    await expect(polling).rejects.toMatchObject({ code: 'aborted', message: expect.stringContaining('the thing') });
  });

  test('cancelled in a look, it is cancelled and not broken', async () => {
    const stop = new AbortController();
    const { options } = start(['New']);
    const read = async (): Promise<string> => {
      stop.abort();
      throw cut;
    };
    await expect(pollUntil({ ...options, read }, stop.signal)).rejects.toMatchObject({ code: 'aborted' });
  });
});
