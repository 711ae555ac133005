import { type Inventory, inventory } from '#schemas/ansible/inventory.ts';
import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import { buildInventory } from '../../engine/deploy/build-inventory.ts';
import { listSteps } from '../../engine/deploy/host-steps.ts';
import { withholdFromInventory } from '../../engine/deploy/withhold-secrets.ts';
import type { DeployContext } from './deploy-context.ts';
import type { DeployRequest } from './deploy-request.ts';
import { findHosts } from './locate-hosts.ts';

/** The inventory of what there is now. Values of secret variables are left out, as in every inventory that ict gives out. */
export async function makeInventory(
  context: DeployContext,
  request: Pick<DeployRequest, 'file' | 'user' | 'keyFile'>,
  signal: AbortSignal,
): Promise<
  { readonly kind: 'made'; readonly inventory: Inventory } | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }
> {
  const found = await findHosts(context, request, [], signal);
  if (found.kind === 'invalid') return found;
  const { ports, expanded, everyone } = found;
  const resolve = (path: string): string => context.files.resolve(path, expanded.file);
  const steps = new Map(everyone.map(({ name, entry }) => [name, listSteps(entry, resolve)]));
  const built = buildInventory(expanded, everyone, steps, { knownHosts: ports.store.knownHosts });
  return { kind: 'made', inventory: inventory.parse(withholdFromInventory(built, new Map())) };
}
