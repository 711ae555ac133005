import { CloudError, type CloudErrorCode } from '#core/ports/cloud-provider.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import { requirePresent } from './judge-new.ts';
import type { ProviderContext } from './provider-context.ts';
import { awaitIdle } from './server-task.ts';
import { awaitChange, runAction, type WriteHooks } from './server.ts';

/** Ways in which a guest without working tools refuses a soft request: then the hard one is due. */
const softRefusals: ReadonlySet<CloudErrorCode> = new Set(['invalid-request', 'conflict', 'task-failed']);

/** Sets the power and waits until it is so. A server that is already so is left alone. */
export async function setPower(context: ProviderContext, id: number, power: 'on' | 'off', hooks: WriteHooks): Promise<ActualServer> {
  const server = requirePresent(`server ${id}`, await context.client.servers.get(id, hooks.signal));
  if (server.isPowerOn === (power === 'on')) return server;
  if (power === 'on') {
    await runAction(context, id, { Type: 'PowerOn' }, hooks);
    return awaitPower(context, id, true, hooks);
  }
  return (await shutDownGuest(context, id, hooks)) ?? cutPower(context, id, hooks);
}

/** Reboots and waits until the server is on. A soft reboot that the guest refuses becomes a hard one. */
export async function rebootServer(context: ProviderContext, id: number, hard: boolean, hooks: WriteHooks): Promise<ActualServer> {
  const isHard = hard || (await orRefused(() => runAction(context, id, { Type: 'RebootGuestOS' }, hooks))) === 'refused';
  if (isHard) await runAction(context, id, { Type: 'PowerReboot' }, hooks);
  return awaitPower(context, id, true, hooks);
}

/**
 * Asks the guest to shut down; undefined when it refuses or has not followed within the grace. What counts is the power, not
 * the task: a guest without working tools may leave the task running for ever.
 */
async function shutDownGuest(context: ProviderContext, id: number, hooks: WriteHooks): Promise<ActualServer | undefined> {
  const answer = await orRefused(() => context.client.actions.create(id, { Type: 'ShutDownGuestOS' }, hooks.signal));
  if (answer === 'refused') return undefined;
  if (answer !== undefined) await hooks.onAccepted(answer.id);
  const server = await orTimedOut(() => awaitPower(context, id, false, hooks, context.shutdownGraceMs));
  if (server === 'timed-out') return undefined;
  await orTimedOut(() => awaitIdle(context, id, hooks.onProgress, hooks.signal, context.settleTimeoutMs));
  return server;
}

/** Cuts the power, unless the guest went down in the last moment and the provider refuses for that reason. */
async function cutPower(context: ProviderContext, id: number, hooks: WriteHooks): Promise<ActualServer> {
  try {
    await runAction(context, id, { Type: 'PowerOff' }, hooks);
  } catch (error) {
    if (!(error instanceof CloudError) || !softRefusals.has(error.code)) throw error;
    await orTimedOut(() => awaitIdle(context, id, hooks.onProgress, hooks.signal, context.settleTimeoutMs));
    const server = requirePresent(`server ${id}`, await context.client.servers.get(id, hooks.signal));
    if (server.isPowerOn) throw error;
    return server;
  }
  return awaitPower(context, id, false, hooks);
}

const awaitPower = (context: ProviderContext, id: number, isOn: boolean, hooks: WriteHooks, timeoutMs?: number): Promise<ActualServer> =>
  awaitChange(
    context,
    id,
    {
      what: `server ${id} to be ${isOn ? 'on' : 'off'}`,
      isTrue: (server) => server.isPowerOn === isOn,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    },
    hooks.onProgress,
    hooks.signal,
  );

async function orRefused<Result>(run: () => Promise<Result>): Promise<Result | 'refused'> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof CloudError && softRefusals.has(error.code)) return 'refused';
    throw error;
  }
}

async function orTimedOut<Result>(wait: () => Promise<Result>): Promise<Result | 'timed-out'> {
  try {
    return await wait();
  } catch (error) {
    if (error instanceof CloudError && error.code === 'task-timeout') return 'timed-out';
    throw error;
  }
}
