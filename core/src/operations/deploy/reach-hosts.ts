import type { Address } from '#schemas/infra/names.ts';
import type { HostRecords } from '#schemas/state/host-records.ts';
import { t } from '#schemas/text/text.ts';
import type { DeployTarget } from '../../engine/deploy/deploy-target.ts';
import { judgeHostKeys } from '../../engine/deploy/judge-host-keys.ts';
import type { DeployContext, DeployPorts } from './deploy-context.ts';

/** Between two looks at the hosts that do not answer yet. */
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
  const meet = (target: DeployTarget, shown: readonly string[]): void => {
    const verdict = judgeHostKeys(target, shown, before.hosts[target.address]);
    if (verdict.kind === 'changed') {
      unreached.add(target.address);
      context.emit({ kind: 'message', level: 'error', text: keyChanged(target) });
      return;
    }
    if (verdict.kind === 'new' && before.hosts[target.address]) hasNew = true;
    met[target.address] = verdict.record;
  };
  for (const address of await waitForSsh(context, ssh, targets, meet, signal)) unreached.add(address);
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

/**
 * Waits until SSH of the targets answers; each is met as soon as it does. Gives those whose time is over. Waiting shows as a step. A
 * round asks all hosts that are left at once, so it takes as long as the slowest of them.
 */
async function waitForSsh(
  { clock, emit, sshWaitMs }: DeployContext,
  ssh: DeployPorts['ssh'],
  targets: readonly DeployTarget[],
  meet: (target: DeployTarget, keys: readonly string[]) => void,
  signal: AbortSignal,
): Promise<readonly Address[]> {
  const startedAt = clock.elapsed();
  const toStep = ({ address }: DeployTarget) => ({ step: `${address}:ssh`, address });
  let waiting = targets;
  for (let round = 1; waiting.length > 0; round += 1) {
    const shown = await ssh.scan(waiting, signal);
    signal.throwIfAborted();
    const elapsedMs = clock.elapsed() - startedAt;
    const left: DeployTarget[] = [];
    for (const [index, target] of waiting.entries()) {
      const step = toStep(target);
      const keys = shown[index];
      if (keys) {
        if (round > 1) emit({ kind: 'step-succeeded', ...step, elapsedMs, text: t('SSH answers') });
        meet(target, keys);
        continue;
      }
      left.push(target);
      if (round === 1) emit({ kind: 'step-started', ...step, text: t('wait for SSH') });
      else if (elapsedMs < sshWaitMs) emit({ kind: 'step-progress', ...step, state: 'ssh', elapsedMs });
    }
    waiting = left;
    if (elapsedMs >= sshWaitMs) {
      for (const target of left) {
        const text = t('SSH does not answer at {0}, port {1}', target.ip, target.port);
        emit({ kind: 'step-failed', ...toStep(target), elapsedMs, code: 'ssh-unreachable', text });
      }
      break;
    }
    if (left.length > 0) await clock.sleep(PAUSE_MS, signal);
  }
  return waiting.map(({ address }) => address);
}
