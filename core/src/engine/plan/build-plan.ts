import type { PriceTable } from '#schemas/infra/prices.ts';
import type { Address, ResourceKind } from '#schemas/infra/names.ts';
import { toAddress } from '#schemas/infra/names.ts';
import { type Action, actions, PLAN_FORMAT, type Plan } from '#schemas/plan/plan.ts';
import type { Step } from '#schemas/plan/step.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import type { LedgerEntry } from '#schemas/state/ledger.ts';
import { t } from '#schemas/text/text.ts';
import { checkDeletionLimit, checkNetworksInUse } from './check-policy.ts';
import { type Match, matchObjects } from './match-objects.ts';
import { observeKey, observeNetwork, observeServer } from './observe.ts';
import { orderSteps, sortChanges } from './order-steps.ts';
import type { PlanInput } from './plan-input.ts';
import { planKey } from './plan-key.ts';
import { planNetwork } from './plan-network.ts';
import { planRemoved, planUnmanagedServer } from './plan-removed.ts';
import { planServer } from './plan-server.ts';
import type { Planned } from './planned.ts';
import { checkBudget, noteBalance, sumCosts } from './monthly-cost.ts';
import { type NameNetwork, toServerValues } from './server-values.ts';

type EntryOf<K extends ResourceKind> = Extract<LedgerEntry, { kind: K }>;

/** Compares desired, actual and recorded state and says what would change, in order, with reasons. Pure. */
export function buildPlan(input: PlanInput): Plan {
  const { desired, actual, ledger, policy } = input;
  const entries = Object.values(ledger.entries);
  const entryOf = <K extends ResourceKind>(kind: K, address: Address): EntryOf<K> | undefined => {
    const entry = ledger.entries[address];
    return entry?.kind === kind ? (entry as EntryOf<K>) : undefined;
  };

  // Objects that the file does not declare but the ledger records belong to their address: no other may adopt them.
  const declared = new Set<string>([...desired.servers, ...desired.networks, ...desired.keys].map((item) => item.address));
  const reserved = (kind: ResourceKind) =>
    new Set(entries.filter((entry) => entry.kind === kind && !declared.has(entry.address)).map((entry) => entry.id));
  const [reservedServers, reservedNetworks] = [reserved('server'), reserved('network')];

  const serverMatches = matchObjects(
    desired.servers,
    actual.servers,
    (address) => entryOf('server', address)?.id,
    (server) => !reservedServers.has(server.id) && server.state !== 'deleting',
  );
  const networkMatches = matchObjects(
    desired.networks,
    actual.networks,
    (address) => entryOf('network', address)?.id,
    (network) => !reservedNetworks.has(network.id) && network.state !== 'deleting',
  );
  const nameNetwork = networkNamer(networkMatches, entries);
  const holds = new Map(
    ledger.holds.filter((hold) => hold.until === undefined || hold.until > input.now).map((hold) => [hold.address, hold]),
  );
  const run = input.now;

  const keyById = new Map(actual.keys.map((key) => [key.id, key]));
  const keyByBlob = new Map(actual.keys.map((key) => [key.blob, key]));
  const keyOrigin = new Map(entries.filter((entry) => entry.kind === 'key').map((entry) => [entry.id, entry.origin]));

  const planned: Planned[] = [
    ...desired.keys.map((key) => {
      const entry = entryOf('key', key.address);
      const sameBlob = keyByBlob.get(key.values.blob);
      return planKey({
        desired: key,
        entry,
        run,
        recorded: entry && keyById.get(entry.id),
        sameBlob,
        sameBlobOrigin: (sameBlob && keyOrigin.get(sameBlob.id)) ?? 'adopted',
      });
    }),
    ...desired.networks.map((network) =>
      planNetwork({
        desired: network,
        entry: entryOf('network', network.address),
        run,
        match: networkMatches.get(network.address) ?? { kind: 'absent' },
      }),
    ),
    ...desired.servers.map((server) =>
      planServer({
        desired: server,
        entry: entryOf('server', server.address),
        match: serverMatches.get(server.address) ?? { kind: 'absent' },
        hold: holds.get(server.address),
        nameNetwork,
        isReplaceAllowed: policy.allowReplace.includes(server.address) || policy.allowReplace.includes(server.name),
        run,
      }),
    ),
  ];

  const claimedKeys = new Set(desired.keys.map((key) => keyByBlob.get(key.values.blob)?.id));
  const existing: Readonly<Record<ResourceKind, ReadonlySet<number>>> = {
    server: new Set(actual.servers.map((server) => server.id)),
    network: new Set(actual.networks.map((network) => network.id)),
    key: new Set(keyById.keys()),
  };
  for (const entry of entries) {
    if (declared.has(entry.address)) continue;
    planned.push(
      planRemoved({ entry, exists: existing[entry.kind].has(entry.id), isClaimed: entry.kind === 'key' && claimedKeys.has(entry.id) }),
    );
  }

  const recordedIds = (kind: ResourceKind) => new Set(entries.filter((entry) => entry.kind === kind).map((entry) => entry.id));
  const adopted = (matches: ReadonlyMap<Address, Match<{ id: number }>>) =>
    new Set([...matches.values()].flatMap((match) => ('remote' in match ? [match.remote.id] : [])));
  const [knownServers, knownNetworks, knownKeys] = [
    union(recordedIds('server'), adopted(serverMatches)),
    union(recordedIds('network'), adopted(networkMatches)),
    union(recordedIds('key'), claimedKeys),
  ];
  const strangers = actual.servers.filter((server) => !knownServers.has(server.id) && server.state !== 'deleting');
  if (desired.manage === 'account')
    planned.push(...strangers.map((server) => planUnmanagedServer(server, strangerAddress(server, declared))));

  const chosen = selectPlanned(planned, input.selection);
  const changes = orderSteps(sortChanges(chosen.map((item) => item.change)));
  const unmanaged = [
    ...(desired.manage === 'account' ? [] : strangers.map((server) => ({ kind: 'server' as const, id: server.id, name: server.name }))),
    ...actual.networks
      .filter((network) => !knownNetworks.has(network.id))
      .map((network) => ({ kind: 'network' as const, id: network.id, name: network.name })),
    ...actual.keys.filter((key) => !knownKeys.has(key.id)).map((key) => ({ kind: 'key' as const, id: key.id, name: key.title })),
  ];

  const cost = input.prices && priceServers(input, input.prices, serverMatches);
  return {
    format: PLAN_FORMAT,
    project: desired.project,
    createdAt: input.now,
    file: input.file,
    account: { endpoint: input.endpoint, ...pick(actual.account, 'id'), ...pick(actual.account, 'balance') },
    ...(input.selection ? { selection: { only: [...input.selection.only], except: [...input.selection.except] } } : {}),
    observations: observe(input, nameNetwork, new Set(chosen.map((item) => item.change.remoteId))),
    changes,
    records: chosen.flatMap((item) => item.record ?? []),
    notes: [
      ...input.recovered,
      ...(cost ? noteBalance(cost.after.roubles, actual.account.balance) : []),
      ...chosen.flatMap((item) => item.notes),
    ],
    refusals: [
      ...checkAccount(input),
      ...chosen.flatMap((item) => item.refusals),
      ...checkNetworksInUse(changes, actual.servers, nameNetwork),
      ...checkDeletionLimit(changes, desired.maxDeletes, policy),
      ...checkBudget(cost?.after, desired.monthlyBudget),
    ],
    ...(cost ? { cost: { before: cost.before.roubles, after: cost.after.roubles, unknown: cost.after.unknown } } : {}),
    unmanaged,
    totals: countActions(changes.map((change) => change.action)),
  };
}

/** Keeps what was selected, and the keys and networks it cannot be carried out without. */
function selectPlanned(planned: readonly Planned[], selection: PlanInput['selection']): readonly Planned[] {
  if (!selection) return planned;
  const selected = planned.filter((item) => selection.isSelected(item.change.address));
  const needed = new Set<string>(selected.flatMap((item) => item.change.steps).flatMap(neededAddresses));
  return planned.filter((item) => selected.includes(item) || (needed.has(item.change.address) && item.change.steps.length > 0));
}

const neededAddresses = (step: Step): readonly string[] =>
  step.kind === 'create-server' ? step.spec.sshKeys : step.kind === 'link-network' ? [step.network] : [];

/** What the declared servers cost now and afterwards, a partial plan notwithstanding: a budget is about all of them. */
function priceServers({ desired, actual }: PlanInput, table: PriceTable, matches: ReadonlyMap<Address, Match<ActualServer>>) {
  const centres = actual.catalog.dataCentres;
  const declared = new Map(desired.servers.map((server) => [server.address, server.values]));
  const existing = [...matches].flatMap(([address, match]) => {
    const assume = declared.get(address);
    return 'remote' in match ? [toServerValues(match.remote, String, assume)] : [];
  });
  return {
    before: sumCosts(existing, table, centres),
    after: sumCosts(
      desired.servers.map((server) => server.values),
      table,
      centres,
    ),
  };
}

/** A ledger made in another account holds ids that mean other objects here: nothing may be done with it. */
function checkAccount({ ledger, actual, endpoint }: PlanInput): Plan['refusals'] {
  const recorded = ledger.account;
  const isOther =
    recorded &&
    (recorded.endpoint !== endpoint || (recorded.id !== undefined && actual.account.id !== undefined && recorded.id !== actual.account.id));
  if (!isOther || Object.keys(ledger.entries).length === 0) return [];
  return [
    {
      kind: 'other-account',
      text: t(
        'The ledger belongs to account {0} at {1}; this is account {2} at {3}. Sign in to that account, or use another project name.',
        recorded.id ?? '?',
        recorded.endpoint,
        actual.account.id ?? '?',
        endpoint,
      ),
    },
  ];
}

/** Only what the plan is about is observed: a stranger's change must not make a saved plan stale. */
function observe({ actual }: PlanInput, nameNetwork: NameNetwork, ids: ReadonlySet<number | undefined>): Plan['observations'] {
  const seen = <T extends { id: number }>(
    kind: ResourceKind,
    list: readonly T[],
    toObservation: (item: T) => Plan['observations'][string],
  ) => list.filter((item) => ids.has(item.id)).map((item) => [`${kind}:${item.id}`, toObservation(item)] as const);
  return Object.fromEntries([
    ...seen('server', actual.servers, (server) => observeServer(server, nameNetwork)),
    ...seen('network', actual.networks, observeNetwork),
    ...seen('key', actual.keys, observeKey),
  ]);
}

function networkNamer(matches: ReadonlyMap<Address, Match<{ id: number }>>, entries: readonly LedgerEntry[]): NameNetwork {
  const names = new Map<number, string>(entries.filter((entry) => entry.kind === 'network').map((entry) => [entry.id, entry.address]));
  for (const [address, match] of matches) if ('remote' in match) names.set(match.remote.id, address);
  return (id) => names.get(id) ?? `id:${id}`;
}

const strangerAddress = (server: ActualServer, taken: ReadonlySet<string>): Address => {
  const plain = toAddress('server', server.name);
  return taken.has(plain) ? toAddress('server', `${server.name}#${server.id}`) : plain;
};

const countActions = (found: readonly Action[]): Plan['totals'] =>
  Object.fromEntries(actions.map((action) => [action, found.filter((item) => item === action).length])) as Plan['totals'];

const union = <T>(left: ReadonlySet<T>, right: ReadonlySet<T | undefined>): ReadonlySet<T | undefined> => new Set([...left, ...right]);

const pick = <T extends object, K extends keyof T>(value: T, key: K): Partial<Pick<T, K>> =>
  value[key] === undefined ? {} : ({ [key]: value[key] } as Partial<Pick<T, K>>);
