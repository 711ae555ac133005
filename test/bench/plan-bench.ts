import { buildPlan } from '#core/engine/plan/build-plan.ts';
import { presentIds } from '#core/engine/presence/presence.ts';
import { readInfraFile } from '#core/infra/read-infra-file.ts';
import { resolveInfra } from '#core/infra/resolve/resolve-infra.ts';
import type { FileReader } from '#core/ports/files.ts';
import type { ActualServer, ActualState, Catalog } from '#schemas/state/actual.ts';
import { emptyLedger, type Ledger, type LedgerEntry } from '#schemas/state/ledger.ts';
import type { DesiredState } from '#core/infra/desired-state.ts';
import { generateInfra } from './generate-infra.ts';

const catalog: Catalog = {
  images: [{ id: 3492, name: 'Ubuntu20.04x64', displayName: 'Ubuntu 20.4 x64', family: 'Linux', minDiskGb: 10 }],
  dataCentres: [{ id: 1, title: 'Xelent', techTitle: 'SdnSpb', shortTitle: 'СПБ', hasBasePool: true, hasHighPool: true }],
};

export interface PlanTiming {
  readonly servers: number;
  readonly lines: number;
  /** Milliseconds from file to plan, nothing to do: the median of the runs. */
  readonly equalMs: number;
  /** The same with everything to create. */
  readonly createMs: number;
  readonly rssMb: number;
}

/** Times file → plan with the network left out: the actual state is already read. */
export async function timePlans(servers: number, runs: number): Promise<PlanTiming> {
  const text = generateInfra(servers);
  const bytes = new TextEncoder().encode(text);
  const files: FileReader = { read: () => Promise.resolve(bytes), resolve: (path) => path, exists: () => Promise.resolve(true) };
  const empty: ActualState = { account: { id: 1 }, catalog, servers: [], networks: [], keys: [], unreadable: [] };

  const desired = await readDesired(files);
  const actual = toActual(desired, empty);
  const ledger = toLedger(desired, actual);
  const create: number[] = [];
  const equal: number[] = [];
  for (let run = 0; run < runs; run++) {
    create.push(await time(async () => planOnce(await readDesired(files), empty, emptyLedger('bench'), servers + 1)));
    equal.push(await time(async () => planOnce(await readDesired(files), actual, ledger, 0)));
  }
  return {
    servers,
    lines: text.split('\n').length,
    equalMs: median(equal),
    createMs: median(create),
    rssMb: process.resourceUsage().maxRSS / 1024,
  };
}

async function readDesired(files: FileReader): Promise<DesiredState> {
  const read = await readInfraFile(files, '/infra.yaml');
  const resolved = read.value && resolveInfra(read.value, catalog);
  if (!resolved?.value)
    throw new Error(`the generated file is not valid: ${JSON.stringify([read.diagnostics[0], resolved?.diagnostics[0]])}`);
  return resolved.value;
}

function planOnce(desired: DesiredState, actual: ActualState, ledger: Ledger, expected: number): void {
  const plan = buildPlan({
    desired,
    actual,
    ledger,
    presence: { present: presentIds(actual), gone: new Set(), unknown: new Map(), incomplete: new Set() },
    recovered: [],
    unsettled: new Map(),
    lastDeploys: new Map(),
    endpoint: 'https://api.test',
    file: { path: '/infra.yaml', hash: '' },
    now: new Date(0).toISOString(),
    policy: { allowReplace: [] },
  });
  const changes = plan.changes.filter((change) => change.action !== 'no-op').length;
  if (changes !== expected) throw new Error(`${changes} changes, ${expected} were expected`);
}

function toActual(desired: DesiredState, empty: ActualState): ActualState {
  const networks = desired.networks.map((network, index) => ({
    id: 5000 + index,
    name: network.name,
    state: 'active' as const,
    rawState: 'Active',
    values: network.values,
    serverIds: [],
  }));
  const servers = desired.servers.map(({ name, values }, index): ActualServer => ({
    id: 900_000 + index,
    name,
    state: 'active',
    rawState: 'Active',
    isPowerOn: values.power === 'on',
    cpu: values.cpu,
    ramMb: values.ramMb,
    diskGb: values.diskGb,
    diskType: values.diskType,
    pool: values.pool,
    dc: values.dc,
    image: values.image,
    links: [{ linkId: index, networkId: 5000, isPrivate: true, isActive: true }],
  }));
  return { ...empty, networks, servers };
}

function toLedger(desired: DesiredState, actual: ActualState): Ledger {
  const base = { origin: 'created', protect: false, run: 'r' } as const;
  const entries: LedgerEntry[] = [
    ...desired.networks.map((item, index) => ({
      kind: 'network' as const,
      ...base,
      address: item.address,
      name: item.name,
      id: actual.networks[index]?.id ?? 0,
      values: item.values,
    })),
    ...desired.servers.map((item, index) => ({
      kind: 'server' as const,
      ...base,
      address: item.address,
      name: item.name,
      id: actual.servers[index]?.id ?? 0,
      values: item.values,
      writeOnly: item.writeOnly,
    })),
  ];
  return { ...emptyLedger('bench'), entries: Object.fromEntries(entries.map((entry) => [entry.address, entry])) };
}

async function time(work: () => Promise<void>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

const median = (values: readonly number[]): number => [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
