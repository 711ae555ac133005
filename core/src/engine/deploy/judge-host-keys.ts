import type { HostRecord } from '#schemas/state/host-records.ts';
import type { DeployTarget } from './deploy-target.ts';

/**
 * What the keys that a host shows mean. `pinned`: it is the host we know. `new`: nobody has met this server yet, be it that
 * ict made it or replaced it: its keys are pinned. `changed`: the same server shows other keys, which nothing of ours does.
 */
export type KeyVerdict =
  | { readonly kind: 'pinned' | 'new'; readonly record: HostRecord }
  | { readonly kind: 'changed'; readonly pinned: readonly string[]; readonly shown: readonly string[] };

export function judgeHostKeys(target: DeployTarget, shown: readonly string[], record: HostRecord | undefined): KeyVerdict {
  const { ip, port, server } = target;
  if (record?.serverId !== server.id) {
    return { kind: 'new', record: { serverId: server.id, ip, port, keys: [...shown], deployed: {} } };
  }
  if (record.keys.length === 0) return { kind: 'new', record: { ...record, ip, port, keys: [...shown] } };
  // Of several keys one that we know is enough: sshd shows those of the types it has enabled today.
  if (!record.keys.some((key) => shown.includes(key))) return { kind: 'changed', pinned: record.keys, shown };
  return { kind: 'pinned', record: { ...record, ip, port } };
}
