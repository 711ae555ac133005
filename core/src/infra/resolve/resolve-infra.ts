import { hasErrors, type Outcome } from '#core/diagnostics/diagnostic.ts';
import { sortDiagnostics } from '#core/diagnostics/sort-diagnostics.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import type { Catalog } from '#schemas/state/actual.ts';
import type { DesiredNetwork, DesiredServer, DesiredState } from '../desired-state.ts';
import { inheritedFields, type ExpandedEntry, type ExpandedInfra, type ExpandedNetwork } from '../expand/expanded-infra.ts';
import { resolveEntry, type ResolvedEntry } from './resolve-entry.ts';
import { Resolver } from './resolver.ts';

/**
 * Resolves every reference of an expanded file against what the cloud offers: data centres, images, pools, minima.
 * Undefined with at least one error when something cannot be resolved.
 */
export function resolveInfra(expanded: ExpandedInfra, catalog: Catalog): Outcome<DesiredState | undefined> {
  const resolver = new Resolver(catalog);
  const networks = expanded.networks.flatMap((network) => resolveNetwork(network, resolver) ?? []);
  const centres = new Map(networks.map(({ name, values }) => [name, values.dc]));
  const servers = expanded.entries.flatMap((entry) => {
    const resolved = resolveEntry(entry, centres, resolver);
    return resolved ? toServers(entry, resolved) : [];
  });
  const diagnostics = sortDiagnostics(resolver.diagnostics, expanded.file);
  if (hasErrors(diagnostics)) return { value: undefined, diagnostics };
  const { infra, keys, groups } = expanded;
  const budget = infra.limits?.monthly_budget;
  const value: DesiredState = {
    project: infra.project,
    manage: infra.manage ?? 'owned',
    maxDeletes: infra.limits?.max_deletes ?? 1,
    ...(budget === undefined ? {} : { monthlyBudget: budget }),
    servers,
    networks,
    keys,
    groups,
  };
  return { value, diagnostics };
}

function resolveNetwork(network: ExpandedNetwork, resolver: Resolver): DesiredNetwork | undefined {
  const { address, name, dhcp, protect, adoptId, source, dc, dcSource } = network;
  const centre =
    dc === undefined ? undefined : resolver.resolveDataCentre(dc, { source: () => dcSource ?? source, address: `networks.${name}` });
  if (!centre) return undefined;
  return { address, name, values: { dc: centre.techTitle, dhcp }, protect, ...(adoptId === undefined ? {} : { adoptId }), source };
}

function toServers(entry: ExpandedEntry, { values, writeOnly, imageId }: ResolvedEntry): readonly DesiredServer[] {
  const { id, protect = false } = entry.entry;
  let fieldSources: DesiredServer['fieldSources'] | undefined;
  return entry.instances.map((name) => ({
    address: `server.${name}`,
    name,
    entry: entry.name,
    values,
    writeOnly,
    imageId,
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
