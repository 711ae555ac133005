import PQueue from 'p-queue';
import type { Address } from '#schemas/infra/names.ts';
import type { HostRecords } from '#schemas/state/host-records.ts';
import { t } from '#schemas/text/text.ts';
import type { DeployTarget } from '../../engine/deploy/deploy-target.ts';
import { judgeHostKeys } from '../../engine/deploy/judge-host-keys.ts';
import type { DeployContext, DeployPorts } from './deploy-context.ts';

/** Hosts looked at at once. */
const CONCURRENCY = 32;
/** Between two looks at a host that does not answer yet. */
const PAUSE_MS = 1000;

export interface Reached {
  readonly targets: readonly DeployTarget[];
  /** Hosts without an answer, or with another key than the pinned one; both have been said. */
  readonly unreached: readonly Address[];
}

/**
 * Waits until SSH of each target answers, and pins the host keys of those nobody has met yet. A host that shows other keys
 * than the pinned ones is left out: somebody else may be answering there.
 */
export async function reachHosts(
  context: DeployContext,
  { ssh, store }: DeployPorts,
  targets: readonly DeployTarget[],
  signal: AbortSignal,
): Promise<Reached> {
  const before = await store.readHosts();
  const met: HostRecords['hosts'] = {};
  const unreached = new Set<Address>();
  let hasNew = false;
  const look = async (target: DeployTarget): Promise<void> => {
    const shown = await waitForSsh(context, ssh, target, signal);
    if (!shown) {
      unreached.add(target.address);
      return;
    }
    const verdict = judgeHostKeys(target, shown, before.hosts[target.address]);
    if (verdict.kind === 'changed') {
      unreached.add(target.address);
      context.emit({ kind: 'message', level: 'error', text: keyChanged(target) });
      return;
    }
    if (verdict.kind === 'new' && before.hosts[target.address]) hasNew = true;
    met[target.address] = verdict.record;
  };
  await new PQueue({ concurrency: CONCURRENCY }).addAll(targets.map((target) => () => look(target)));
  signal.throwIfAborted();
  await pin(store, before.hosts, met);
  // A connection kept from before would go on to whoever it was made with.
  if (hasNew) await ssh.closeConnections();
  return { targets: targets.filter(({ address }) => !unreached.has(address)), unreached: [...unreached] };
}

/** Adds what was met to what is recorded by now: somebody who only looks works without the lock, and must not undo a deploy's pins. */
async function pin(store: DeployPorts['store'], before: HostRecords['hosts'], met: HostRecords['hosts']): Promise<void> {
  const changed = Object.entries(met).filter(([address, record]) => JSON.stringify(record) !== JSON.stringify(before[address as Address]));
  if (changed.length === 0) return;
  const now = await store.readHosts();
  const added = changed.map(([address, record]) => {
    const theirs = now.hosts[address as Address];
    const isPinned = theirs?.serverId === record.serverId && theirs.keys.length > 0;
    return [address, isPinned ? { ...theirs, ip: record.ip, port: record.port } : record] as const;
  });
  await store.writeHosts({ ...now, hosts: { ...now.hosts, ...Object.fromEntries(added) } });
}

const keyChanged = ({ address, ip }: DeployTarget) =>
  t(
    'The host key of {0} ({1}) is not the pinned one, and ict has not changed it: the server was reinstalled, or somebody else answers there. If it is right: ict ssh {0} --forget-key',
    address,
    ip,
  );

/** Keys of the host; undefined when its time is over. Waiting shows as a step. */
async function waitForSsh(
  context: DeployContext,
  ssh: DeployPorts['ssh'],
  target: DeployTarget,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const { clock, emit, sshWaitMs } = context;
  const startedAt = clock.elapsed();
  const step = { step: `${target.address}:ssh`, address: target.address };
  let isWaiting = false;
  for (;;) {
    const keys = await ssh.scan(target, signal);
    const elapsedMs = clock.elapsed() - startedAt;
    if (keys) {
      if (isWaiting) emit({ kind: 'step-succeeded', ...step, elapsedMs, text: t('SSH answers') });
      return keys;
    }
    if (elapsedMs >= sshWaitMs) {
      const text = t('SSH does not answer at {0}, port {1}', target.ip, target.port);
      if (!isWaiting) emit({ kind: 'step-started', ...step, text: t('wait for SSH') });
      emit({ kind: 'step-failed', ...step, elapsedMs, code: 'ssh-unreachable', text });
      return undefined;
    }
    if (isWaiting) emit({ kind: 'step-progress', ...step, state: 'ssh', elapsedMs });
    else emit({ kind: 'step-started', ...step, text: t('wait for SSH') });
    isWaiting = true;
    await clock.sleep(PAUSE_MS, signal);
  }
}
