import { objectKey, type Presence, presentIds } from '#core/engine/presence/presence.ts';
import type { DesiredKey, DesiredNetwork, DesiredServer, DesiredState } from '#core/infra/desired-state.ts';
import type { PlanInput } from '#core/engine/plan/plan-input.ts';
import { toAddress } from '#schemas/infra/names.ts';
import type { SourceRange } from '#schemas/plan/plan.ts';
import type { ActualKey, ActualNetwork, ActualServer, ActualState } from '#schemas/state/actual.ts';
import {
  emptyLedger,
  type KeyLedgerEntry,
  type Ledger,
  type LedgerEntry,
  type NetworkLedgerEntry,
  type ServerLedgerEntry,
} from '#schemas/state/ledger.ts';
import type { ServerValues } from '#schemas/state/values.ts';

/** Values with good defaults, so that a test states only what matters. */

export const source: SourceRange = { file: '/infra.yaml', start: { line: 0, character: 0 }, end: { line: 0, character: 3 } };

export const serverValues = (values: Partial<ServerValues> = {}): ServerValues => ({
  dc: 'SdnSpb',
  pool: 'base',
  image: 'Ubuntu20.04x64',
  cpu: 1,
  ramMb: 1024,
  diskGb: 10,
  diskType: 'SSD',
  networks: [],
  power: 'on',
  ...values,
});

export const desiredServer = (name: string, values: Partial<ServerValues> = {}, rest: Partial<DesiredServer> = {}): DesiredServer => ({
  address: toAddress('server', name),
  name,
  entry: name,
  values: serverValues(values),
  managed: new Set(Object.keys(serverValues()) as (keyof ServerValues)[]),
  writeOnly: { imageId: 3492, backupPeriod: 0, sshKeys: [] },
  managedWriteOnly: new Set(['backupPeriod', 'sshKeys', 'imageId']),
  imageId: 3492,
  protect: false,
  source,
  ...rest,
});

export const desiredNetwork = (name: string, rest: Partial<DesiredNetwork> = {}): DesiredNetwork => ({
  address: toAddress('network', name),
  name,
  values: { dc: 'SdnSpb', dhcp: true },
  managed: new Set(['dc', 'dhcp']),
  protect: false,
  source,
  ...rest,
});

export const desiredKey = (name: string, blob = 'AAAA'): DesiredKey => ({
  address: toAddress('key', name),
  title: name,
  publicKey: `ssh-ed25519 ${blob} ${name}`,
  values: { blob },
  source,
});

export const desiredState = (rest: Partial<DesiredState> = {}): DesiredState => ({
  project: 'shop',
  manage: 'owned',
  maxDeletes: 1,
  servers: [],
  networks: [],
  keys: [],
  groups: {},
  ...rest,
});

export const actualServer = (id: number, name: string, rest: Partial<ActualServer> = {}): ActualServer => ({
  id,
  name,
  state: 'active',
  rawState: 'Active',
  isPowerOn: true,
  cpu: 1,
  ramMb: 1024,
  diskGb: 10,
  diskType: 'SSD',
  pool: 'base',
  dc: 'SdnSpb',
  image: 'Ubuntu20.04x64',
  links: [],
  ...rest,
});

export const privateLink = (networkId: number): ActualServer['links'][number] => ({
  linkId: networkId + 1000,
  networkId,
  isPrivate: true,
  isActive: true,
});

export const actualNetwork = (id: number, name: string, rest: Partial<ActualNetwork> = {}): ActualNetwork => ({
  id,
  name,
  state: 'active',
  rawState: 'Active',
  values: { dc: 'SdnSpb', dhcp: true },
  serverIds: [],
  ...rest,
});

export const actualKey = (id: number, title: string, blob = 'AAAA'): ActualKey => ({ id, title, blob });

export const actualState = (rest: Partial<ActualState> = {}): ActualState => ({
  account: { id: 7, balance: 1000 },
  catalog: { images: [], dataCentres: [] },
  servers: [],
  networks: [],
  keys: [],
  unreadable: [],
  ...rest,
});

/** What is proven when everything recorded that is not listed is gone. */
export const presenceOf = (actual: ActualState, ledger: Ledger, rest: Partial<Presence> = {}): Presence => {
  const present = presentIds(actual);
  const gone = Object.values(ledger.entries).filter(({ kind, id }) => !present[kind].has(id));
  return { present, gone: new Set(gone.map(({ kind, id }) => objectKey(kind, id))), unknown: new Map(), incomplete: new Set(), ...rest };
};

export const serverEntry = (
  id: number,
  name: string,
  values: Partial<ServerValues> = {},
  rest: Partial<ServerLedgerEntry> = {},
): ServerLedgerEntry => ({
  kind: 'server',
  address: toAddress('server', name),
  name,
  id,
  origin: 'created',
  protect: false,
  run: 'r0',
  values: serverValues(values),
  writeOnly: { imageId: 3492, backupPeriod: 0, sshKeys: [] },
  ...rest,
});

export const networkEntry = (id: number, name: string, rest: Partial<NetworkLedgerEntry> = {}): NetworkLedgerEntry => ({
  kind: 'network',
  address: toAddress('network', name),
  name,
  id,
  origin: 'created',
  protect: false,
  run: 'r0',
  values: { dc: 'SdnSpb', dhcp: true },
  ...rest,
});

export const keyEntry = (id: number, name: string, blob = 'AAAA', rest: Partial<KeyLedgerEntry> = {}): KeyLedgerEntry => ({
  kind: 'key',
  address: toAddress('key', name),
  name,
  id,
  origin: 'created',
  protect: false,
  run: 'r0',
  values: { blob },
  ...rest,
});

export const ledgerOf = (...entries: readonly LedgerEntry[]): Ledger => ({
  ...emptyLedger('shop'),
  account: { id: 7, endpoint: 'https://api.test' },
  entries: Object.fromEntries(entries.map((entry) => [entry.address, entry])),
});

export const planInput = ({ actual = actualState(), ledger = ledgerOf(), ...rest }: Partial<PlanInput> = {}): PlanInput => ({
  desired: desiredState(),
  actual,
  presence: presenceOf(actual, ledger),
  ledger,
  recovered: [],
  unsettled: new Map(),
  lastDeploys: new Map(),
  endpoint: 'https://api.test',
  file: { path: '/infra.yaml', hash: 'h' },
  now: '2026-01-02T03:04:05.000Z',
  policy: { allowReplace: [] },
  ...rest,
});
