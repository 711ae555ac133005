import { type Address, type ResourceKind, toAddress } from '#schemas/infra/names.ts';
import { type Action, actions, type Change, type Note, PLAN_FORMAT, type Plan, type Refusal } from '#schemas/plan/plan.ts';
import type { Step } from '#schemas/plan/step.ts';
import type { ActualKey, ActualServer, ActualState, ObjectState } from '#schemas/state/actual.ts';
import type { Ledger, LedgerEntry, PowerHold } from '#schemas/state/ledger.ts';
import { t, tn } from '#schemas/text/text.ts';
import type { DesiredNetwork, DesiredServer } from '../../infra/desired-state.ts';
import { judgePresence, type Verdict } from '../presence/presence.ts';
import { checkAccount } from '../presence/check-account.ts';
import { checkMassDisappearance } from './check-gone.ts';
import { checkDeletionLimit, checkNetworksInUse } from './check-policy.ts';
import { checkTwins, type NamedObject } from './check-twins.ts';
import { findLeftOut } from '#schemas/plan/left-out.ts';
import { type Match, matchObjects, recordedIds } from './match-objects.ts';
import { checkBudget, noteBalance, priceChanges } from './monthly-cost.ts';
import { observeKey, observeNetwork, observeServer } from './observe.ts';
import { orderSteps, sortChanges } from './order-steps.ts';
import { toDeletable } from './panel-facts.ts';
import type { PlanInput } from './plan-input.ts';
import { planKey } from './plan-key.ts';
import { planNetwork } from './plan-network.ts';
import { planRemoved, planUnmanagedServer, type RemovedPlanInput } from './plan-removed.ts';
import { planServer } from './plan-server.ts';
import { makeChange, type Planned } from './planned.ts';
import { refuseUnsettled } from './refuse-unsettled.ts';
import type { NameNetwork } from './server-values.ts';

type EntryOf<K extends ResourceKind> = Extract<LedgerEntry, { kind: K }>;

/**
 * Compares desired, actual and recorded state and says what would change, in order, with reasons. What is not proven is left alone: a
 * refusal with an address leaves that address out, one without refuses the whole plan. Pure.
 */
export function buildPlan(input: PlanInput): Plan {
  const { desired, actual, presence, ledger, policy } = input;
  const entries = Object.values(ledger.entries);
  const confirmedNames = policy.confirmedNames ?? [];
  const judge = (kind: ResourceKind) => (id: number) => judgePresence(presence, { kind, id });
  const declared = new Set<string>([...desired.servers, ...desired.networks, ...desired.keys].map((item) => item.address));

  const serverMatches = matchObjects(desired.servers, actual.servers, recordedIds(entries, 'server', judge('server')));
  const networkMatches = matchObjects(desired.networks, actual.networks, recordedIds(entries, 'network', judge('network')));
  const nameNetwork = networkNamer(networkMatches, entries);
  const isHeld = (hold: PowerHold): boolean => hold.until === undefined || hold.until > input.now;
  const holds = new Map(ledger.holds.filter(isHeld).map((hold) => [hold.address, hold]));
  const keyByBlob = new Map(actual.keys.map((key) => [key.blob, key]));

  const planned: Planned[] = [
    ...planKeys(input, keyByBlob, judge('key')),
    ...desired.networks.map((network) =>
      planNetwork({
        desired: network,
        entry: entryOf(ledger, 'network', network.address),
        run: input.now,
        match: networkMatches.get(network.address) ?? { kind: 'absent' },
      }),
    ),
    ...desired.servers.map((server) =>
      planServer({
        desired: server,
        entry: entryOf(ledger, 'server', server.address),
        match: serverMatches.get(server.address) ?? { kind: 'absent' },
        hold: holds.get(server.address),
        nameNetwork,
        isReplaceAllowed: policy.allowReplace.includes(server.address) || policy.allowReplace.includes(server.name),
        run: input.now,
        confirmedNames,
        lastDeploy: input.lastDeploys.get(server.address),
      }),
    ),
  ].map((item) => guardCreation(item, input));

  const claimedKeys = new Set(desired.keys.map((key) => keyByBlob.get(key.values.blob)?.id));
  const removed = entries.filter(({ address }) => !declared.has(address));
  const objects = removed.length > 0 ? objectsById(actual) : undefined;
  for (const entry of removed) {
    planned.push(
      planRemoved({
        entry,
        verdict: judge(entry.kind)(entry.id),
        object: objects?.[entry.kind].get(entry.id),
        isClaimed: entry.kind === 'key' && claimedKeys.has(entry.id),
        confirmedNames,
        lastDeploy: input.lastDeploys.get(entry.address),
      }),
    );
  }

  for (const [address, verdict] of input.unsettled) {
    if (declared.has(address) || ledger.entries[address]) continue;
    // Nothing is made, but what was asked for earlier may still come.
    planned.push({ change: makeChange(address, {}), ...refuseUnsettled(address, verdict) });
  }

  const isOurs = { server: ownedIds(entries, 'server', serverMatches), network: ownedIds(entries, 'network', networkMatches) };
  const ownKeys = new Set<number | undefined>([...entries.filter(({ kind }) => kind === 'key').map(({ id }) => id), ...claimedKeys]);
  const strangers = actual.servers.filter((server) => !isOurs.server.has(server.id) && server.state !== 'deleting');
  const isWholeAccount = desired.manage === 'account';
  if (isWholeAccount) planned.push(...strangers.map((server) => planUnmanagedServer(server, strangerAddress(server, declared))));

  const chosen = selectPlanned(planned, input.selection);
  const changes = orderSteps(sortChanges(chosen.map((item) => item.change)));
  const selected = new Set(changes.map(({ address }) => address));
  const twins = [
    // Under `manage: account` a stranger is deleted, which the plan shows.
    ...(isWholeAccount ? [] : [findTwins('server', desired.servers, serverMatches, actual.servers)]),
    findTwins('network', desired.networks, networkMatches, actual.networks),
  ];
  const ofAddress: Refusal[] = [...chosen.flatMap((item) => item.refusals), ...twins.flatMap(({ refusals }) => refusals)];
  const leftOut = findLeftOut(changes, ofAddress);
  const runnable = changes.filter(({ address }) => !leftOut.has(address));
  const gone = entries.filter((entry) => judgePresence(presence, entry).kind === 'gone').length;
  const cost = input.prices && priceChanges(input, input.prices, changes, serverMatches);
  const emptyLedger = checkEmptyLedger(input, changes);
  const otherAccount = checkAccount(ledger, actual.account, input.endpoint);
  // The ids of another account say nothing about what was deleted in this one.
  const notes = chosen.flatMap((item) => item.notes).filter(({ code }) => otherAccount.length === 0 || code !== 'object-lost');

  return {
    format: PLAN_FORMAT,
    project: desired.project,
    createdAt: input.now,
    file: input.file,
    account: {
      endpoint: input.endpoint,
      ...pick(actual.account, 'id'),
      ...pick(actual.account, 'projectIds'),
      ...pick(actual.account, 'balance'),
    },
    ...(input.selection ? { selection: { only: [...input.selection.only], except: [...input.selection.except] } } : {}),
    observations: observe(input, nameNetwork, new Set(chosen.map((item) => item.change.remoteId))),
    changes,
    records: [...chosen.flatMap((item) => item.record ?? []), ...stampUnknown(input, changes)],
    notes: [
      ...input.recovered,
      ...noteIncomplete(presence.incomplete),
      ...emptyLedger.notes,
      ...(cost ? noteBalance(cost.after, actual.account.balance) : []),
      ...notes,
      ...twins.flatMap(({ notes }) => notes),
    ],
    refusals: [
      ...otherAccount,
      ...checkMassDisappearance(gone, entries.length, policy.confirmedGone),
      ...emptyLedger.refusals,
      ...ofAddress,
      ...checkNetworksInUse(runnable, actual.servers, nameNetwork),
      ...checkDeletionLimit(runnable, desired.maxDeletes, policy),
      ...checkBudget(cost, desired.monthlyBudget),
    ],
    ...(cost ? { cost: { before: cost.before, after: cost.after, unknown: cost.unknown } } : {}),
    unmanaged: [
      ...(isWholeAccount ? [] : strangers.map(({ id, name }) => ({ kind: 'server' as const, id, name }))),
      ...actual.networks
        .filter(({ id, state }) => !isOurs.network.has(id) && state !== 'deleting')
        .map(({ id, name }) => ({ kind: 'network' as const, id, name })),
      ...actual.keys.filter(({ id }) => !ownKeys.has(id)).map(({ id, title }) => ({ kind: 'key' as const, id, name: title })),
    ],
    totals: countActions(changes),
  };

  function findTwins<Remote extends NamedObject & { readonly id: number; readonly state: ObjectState }>(
    kind: 'server' | 'network',
    items: readonly (DesiredServer | DesiredNetwork)[],
    matches: ReadonlyMap<Address, Match<Remote & { readonly name: string }>>,
    remotes: readonly Remote[],
  ) {
    const others = [...remotes.filter(({ state }) => state !== 'deleting'), ...actual.unreadable.filter((row) => row.kind === kind)].filter(
      ({ id }) => id !== undefined && !isOurs[kind].has(id),
    );
    if (others.length === 0) return { refusals: [], notes: [] };
    const managed = items.flatMap(({ address, adoptId, source }) => {
      const match = matches.get(address);
      if (!selected.has(address) || (match?.kind !== 'recorded' && match?.kind !== 'adopt')) return [];
      const { id, name } = match.remote;
      return [{ address, name, remoteId: id, isNamedById: adoptId === id, source }];
    });
    return checkTwins(managed, others);
  }
}

/** Plans the keys of the file. */
function planKeys(input: PlanInput, byBlob: ReadonlyMap<string, ActualKey>, judge: (id: number) => Verdict): Planned[] {
  const { desired, actual, ledger, policy } = input;
  const byId = new Map(actual.keys.map((key) => [key.id, key]));
  const recordedKeys = Object.values(ledger.entries).filter(({ kind }) => kind === 'key');
  const originOf = new Map(recordedKeys.map(({ id, origin }) => [id, origin]));
  return desired.keys.map((key) => {
    const entry = entryOf(ledger, 'key', key.address);
    const sameBlob = byBlob.get(key.values.blob);
    return planKey({
      desired: key,
      entry,
      run: input.now,
      recorded: entry && byId.get(entry.id),
      verdict: entry && judge(entry.id),
      sameBlob,
      sameBlobOrigin: (sameBlob && originOf.get(sameBlob.id)) ?? 'adopted',
      confirmedNames: policy.confirmedNames ?? [],
    });
  });
}

/** A creation waits for what is not known: an unanswered create of before, and a list that is proven to lack objects. */
function guardCreation(item: Planned, { unsettled, presence }: PlanInput): Planned {
  const { address, action, kind, source } = item.change;
  if ((action !== 'create' && action !== 'recreate') || source === undefined) return item;
  const open = refuseUnsettled(address, unsettled.get(address), source);
  const refusals = [...open.refusals];
  if (presence.incomplete.has(kind)) {
    const text = t(
      "The provider's list is incomplete, so {0} may already exist. Nothing is created until the list is complete again.",
      address,
    );
    refusals.push({ kind: 'list-incomplete', address, text, source });
  }
  return { ...item, notes: [...item.notes, ...open.notes], refusals: [...item.refusals, ...refusals] };
}

const noteIncomplete = (kinds: ReadonlySet<ResourceKind>): Note[] =>
  kinds.size === 0
    ? []
    : [
        {
          code: 'list-incomplete',
          level: 'warning',
          text: t("The provider's lists are missing objects that it returns by id. The plan takes them into account."),
        },
      ];

/** Records since when an address is unknown, and nothing else about it. */
function stampUnknown({ ledger, presence, now }: PlanInput, changes: readonly Change[]): Plan['records'] {
  return changes.flatMap(({ address }) => {
    const entry = ledger.entries[address];
    const isStale = entry && entry.unknownSince === undefined && judgePresence(presence, entry).kind === 'unknown';
    return isStale ? [{ address, entry: { ...entry, unknownSince: now } }] : [];
  });
}

/**
 * Without records nobody can tell what was removed from the file. A person who reads the plan may go on; a machine must say that it is
 * meant.
 */
function checkEmptyLedger({ ledger, policy }: PlanInput, changes: readonly Change[]): { notes: Note[]; refusals: Refusal[] } {
  const adopted = changes.filter(({ action, kind }) => action === 'adopt' && kind !== 'key').length;
  if (adopted === 0 || Object.keys(ledger.entries).length > 0) return { notes: [], refusals: [] };
  if (policy.isUnattended !== true || policy.allowEmptyLedger === true) {
    const text = t('There is no ledger here: what was removed from the file cannot be detected and stays in the account.');
    return { notes: [{ code: 'empty-ledger', level: 'warning', text }], refusals: [] };
  }
  const text = tn(
    adopted,
    'There is no ledger here, but {0} object of the file exists. If the ledger is elsewhere, bring it here (.ict/{1}/ledger.json). To adopt what exists: --allow-empty-ledger',
    'There is no ledger here, but {0} objects of the file exist. If the ledger is elsewhere, bring it here (.ict/{1}/ledger.json). To adopt what exists: --allow-empty-ledger',
    ledger.project,
  );
  return { notes: [], refusals: [{ kind: 'empty-ledger', text }] };
}

const entryOf = <K extends ResourceKind>(ledger: Ledger, kind: K, address: Address): EntryOf<K> | undefined => {
  const entry = ledger.entries[address];
  return entry?.kind === kind ? (entry as EntryOf<K>) : undefined;
};

/** Ids that are recorded, or adopted by this plan. */
const ownedIds = (
  entries: readonly LedgerEntry[],
  kind: ResourceKind,
  matches: ReadonlyMap<Address, Match<{ id: number }>>,
): ReadonlySet<number> => {
  const ids = new Set<number>();
  for (const entry of entries) if (entry.kind === kind) ids.add(entry.id);
  for (const match of matches.values()) if ('remote' in match) ids.add(match.remote.id);
  return ids;
};

const objectsById = (actual: ActualState): Readonly<Record<ResourceKind, ReadonlyMap<number, RemovedPlanInput['object']>>> => ({
  server: new Map(actual.servers.map((server) => [server.id, server])),
  network: new Map(actual.networks.map((network) => [network.id, network])),
  key: new Map(actual.keys.map((key) => [key.id, toDeletable('key', key)])),
});

/** Keeps what was selected, and the keys and networks it cannot be carried out without. */
function selectPlanned(planned: readonly Planned[], selection: PlanInput['selection']): readonly Planned[] {
  if (!selection) return planned;
  const selected = planned.filter((item) => selection.isSelected(item.change.address));
  const needed = new Set<string>(selected.flatMap((item) => item.change.steps).flatMap(neededAddresses));
  return planned.filter((item) => selected.includes(item) || (needed.has(item.change.address) && item.change.steps.length > 0));
}

const neededAddresses = (step: Step): readonly string[] =>
  step.kind === 'create-server' ? step.spec.sshKeys : step.kind === 'link-network' ? [step.network] : [];

/** Only what the plan is about is observed: a stranger's change must not make a saved plan stale. */
function observe({ actual }: PlanInput, nameNetwork: NameNetwork, ids: ReadonlySet<number | undefined>): Plan['observations'] {
  const observations: Plan['observations'] = {};
  for (const server of actual.servers) if (ids.has(server.id)) observations[`server:${server.id}`] = observeServer(server, nameNetwork);
  for (const network of actual.networks) if (ids.has(network.id)) observations[`network:${network.id}`] = observeNetwork(network);
  for (const key of actual.keys) if (ids.has(key.id)) observations[`key:${key.id}`] = observeKey(key);
  return observations;
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

function countActions(changes: readonly Change[]): Plan['totals'] {
  const totals = Object.fromEntries(actions.map((action) => [action, 0])) as Record<Action, number>;
  for (const { action } of changes) totals[action] += 1;
  return totals;
}

const pick = <T extends object, K extends keyof T>(value: T, key: K): Partial<Pick<T, K>> =>
  value[key] === undefined ? {} : ({ [key]: value[key] } as Partial<Pick<T, K>>);
