import type { Address } from '#schemas/infra/names.ts';
import type { CreateStep } from '#schemas/plan/create-step.ts';
import type { LedgerEntry } from '#schemas/state/ledger.ts';
import { toStoredMoment } from '../../ports/clock.ts';
import { type Accepted, CloudError, type OnProgress } from '../../ports/cloud-provider.ts';
import { toServerValues } from '../plan/server-values.ts';
import { type Candidates, findCreated } from '../recover/find-created.ts';
import { judgeUnsettled } from '../recover/judge-unsettled.ts';
import { toUnsettled } from '../recover/replay-journal.ts';
import { createdKind, createdName, type CreatedObject, entryForCreated } from '../recover/step-entry.ts';
import { type ApplyContext, type RunStep, StepSkipped } from './apply-context.ts';
import { checkNoTwin, hasTwinOfBefore } from './check-no-twin.ts';
import type { Mark } from './witness.ts';

/**
 * Creates a key, network or server. The API has no idempotency key, so a create is sent once in a run and never again: when its answer
 * is lost, what it made is looked for, and if that cannot be told the next run goes on from there. The names of the account are read
 * right before and right after, since others may be at work with the same names.
 */
export const runCreate: RunStep<CreateStep> = async (context, step, hooks) => {
  const kind = createdKind(step);
  const before = await context.witness.read(kind);
  checkNoTwin(context, step, before);
  if (hasTwinOfBefore(context, before)) {
    context.stopRun();
    throw new StepSkipped();
  }
  const mark = context.witness.mark(kind);
  const sent = toStoredMoment(context.clock);
  await context.journal({ kind: 'begin', step, ...sent });
  context.unsettled.set(step.id, toUnsettled(sent, step, context.run, context.witness.idsBefore(kind, mark)));
  const accepted = await sendOnce(context, step, mark, hooks.accepted);
  await context.journal({
    kind: 'accepted',
    step: step.id,
    remoteId: accepted.id,
    ...(accepted.name === undefined || accepted.name === createdName(step) ? {} : { name: accepted.name }),
    ...(accepted.createdAt === undefined ? {} : { createdAt: accepted.createdAt }),
  });
  context.unsettled.delete(step.id);
  const entry = entryForCreated(step, accepted, context.run);
  context.recorded.set(step.address, { ...entry, unseen: sent });
  context.made.add(step);
  // Nothing is sent while this goes on but what was checked before: a place for writes need not wait for it.
  hooks.accepted();
  if (kind !== 'key') checkNoTwin(context, step, await context.witness.read(kind));
  return awaitCreated(context, entry, hooks.onProgress);
};

/** Sends the create, and looks for what it made when its answer is lost. `release`: gives the place for writes to other steps. */
async function sendOnce(context: ApplyContext, step: CreateStep, mark: Mark, release: () => void): Promise<CreatedObject> {
  try {
    return await callCreate(context, step);
  } catch (error) {
    if (error instanceof CloudError && error.code === 'answer-lost') {
      release();
      return await lookUp(context, step, mark, error);
    }
    // Anything else is certain: the create was not carried out.
    context.unsettled.delete(step.id);
    throw error;
  }
}

/** Pauses between two look-ups grow to this many times the first. */
const LARGEST_PAUSE = 8;

async function lookUp(context: ApplyContext, step: CreateStep, mark: Mark, lost: CloudError): Promise<CreatedObject> {
  const { clock, abort, lookupMs, lookupPauseMs } = context;
  const startedAt = clock.elapsed();
  for (let pauseMs = lookupPauseMs; ; pauseMs = Math.min(pauseMs * 1.5, lookupPauseMs * LARGEST_PAUSE)) {
    const verdict = judgeUnsettled(await findCandidates(context, step, mark), 0, {
      doubtMs: Infinity,
      isSecondReading: false,
      isObscured: false,
    });
    if (verdict.kind === 'found') return verdict.object;
    if (verdict.kind === 'ambiguous') {
      context.stopRun();
      throw new CloudError('twin', `several new objects could be ${createdName(step)}: ${verdict.ids.join(', ')}`, { ids: verdict.ids });
    }
    const leftMs = lookupMs - (clock.elapsed() - startedAt);
    if (leftMs <= 0) throw lost;
    await clock.sleep(Math.min(pauseMs, leftMs), abort);
  }
}

/** What is new since the create was sent. A reading that fails shows nothing. */
async function findCandidates(context: ApplyContext, step: CreateStep, mark: Mark): Promise<Candidates> {
  const kind = createdKind(step);
  const { witness, recorded, declaredNames } = context;
  const lists = await witness.read(kind).catch((error: unknown) => {
    if (error instanceof CloudError && error.code !== 'aborted' && error.code !== 'unauthorized') return undefined;
    throw error;
  });
  if (!lists) return { byName: [], lookAlikes: [], older: [] };
  return findCreated(
    step,
    {
      isSeenBefore: (id) => witness.isKnown(kind, id, mark),
      newestId: Math.max(0, ...witness.idsBefore(kind, mark)),
      isRecorded: (id) => recorded.isOwned(kind, id),
      isDeclared: (name) => declaredNames.has(name),
    },
    lists,
  );
}

function callCreate({ cloud, recorded, abort }: ApplyContext, step: CreateStep): Promise<Accepted> {
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

async function awaitCreated(context: ApplyContext, entry: LedgerEntry, onProgress: OnProgress): Promise<LedgerEntry> {
  if (entry.kind === 'key') return entry;
  if (entry.kind === 'network') {
    await context.cloud.awaitNetwork(entry.id, onProgress, context.abort);
    return entry;
  }
  const server = await context.cloud.awaitServer(entry.id, onProgress, context.abort);
  return {
    ...entry,
    // The form in which it is read from now on; the answer to a create has another.
    ...(server.createdAt === undefined ? {} : { createdAt: server.createdAt }),
    values: toServerValues(server, context.recorded.nameNetwork, entry.values),
  };
}
