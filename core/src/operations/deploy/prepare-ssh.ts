import type { Diagnostic } from '../../diagnostics/diagnostic.ts';
import type { DeployTarget } from '../../engine/deploy/deploy-target.ts';
import { listSshArguments } from '../../engine/deploy/ssh-arguments.ts';
import type { Unreached } from '../../engine/deploy/deploy-target.ts';
import type { DeployContext } from './deploy-context.ts';
import type { DeployRequest } from './deploy-request.ts';
import { findHosts } from './locate-hosts.ts';
import { reachHosts } from './reach-hosts.ts';

export type SshPreparation =
  | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'several'; readonly names: readonly string[] }
  | { readonly kind: 'left-out'; readonly unreached: Unreached }
  /** It does not answer, or shows another key than the pinned one; that has been said. */
  | { readonly kind: 'unreachable' }
  | { readonly kind: 'forgotten'; readonly target: DeployTarget }
  | { readonly kind: 'ready'; readonly target: DeployTarget; readonly arguments: readonly string[] };

/**
 * What `ssh` needs to log in to one server. Pins its host key on the first contact; `isForgetting` drops the pinned key
 * instead, so that the next contact pins the new one. Throws as `findHosts`.
 */
export async function prepareSsh(
  context: DeployContext,
  request: Pick<DeployRequest, 'file' | 'user' | 'keyFile'> & { readonly selector: string; readonly command: readonly string[] },
  isForgetting: boolean,
  signal: AbortSignal,
): Promise<SshPreparation> {
  const found = await findHosts(context, request, [request.selector], signal);
  if (found.kind === 'invalid') return found;
  const { ports, targets, unreached } = found;
  const [target] = targets;
  if (targets.length > 1) return { kind: 'several', names: targets.map(({ name }) => name) };
  const [missing] = unreached;
  if (!target) return missing ? { kind: 'left-out', unreached: missing } : { kind: 'several', names: [] };
  if (isForgetting) {
    const { hosts, ...rest } = await ports.store.readHosts();
    const record = hosts[target.address];
    if (record) await ports.store.writeHosts({ ...rest, hosts: { ...hosts, [target.address]: { ...record, keys: [] } } });
    await ports.ssh.closeConnections();
    return { kind: 'forgotten', target };
  }
  const reached = await reachHosts(context, ports, [target], signal);
  if (reached.targets.length === 0) return { kind: 'unreachable' };
  return { kind: 'ready', target, arguments: listSshArguments(target, ports.store.knownHosts, request.command) };
}
