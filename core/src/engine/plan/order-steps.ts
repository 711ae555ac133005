import type { Change } from '#schemas/plan/plan.ts';
import type { Step } from '#schemas/plan/step.ts';

/** Keys, networks, servers, links, power; deletions last, networks after their servers. */
const rank: Readonly<Record<Change['kind'], number>> = { key: 0, network: 1, server: 2 };
const deletionRank: Readonly<Record<Change['kind'], number>> = { server: 0, network: 1, key: 2 };

/** Sorts changes the way they are read and carried out: everything that builds up, then what is removed. */
export function sortChanges(changes: readonly Change[]): Change[] {
  const key = (change: Change): number => (isRemoval(change) ? 10 + deletionRank[change.kind] : rank[change.kind]);
  return changes
    .map((change, index) => ({ change, index }))
    .sort((left, right) => key(left.change) - key(right.change) || left.index - right.index)
    .map(({ change }) => change);
}

/** A change that only takes something away. */
export const isRemoval = (change: Change): boolean => change.action === 'delete' || change.action === 'forget';

/**
 * Links steps by `after`: those of one address run in their order; a server waits for its keys, a link for its
 * network, the deletion of a network for the deletion and unlinking of its servers.
 */
export function orderSteps(changes: readonly Change[]): Change[] {
  const [keySteps, networkSteps] = [new Map<string, string>(), new Map<string, string>()];
  const [serverDeletions, unlinks]: [string[], string[]] = [[], []];
  for (const { steps } of changes) {
    for (const { kind, address, id } of steps) {
      if (kind === 'create-key') keySteps.set(address, id);
      else if (kind === 'create-network') networkSteps.set(address, id);
      else if (kind === 'delete-server') serverDeletions.push(id);
      else if (kind === 'unlink-network') unlinks.push(id);
    }
  }
  const beforeNetworkDeletion = [...serverDeletions, ...unlinks];

  const needs = (step: Step): string[] => {
    switch (step.kind) {
      case 'create-server':
        return step.spec.sshKeys.flatMap((address) => keySteps.get(address) ?? []);
      case 'link-network':
        return [networkSteps.get(step.network) ?? []].flat();
      case 'delete-network':
        return beforeNetworkDeletion;
      case 'delete-key':
        return serverDeletions;
      case 'create-key':
      case 'create-network':
      case 'await-server':
      case 'resize-server':
      case 'power-server':
      case 'reboot-server':
      case 'unlink-network':
      case 'delete-server':
      case 'adopt':
      case 'forget':
        return [];
      default:
        return step satisfies never;
    }
  };

  return changes.map((change) => {
    if (change.steps.length === 0) return change;
    let previous: string | undefined;
    const steps = change.steps.map((step) => {
      const after = [...(previous === undefined ? [] : [previous]), ...needs(step).filter((id) => id !== step.id && id !== previous)];
      previous = step.id;
      return after.length === 0 ? step : { ...step, after };
    });
    return { ...change, steps };
  });
}
