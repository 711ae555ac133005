import type { Step, StepOf } from '#schemas/plan/step.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import type { ServerLedgerEntry } from '#schemas/state/ledger.ts';
import type { ServerValues } from '#schemas/state/values.ts';
import { CloudError, type OnAccepted, type OnProgress } from '../../ports/cloud-provider.ts';
import { toServerValues } from '../plan/server-values.ts';
import { type ApplyContext, resolveNetworkId, type RunStep, type StepHooks } from './apply-context.ts';

/** A change of an existing server. */
type ServerChange =
  StepOf<'resize-server'> | StepOf<'power-server'> | StepOf<'reboot-server'> | StepOf<'link-network'> | StepOf<'unlink-network'>;

/** How often a write is sent when answers are lost; each time after looking whether it was carried out. */
const SENDS = 3;

/**
 * Changes an existing server. It first waits for tasks that are still running (an interrupted run's, or somebody
 * else's), reads the server, and sends nothing when the change is already true. So a step can be repeated safely.
 */
export const runServerChange: RunStep<ServerChange> = async (context, step, hooks) => {
  const { onProgress } = hooks;
  const { cloud, abort } = context;
  const { id } = context.recorded.getServer(step.address);
  await cloud.awaitIdle(id, onProgress, abort);
  for (let send = 1; ; send++) {
    const server = await cloud.readServer(id, abort);
    if (!server) throw new CloudError('vanished', `server ${id} is gone`);
    if (isTrue(context, step, server)) return entryAfter(context, step, server);
    try {
      return entryAfter(context, step, await write(context, step, id, hooks));
    } catch (error) {
      // A reboot cannot be looked up, so it is never sent twice.
      if (step.kind === 'reboot-server') throw error;
      if (!(error instanceof CloudError) || error.code !== 'answer-lost' || send >= SENDS) throw error;
      await context.clock.sleep(context.lookupPauseMs, abort);
      await cloud.awaitIdle(id, onProgress, abort);
    }
  }
};

/** Waits for a server whose creation an earlier run began. */
export const runAwaitServer: RunStep<StepOf<'await-server'>> = async (context, step, { accepted, onProgress }) => {
  accepted();
  const server = await context.cloud.awaitServer(step.remoteId, onProgress, context.abort);
  const entry = context.recorded.getServer(step.address);
  return { ...entry, values: toServerValues(server, context.recorded.nameNetwork, entry.values) };
};

async function write(context: ApplyContext, step: ServerChange, id: number, hooks: StepHooks): Promise<ActualServer> {
  await context.journal({ kind: 'begin', step });
  const onAccepted: OnAccepted = async (remoteId) => {
    hooks.accepted();
    await context.journal({ kind: 'accepted', step: step.id, remoteId });
  };
  return call(context, step, id, onAccepted, hooks.onProgress);
}

function call(
  context: ApplyContext,
  step: ServerChange,
  id: number,
  onAccepted: OnAccepted,
  onProgress: OnProgress,
): Promise<ActualServer> {
  const { cloud, abort } = context;
  switch (step.kind) {
    case 'resize-server':
      return cloud.resizeServer(id, step.to, onAccepted, onProgress, abort);
    case 'power-server':
      return cloud.setPower(id, step.power, onAccepted, onProgress, abort);
    case 'reboot-server':
      return cloud.rebootServer(id, step.isHard, onAccepted, onProgress, abort);
    case 'link-network':
      return cloud.linkNetwork(id, resolveNetworkId(context, step.network), onAccepted, onProgress, abort);
    case 'unlink-network':
      return cloud.unlinkNetwork(id, resolveNetworkId(context, step.network), onAccepted, onProgress, abort);
    default:
      return step satisfies never;
  }
}

/** Whether the change is already so in the cloud. */
function isTrue(context: ApplyContext, step: ServerChange, server: ActualServer): boolean {
  switch (step.kind) {
    case 'resize-server': {
      const now = toServerValues(server, context.recorded.nameNetwork);
      const { cpu, ramMb, diskGb, diskType, pool } = step.to;
      return (
        now.cpu === cpu &&
        now.ramMb === ramMb &&
        now.diskGb === diskGb &&
        (server.diskType === undefined || now.diskType === diskType) &&
        (server.pool === undefined || now.pool === pool)
      );
    }
    case 'power-server':
      return server.isPowerOn === (step.power === 'on');
    case 'reboot-server':
      return false;
    case 'link-network':
    case 'unlink-network': {
      const networkId = resolveNetworkId(context, step.network);
      return server.links.some((link) => link.networkId === networkId) === (step.kind === 'link-network');
    }
    default:
      return step satisfies never;
  }
}

/** Records only what the step was about: other fields may still wait for their own step. */
function entryAfter(context: ApplyContext, step: Step & ServerChange, server: ActualServer): ServerLedgerEntry {
  const entry = context.recorded.getServer(step.address);
  const now: ServerValues = toServerValues(server, context.recorded.nameNetwork, entry.values);
  const touched = ((): Partial<ServerValues> => {
    switch (step.kind) {
      case 'resize-server':
        return { cpu: now.cpu, ramMb: now.ramMb, diskGb: now.diskGb, diskType: now.diskType, pool: now.pool };
      case 'power-server':
        return step.isHeld ? {} : { power: now.power };
      case 'reboot-server':
        return {};
      case 'link-network':
      case 'unlink-network':
        return { networks: now.networks };
      default:
        return step satisfies never;
    }
  })();
  return { ...entry, run: context.run, values: { ...entry.values, ...touched } };
}
