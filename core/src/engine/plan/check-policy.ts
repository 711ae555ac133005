import type { Change, Refusal } from '#schemas/plan/plan.ts';
import { deletedAddresses } from '#schemas/plan/read-plan.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import { t, tn } from '#schemas/text/text.ts';
import type { NameNetwork } from './server-values.ts';
import type { PlanPolicy } from './plan-input.ts';

/** How many objects may be deleted, unless the user says a number. Counts replaced ones too. */
export function checkDeletionLimit(changes: readonly Change[], maxDeletes: number, policy: PlanPolicy): Refusal[] {
  const deleted = deletedAddresses({ changes });
  const limit = Math.max(maxDeletes, policy.allowDeletes ?? 0);
  if (deleted.length <= limit) return [];
  const shown = deleted.slice(0, 10).join(', ') + (deleted.length > 10 ? ' …' : '');
  return [
    {
      kind: 'too-many-deletes',
      text: tn(
        deleted.length,
        '{0} object would be deleted ({1}), the limit is {2}. To allow it: --allow-deletes {0}',
        '{0} objects would be deleted ({1}), the limit is {2}. To allow them: --allow-deletes {0}',
        shown,
        limit,
      ),
    },
  ];
}

/**
 * A network cannot go while servers are linked to it (API reference, section 8.1). Servers the plan deletes or unlinks do
 * not count; what is left belongs to somebody else, so the user has to decide.
 */
export function checkNetworksInUse(changes: readonly Change[], servers: readonly ActualServer[], nameNetwork: NameNetwork): Refusal[] {
  const steps = changes.flatMap((change) => change.steps);
  if (!steps.some(({ kind }) => kind === 'delete-network')) return [];
  const deleted = new Set(steps.flatMap((step) => (step.kind === 'delete-server' ? [step.remoteId] : [])));
  const idOf = new Map(changes.map((change) => [change.address, change.remoteId]));
  const unlinked = new Set(steps.flatMap((step) => (step.kind === 'unlink-network' ? [`${idOf.get(step.address)} ${step.network}`] : [])));
  return steps.flatMap((step): Refusal[] => {
    if (step.kind !== 'delete-network') return [];
    const name = nameNetwork(step.remoteId);
    const left = servers.filter(
      (server) =>
        !deleted.has(server.id) && !unlinked.has(`${server.id} ${name}`) && server.links.some((link) => link.networkId === step.remoteId),
    );
    if (left.length === 0) return [];
    const names = left.map((server) => `${server.name} (${server.id})`).join(', ');
    return [
      {
        kind: 'network-in-use',
        address: step.address,
        text: t(
          '{0} cannot be deleted: servers that ict would not touch are linked to it: {1}. Unlink them in the panel, or leave the network out: --except {0}',
          step.address,
          names,
        ),
      },
    ];
  });
}
