import { describe, expect, test } from 'vitest';
import { CloudError, type CloudErrorCode } from '#core/ports/cloud-provider.ts';
import type { ServerActionBody } from '#schemas/cloud/requests.ts';
import type { CloudTask } from '#schemas/state/actual.ts';
import { fakeClient, fakeServer, fakeTask } from '#test/cloud/fake-client.ts';
import { fakeContext } from '#test/cloud/fake-context.ts';
import { rebootServer, setPower } from './server-power.ts';

type Type = ServerActionBody['Type'];

interface Guest {
  readonly isOn: boolean;
  /** Actions the provider refuses, and how. */
  readonly refuses?: Partial<Record<Type, CloudErrorCode>>;
  /** Actions that are accepted and change nothing. */
  readonly ignores?: readonly Type[];
  /** Milliseconds until an action has its effect. */
  readonly delayMs?: number;
}

/** A server that does as it is told, after a while. */
function start({ isOn, refuses = {}, ignores = [], delayMs = 0 }: Guest) {
  const sent: Type[] = [];
  let power = { now: isOn, next: isOn, at: 0 };
  const isNowOn = (): boolean => (fake.clock.now() >= power.at ? power.next : power.now);
  const create = async (_id: number, { Type }: ServerActionBody): Promise<CloudTask> => {
    sent.push(Type);
    const code = refuses[Type];
    if (code !== undefined) throw new CloudError(code, `${Type} refused`);
    if (!ignores.includes(Type)) power = { now: isNowOn(), next: !/off|down/i.test(Type), at: fake.clock.now() + delayMs };
    return fakeTask({ id: sent.length, type: Type });
  };
  const client = fakeClient({
    actions: { create, list: async () => [] },
    servers: { get: async () => fakeServer({ isPowerOn: isNowOn() }) },
  });
  const fake = fakeContext(client);
  return { sent, ...fake };
}

describe('setPower', () => {
  test.each(['on', 'off'] as const)('a server that is already %s is left alone', async (power) => {
    const { context, hooks, sent, told } = start({ isOn: power === 'on' });
    expect(await setPower(context, 1, power, hooks)).toMatchObject({ isPowerOn: power === 'on' });
    expect([sent, told]).toEqual([[], []]);
  });

  test('on: power on, until it shows', async () => {
    const { context, hooks, sent } = start({ isOn: false, delayMs: 5000 });
    expect(await setPower(context, 1, 'on', hooks)).toMatchObject({ isPowerOn: true });
    expect(sent).toEqual(['PowerOn']);
  });

  test('off: the guest is asked, and that is enough when it follows', async () => {
    const { context, hooks, sent, told } = start({ isOn: true, delayMs: 20_000 });
    expect(await setPower(context, 1, 'off', hooks)).toMatchObject({ isPowerOn: false });
    expect(sent).toEqual(['ShutDownGuestOS']);
    expect(told[0]).toBe('accepted 1');
  });

  test('off: the power is cut when the guest has not followed within its grace', async () => {
    const { clock, context, hooks, sent, told } = start({ isOn: true, ignores: ['ShutDownGuestOS'] });
    expect(await setPower(context, 1, 'off', hooks)).toMatchObject({ isPowerOn: false });
    expect(sent).toEqual(['ShutDownGuestOS', 'PowerOff']);
    expect(told.filter((line) => line.startsWith('accepted'))).toEqual(['accepted 1', 'accepted 2']);
    expect(clock.now()).toBe(60_000);
  });

  test.each(['invalid-request', 'conflict'] as const)('off: a guest that refuses (%s) has its power cut at once', async (code) => {
    const { clock, context, hooks, sent } = start({ isOn: true, refuses: { ShutDownGuestOS: code } });
    await setPower(context, 1, 'off', hooks);
    expect(sent).toEqual(['ShutDownGuestOS', 'PowerOff']);
    expect(clock.now()).toBe(0);
  });

  test.each(['answer-lost', 'unauthorized', 'network'] as const)('off: %s is no refusal of the guest', async (code) => {
    const { context, hooks, sent } = start({ isOn: true, refuses: { ShutDownGuestOS: code } });
    await expect(setPower(context, 1, 'off', hooks)).rejects.toMatchObject({ code });
    expect(sent).toEqual(['ShutDownGuestOS']);
  });

  test('off: a guest that went down in the last moment, so that cutting is refused, is off', async () => {
    const { context, hooks } = start({ isOn: true, delayMs: 60_500, refuses: { PowerOff: 'invalid-request' } });
    const running = setPower(context, 1, 'off', hooks);
    // The refusal comes at 60 s and the guest is down half a second later, within the idle check's pause.
    await expect(running).rejects.toMatchObject({ code: 'invalid-request' });
    const late = start({ isOn: true, delayMs: 60_000, refuses: { PowerOff: 'invalid-request' } });
    expect(await setPower(late.context, 1, 'off', late.hooks)).toMatchObject({ isPowerOn: false });
  });
});

describe('rebootServer', () => {
  test.each([
    ['soft', false, ['RebootGuestOS']],
    ['hard', true, ['PowerReboot']],
  ])('%s', async (_how, hard, expected) => {
    const { context, hooks, sent } = start({ isOn: true });
    expect(await rebootServer(context, 1, hard, hooks)).toMatchObject({ isPowerOn: true });
    expect(sent).toEqual(expected);
  });

  test('a soft one that the guest refuses becomes hard', async () => {
    const { context, hooks, sent } = start({ isOn: true, refuses: { RebootGuestOS: 'invalid-request' } });
    await rebootServer(context, 1, false, hooks);
    expect(sent).toEqual(['RebootGuestOS', 'PowerReboot']);
  });

  test('a lost answer is no refusal', async () => {
    const { context, hooks, sent } = start({ isOn: true, refuses: { RebootGuestOS: 'answer-lost' } });
    await expect(rebootServer(context, 1, false, hooks)).rejects.toMatchObject({ code: 'answer-lost' });
    expect(sent).toEqual(['RebootGuestOS']);
  });
});
