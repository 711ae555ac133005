import type { Address, ResourceKind } from '#schemas/infra/names.ts';
import type { LedgerEntry } from '#schemas/state/ledger.ts';
import { CloudError, type OnProgress } from '../../ports/cloud-provider.ts';
import { toServerValues } from '../plan/server-values.ts';
import { type CreateStep, createdName, entryForCreated } from '../recover/step-entry.ts';
import type { ApplyContext, RunStep } from './apply-context.ts';

/** A create whose answer is lost is looked up this often before it is sent again, and sent this often at most. */
const LOOKUPS = 3;
const SENDS = 3;

/**
 * Creates a key, network or server. The API has no idempotency key: a create without an answer is looked up by name
 * among the objects that were not there before, and sent again only when it is not found.
 */
export const runCreate: RunStep<CreateStep> = async (context, step, hooks) => {
  const knownIds = idsOfName(context, step);
  await context.journal({ kind: 'begin', step, knownIds });
  const id = await sendOnce(context, step, new Set(knownIds));
  await context.journal({ kind: 'accepted', step: step.id, remoteId: id });
  context.recorded.set(step.address, entryForCreated(step, id, context.run));
  hooks.accepted();
  return awaitCreated(context, step, id, hooks.onProgress);
};

async function sendOnce(context: ApplyContext, step: CreateStep, known: ReadonlySet<number>): Promise<number> {
  for (let send = 1; ; send++) {
    try {
      return await callCreate(context, step);
    } catch (error) {
      if (!(error instanceof CloudError) || error.code !== 'answer-lost') throw error;
      const found = await lookUp(context, step, known);
      if (found !== undefined) return found;
      if (send >= SENDS) throw error;
    }
  }
}

async function lookUp(context: ApplyContext, step: CreateStep, known: ReadonlySet<number>): Promise<number | undefined> {
  for (let attempt = 1; attempt <= LOOKUPS; attempt++) {
    const ids = (await listOfName(context, step)).filter((id) => !known.has(id) && !context.recorded.isOwned(kindOf(step), id));
    if (ids.length > 1) throw new CloudError('conflict', `several new objects are called ${createdName(step)}: ${ids.join(', ')}`);
    if (ids[0] !== undefined) return ids[0];
    if (attempt < LOOKUPS) await context.clock.sleep(context.lookupPauseMs, context.abort);
  }
  return undefined;
}

function callCreate({ cloud, recorded, abort }: ApplyContext, step: CreateStep): Promise<number> {
  switch (step.kind) {
    case 'create-key':
      return cloud.createKey({ title: step.title, publicKey: step.publicKey }, abort);
    case 'create-network':
      return cloud.createNetwork({ name: step.name, dc: step.dc, dhcp: step.dhcp }, abort);
    case 'create-server':
      return cloud.createServer(
        { ...step.spec, sshKeyIds: step.spec.sshKeys.map((address) => recordedKeyId(recorded.get(address), address)) },
        abort,
      );
    default:
      return step satisfies never;
  }
}

function recordedKeyId(entry: LedgerEntry | undefined, address: Address): number {
  if (!entry) throw new CloudError('vanished', `${address} is not recorded`);
  return entry.id;
}

async function awaitCreated(context: ApplyContext, step: CreateStep, id: number, onProgress: OnProgress): Promise<LedgerEntry> {
  const entry = entryForCreated(step, id, context.run);
  if (entry.kind === 'network') {
    await context.cloud.awaitNetwork(id, onProgress, context.abort);
    return entry;
  }
  if (entry.kind === 'key') return entry;
  const server = await context.cloud.awaitServer(id, onProgress, context.abort);
  return { ...entry, values: toServerValues(server, context.recorded.nameNetwork, entry.values) };
}

const kindOf = (step: CreateStep): ResourceKind =>
  step.kind === 'create-key' ? 'key' : step.kind === 'create-network' ? 'network' : 'server';

/** Objects of the name before this run, those it has made since included. */
function idsOfName({ before }: ApplyContext, step: CreateStep): number[] {
  const name = createdName(step);
  if (step.kind === 'create-key') return before.keys.filter((key) => key.title === name || key.blob === step.blob).map((key) => key.id);
  const list = step.kind === 'create-network' ? before.networks : before.servers;
  return list.filter((object) => object.name === name).map((object) => object.id);
}

async function listOfName({ cloud, abort }: ApplyContext, step: CreateStep): Promise<number[]> {
  const name = createdName(step);
  if (step.kind === 'create-key') return (await cloud.listKeys(abort)).filter((key) => key.blob === step.blob).map((key) => key.id);
  const list = step.kind === 'create-network' ? await cloud.listNetworks(abort) : await cloud.listServers(abort);
  return list.filter((object) => object.name === name).map((object) => object.id);
}
