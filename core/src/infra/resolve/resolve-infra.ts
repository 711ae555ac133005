import { hasErrors, type Outcome } from '#core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '#core/diagnostics/sort-diagnostics.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import type { Catalog } from '#schemas/state/actual.ts';
import type { DesiredNetwork, DesiredServer, DesiredState } from '../desired-state.ts';
import { inheritedFields, type ExpandedEntry, type ExpandedInfra, type ExpandedNetwork } from '../expand/expanded-infra.ts';
import { type ExistingObjects, resolveEntry, type ResolvedEntry } from './resolve-entry.ts';
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
  const servers = expanded.entries.flatMap((entry) => {
    const resolved = resolveEntry(entry, { resolver, networks: centres, existing });
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
  const place = { source: () => dcSource ?? source, address: `networks.${name}`, isSettled: networks.has(address) };
  const centre = resolver.resolveDataCentre(dc, place);
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
  let fieldSources: DesiredServer['fieldSources'] | undefined;
  return entry.instances.map((name) => ({
    address: `server.${name}`,
    name,
    entry: entry.name,
    ...resolved,
    protect,
    ...(id === undefined ? {} : { adoptId: id }),
    source: entry.source,
    // Places are worth computing only where something differs; all servers of an entry share them.
    get fieldSources() {
      return (fieldSources ??= listSources(entry));
    },
  }));
}

function listSources(entry: ExpandedEntry): Readonly<Partial<Record<string, SourceRange>>> {
  return Object.fromEntries(
    inheritedFields.flatMap((field) => {
      const source = entry.sourceOf(field);
      return source ? [[field, source] as const] : [];
    }),
  );
}
