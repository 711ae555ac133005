import type { Address } from '#schemas/infra/names.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { DeployTarget, Unreached } from '../../engine/deploy/deploy-target.ts';
import { findTargets } from '../../engine/deploy/find-targets.ts';
import { describeUnusable } from '../../engine/plan/server-notes.ts';
import type { ExpandedInfra } from '../../infra/expand/expanded-infra.ts';
import { selectAddresses } from '../../infra/targets/select-addresses.ts';
import { TargetError } from '../make-plan.ts';
import { type InvalidProject, openValidProject, type Project } from '../open-project.ts';
import type { DeployContext, DeployPorts } from './deploy-context.ts';
import type { DeployRequest } from './deploy-request.ts';

/** Hosts of a project, for a look at them outside of a deploy. */
export interface FoundHosts {
  readonly kind: 'found';
  readonly ports: DeployPorts;
  readonly expanded: ExpandedInfra;
  readonly everyone: readonly DeployTarget[];
  /** Those that the selectors name; all without selectors. */
  readonly targets: readonly DeployTarget[];
  readonly unreached: readonly Unreached[];
}

/**
 * Reads the file and the cloud, and finds the hosts of `selectors`. Changes nothing. Whoever has just read the cloud gives it as
 * `known`: each reading costs requests. Throws `TargetError`, `CloudError`, `StorageError`.
 */
export async function findHosts(
  context: DeployContext,
  request: Pick<DeployRequest, 'file' | 'user' | 'keyFile'>,
  selectors: readonly string[],
  signal: AbortSignal,
  known?: ActualState,
): Promise<FoundHosts | InvalidProject> {
  const project = await openValidProject(context, request.file);
  return 'kind' in project ? project : findProjectHosts(context, project, request, selectors, signal, known);
}

/** As {@link findHosts}, for a project that is open. The catalogue is not needed. */
export async function findProjectHosts(
  context: DeployContext,
  project: Project,
  request: Pick<DeployRequest, 'user' | 'keyFile'>,
  selectors: readonly string[],
  signal: AbortSignal,
  known?: ActualState,
): Promise<FoundHosts> {
  const { infra: expanded, folder, name, store } = project;
  const isWanted = selectServers(expanded, selectors);
  const ports = await context.openDeploy(folder, name);
  const [actual, ledger] = await Promise.all([known ?? context.cloud.readObjects(signal), store.readLedger()]);
  const { targets, unreached } = locateHosts(context, ports, expanded, actual, ledger, request);
  return {
    kind: 'found',
    ports,
    expanded,
    everyone: targets,
    targets: targets.filter(({ address }) => isWanted(address)),
    unreached: unreached.filter(({ address }) => isWanted(address)),
  };
}

/** Whether the selectors name a server; without selectors every one. Throws `TargetError` for one that names nothing. */
export function selectServers(expanded: ExpandedInfra, selectors: readonly string[]): (address: Address) => boolean {
  const { addresses, problems } = selectAddresses(
    { groups: expanded.groups, servers: expanded.servers, networks: [], keys: [] },
    selectors,
  );
  if (problems.length > 0) throw new TargetError(problems.map(({ detail }) => detail));
  const named = new Set(addresses);
  return (address) => selectors.length === 0 || named.has(address);
}

/** Servers of the file with what SSH needs to reach them. */
export function locateHosts(
  context: DeployContext,
  { ssh }: DeployPorts,
  expanded: ExpandedInfra,
  actual: Pick<ActualState, 'servers'>,
  ledger: Parameters<typeof findTargets>[2],
  reach: Pick<DeployRequest, 'user' | 'keyFile'>,
): { readonly targets: readonly DeployTarget[]; readonly unreached: readonly Unreached[] } {
  const keyFileOf = (name: string): string | undefined => {
    const value = expanded.infra.ssh_keys?.[name];
    // A key that stands in the file itself has no neighbour.
    if (value === undefined || /\s/.test(value.trim())) return undefined;
    return ssh.privateKeyOf(context.files.resolve(value, expanded.locate(['ssh_keys', name], 'value').file));
  };
  const found = findTargets(expanded, actual.servers, ledger, {
    ...(reach.user === undefined ? {} : { user: reach.user }),
    ...(reach.keyFile === undefined ? {} : { keyFile: reach.keyFile }),
    keyFileOf,
  });
  for (const { address, server } of found.targets)
    for (const field of server.unusable ?? [])
      context.emit({ kind: 'message', level: 'warning', text: { text: '{0}: {1}', args: [address, describeUnusable(field)] } });
  return found;
}

/** Why a server is left out, in a sentence. */
export function sayUnreached({ address, why }: Unreached): Text {
  switch (why) {
    case 'absent':
      return t('{0} does not exist: it is left out', address);
    case 'off':
      return t('{0} is off: it is left out', address);
    case 'no-ip':
      return t('{0} has no address yet: it is left out', address);
    case 'not-active':
      return t('{0} is not active: it is left out', address);
    default:
      return why satisfies never;
  }
}
