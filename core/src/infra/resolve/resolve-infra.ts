import { hasErrors, type Outcome } from '#core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '#core/diagnostics/sort-diagnostics.ts';
import type { Catalog } from '#schemas/state/actual.ts';
import type { DesiredNetwork, DesiredServer, DesiredState } from '../desired-state.ts';
import type { ExpandedEntry, ExpandedInfra, ExpandedNetwork } from '../expand/expanded-infra.ts';
import { type EntryContext, type ExistingObjects, resolveEntry, type ResolvedEntry } from './resolve-entry.ts';
import { Resolver } from './resolver.ts';

/**
 * Resolves every reference of an expanded file against what the cloud offers: data centres, images, pools, minima. Rules are for what
 * is to be made or changed: what `existing` servers have already is a warning at most. Undefined with at least one error when
 * something cannot be resolved.
 */
export function resolveInfra(
  expanded: ExpandedInfra,
  catalog: Catalog,
  existing: ExistingObjects = nothingExists,
): Outcome<DesiredState | undefined> {
  const resolver = new Resolver(catalog);
  const { networks, servers } = resolveAll(expanded, resolver, existing);
  const diagnostics = sortDiagnostics(resolver.diagnostics, expanded.file);
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  return { value: toDesiredState(expanded, networks, servers), diagnostics };
}

/**
 * What a file declares without asking the catalogue: enough for everything that makes no server (power, destroy, status). Data centres
 * and images are as the file names them and are not managed.
 */
export function resolveWithoutCatalog(expanded: ExpandedInfra): DesiredState {
  const { networks, servers } = resolveAll(expanded, new Resolver({ images: [], dataCentres: [] }), nothingExists);
  return toDesiredState(expanded, networks, servers);
}

const nothingExists: ExistingObjects = { servers: new Map(), networks: new Map() };

function resolveAll(expanded: ExpandedInfra, resolver: Resolver, existing: ExistingObjects) {
  const networks = expanded.networks.flatMap((network) => resolveNetwork(network, resolver, existing) ?? []);
  const centres = new Map(networks.map(({ name, values }) => [name, values.dc]));
  const context: EntryContext = { resolver, networks: centres, existing, managed: new Map() };
  const servers = expanded.entries.flatMap((entry) => {
    const resolved = resolveEntry(entry, context);
    return resolved ? toServers(entry, resolved) : [];
  });
  return { networks, servers };
}

function toDesiredState(
  { infra, keys, groups }: ExpandedInfra,
  networks: readonly DesiredNetwork[],
  servers: readonly DesiredServer[],
): DesiredState {
  const budget = infra.limits?.monthly_budget;
  return {
    project: infra.project,
    manage: infra.manage ?? 'owned',
    maxDeletes: infra.limits?.max_deletes ?? 1,
    ...(budget === undefined ? {} : { monthlyBudget: budget }),
    servers,
    networks,
    keys,
    groups,
  };
}

function resolveNetwork(network: ExpandedNetwork, resolver: Resolver, { networks }: ExistingObjects): DesiredNetwork | undefined {
  const { address, name, dhcp, isDhcpGiven, protect, adoptId, source, dc, dcSource } = network;
  if (dc === undefined) return undefined;
  const centre = resolver.resolveDataCentre(dc, () => ({
    source: dcSource ?? source,
    address: `networks.${name}`,
    isSettled: networks.has(address),
  }));
  return {
    address,
    name,
    values: { dc: centre?.techTitle ?? dc, dhcp },
    managed: new Set([...(centre ? (['dc'] as const) : []), ...(isDhcpGiven ? (['dhcp'] as const) : [])]),
    protect,
    ...(adoptId === undefined ? {} : { adoptId }),
    source,
  };
}

function toServers(entry: ExpandedEntry, resolved: ResolvedEntry): readonly DesiredServer[] {
  const { id, protect = false } = entry.entry;
  const adopted = id === undefined ? undefined : { adoptId: id };
  return entry.addresses.map((address, index) => ({
    address,
    name: entry.instances[index] ?? '',
    entry: entry.name,
    ...resolved,
    protect,
    ...adopted,
    source: entry.source,
  }));
}
