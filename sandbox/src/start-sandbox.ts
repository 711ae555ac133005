import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { type ServerType, serve } from '@hono/node-server';
import { t } from '#schemas/text/text.ts';
import { createApp } from './app.ts';
import { createRealClock, type SandboxClock } from './clock/sandbox-clock.ts';
import type { SandboxStatus } from './control/sandbox-status.ts';
import type { FaultName } from './faults/fault-names.ts';
import type { FaultRule } from './faults/fault-rule.ts';
import { createFaultSwitches, type FaultStatus } from './faults/fault-switches.ts';
import { parseFault } from './faults/parse-fault.ts';
import { type ChosenHosts, chooseHosts, type HostsChoice } from './hosts/choose-hosts.ts';
import type { HostBackend } from './hosts/backend/host-backend.ts';
import type { ImageListener } from './hosts/packages/image-cache.ts';
import { createNoneBackend } from './hosts/backend/none-backend.ts';
import { createRequestLog, type RequestEvent, type RequestLog } from './http/request-log.ts';
import { readSandboxStatus } from './control/read-sandbox-status.ts';
import { actInPanel } from './panel/act-in-panel.ts';
import type { PanelAnswer, PanelInput } from './panel/panel-request.ts';
import { SandboxProblem } from './errors/sandbox-problem.ts';
import { applySource, isTranscript, schemaOf, type SeedSourceInput } from './seed/seed-source.ts';
import { removeRemains } from './lies/deleted-remains.ts';
import { createStateHistory } from './lies/state-history.ts';
import { createStateFile, memoryStateFile } from './store/state-file.ts';
import { createStateKeeper } from './context/state-keeper.ts';
import type { SandboxState } from './store/state-schema.ts';
import { defaultDelays, everyDelay, type TaskDelays } from './clock/task-delays.ts';
import { followPower } from './tasks/follow-power.ts';
import { resumeHosts } from './tasks/resume-hosts.ts';
import { createTaskRunner } from './tasks/task-runner.ts';
import type { SandboxContext } from './context/sandbox-context.ts';

/** How a sandbox is to be; everything has a default. */
export interface SandboxOptions {
  /** 0 or missing: a free one. */
  readonly port?: number;
  /** The bearer token to ask for; made up when missing: 64 hexadecimal digits, like the provider's. */
  readonly token?: string;
  /** What is there at first; ignored when the state folder already holds a state. */
  readonly seed?: SeedSourceInput;
  /** Keeps the state over restarts, running tasks included. Missing: the state ends with the sandbox. */
  readonly stateDir?: string;
  readonly clock?: SandboxClock;
  /** One number of milliseconds for all tasks (0 = instant mode), or single ones over the defaults. */
  readonly delays?: number | Partial<TaskDelays>;
  /** Faults switched on from the start, as rules or as they are written. */
  readonly faults?: readonly (FaultRule | string)[];
  /** 0 ≤ x < 1; makes passwords. */
  readonly random?: () => number;
  /** What stands behind the servers; `none` when missing. */
  readonly hosts?: HostsChoice | HostBackend;
  /** Hears of the images of hosts being made. */
  readonly onImage?: ImageListener;
  /** Hears of every API request, the refused ones included. */
  readonly onRequest?: (event: RequestEvent) => void;
}

/** The faults of a running sandbox; `set` throws {@link SandboxProblem} `bad-fault` for a text that is no fault. */
export interface SandboxFaults {
  set(fault: FaultRule | string): void;
  clear(name?: FaultName): void;
  list(): readonly FaultStatus[];
}

/** A running sandbox. */
export interface Sandbox {
  /** `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  readonly token: string;
  readonly port: number;
  /** The state as it is now; to be looked at, not changed. */
  readonly state: SandboxState;
  readonly faults: SandboxFaults;
  readonly requests: Pick<RequestLog, 'counts' | 'recent' | 'clear'>;
  /** Does what a person does in the provider's panel. Throws {@link SandboxProblem} `bad-panel`. */
  panel(request: PanelInput): PanelAnswer;
  status(): SandboxStatus;
  /** Lets time pass; what is due in between happens. */
  advance(ms: number): void;
  /** Back to the seed; faults stay, request counts start anew. */
  reset(): void;
  /** Resolves when the sandbox has stopped, by `close` or by its control endpoint. */
  readonly closed: Promise<void>;
  close(): Promise<void>;
}

/** Starts a sandbox on 127.0.0.1. Throws {@link SandboxProblem} for a bad seed, fault, state file, a port in use, or no such hosts. */
export const startSandbox = async (options: SandboxOptions = {}): Promise<Sandbox> => {
  const chosen = await openHosts(options);
  try {
    return await startOverHosts(options, chosen);
  } catch (error) {
    await chosen.backend.close();
    throw error;
  }
};

/** A backend given ready-made, or none, needs no reason. */
async function openHosts(options: SandboxOptions): Promise<Pick<ChosenHosts, 'backend'> & Partial<ChosenHosts>> {
  const { hosts, stateDir, onImage } = options;
  if (hosts === undefined) return { backend: createNoneBackend() };
  if (typeof hosts !== 'string') return { backend: hosts };
  return chooseHosts(hosts, { ...(stateDir === undefined ? {} : { stateDir }), ...(onImage === undefined ? {} : { onProgress: onImage }) });
}

async function startOverHosts(
  options: SandboxOptions,
  { backend: hosts, reason }: Awaited<ReturnType<typeof openHosts>>,
): Promise<Sandbox> {
  const clock = options.clock ?? createRealClock();
  const random = options.random ?? createRandom();
  const token = options.token ?? randomBytes(32).toString('hex');
  const seed = schemaOf(options.seed).parse(options.seed ?? {});
  if (isTranscript(seed) && hosts.name !== 'none') {
    throw new SandboxProblem('bad-seed', t('A sandbox from a transcript has no hosts: its addresses are stand-ins.'));
  }
  const file = options.stateDir === undefined ? memoryStateFile : createStateFile(options.stateDir);
  const stored = await file.load();
  // A clock that was advanced before the restart must not run backwards.
  if (stored !== undefined && stored.savedMs > clock.now()) clock.advance(stored.savedMs - clock.now());
  const switches = createFaultSwitches({
    onSet(name) {
      context.history.note();
      if (name === 'other-project') context.foreign = { ...context.state.counters };
    },
    onClear(name) {
      if (name === 'stuck-task') runner.releaseStuck();
      if (name === 'deleted-stays') removeRemains(context);
    },
  });
  const context: SandboxContext = {
    state: stored ?? applySource(seed, clock.now(), random),
    clock,
    random,
    faults: switches,
    history: createStateHistory(() => ({ state: context.state, atMs: clock.now() }), switches),
    hosts,
    delays: typeof options.delays === 'number' ? everyDelay(options.delays) : { ...defaultDelays, ...options.delays },
  };
  const keeper = createStateKeeper(context, file);
  const changed = (): void => {
    context.history.note();
    keeper.storeSoon();
  };
  const runner = createTaskRunner(context, changed);
  followPower(context, changed);
  const faults = wrapFaults(context);
  for (const fault of options.faults ?? []) faults.set(fault);
  const log = createRequestLog(options.onRequest);
  const startedAt = new Date(clock.now()).toISOString();
  const reset = (): void => {
    for (const { id } of context.state.servers) ignoreFailure(hosts.delete(id));
    context.state = applySource(seed, clock.now(), random);
    resumeHosts(context);
    log.clear();
    runner.settle();
    keeper.storeSoon();
  };
  const panel = (request: PanelInput): PanelAnswer => {
    runner.settle();
    const answer = actInPanel(context, request);
    runner.settle();
    changed();
    return answer;
  };
  const status = (): SandboxStatus => readSandboxStatus(context, log, { endpoint, startedAt, hostsReason: reason });
  const control = { status, requests: log.recent, panel, reset, advance: clock.advance, shutdown: () => setImmediate(() => void close()) };
  const app = createApp(context, { token, log, control, settle: runner.settle, arm: runner.arm, store: keeper.store });
  const server = await listen(app.fetch, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${port}`;
  resumeHosts(context);
  runner.settle();
  await keeper.store();

  let announceClosed = (): void => undefined;
  const closed = new Promise<void>((resolve) => (announceClosed = resolve));
  let closing: Promise<void> | undefined;
  const close = (): Promise<void> =>
    (closing ??= (async () => {
      runner.close();
      await closeServer(server);
      await hosts.close();
      await keeper.store();
      announceClosed();
    })());
  const requests = { counts: log.counts, recent: log.recent, clear: log.clear };
  const { advance } = clock;
  return {
    endpoint,
    token,
    port,
    faults,
    requests,
    panel,
    status,
    advance,
    reset,
    closed,
    close,
    get state() {
      return context.state;
    },
  };
}

/** Nobody waits for it, and the next start of the host says what is wrong. */
function ignoreFailure(work: void | Promise<void>): void {
  if (work instanceof Promise) work.catch(() => undefined);
}

function wrapFaults({ faults }: SandboxContext): SandboxFaults {
  return {
    set(fault) {
      const parsed = typeof fault === 'string' ? parseFault(fault) : { kind: 'rule' as const, rule: fault };
      if (parsed.kind === 'problem') throw new SandboxProblem('bad-fault', parsed.problem);
      faults.set(parsed.rule);
    },
    clear: faults.clear,
    list: faults.list,
  };
}

function createRandom(): () => number {
  return () => randomBytes(4).readUInt32BE() / 2 ** 32;
}

/** Loopback only: the sandbox must not be reachable from anywhere else. */
function listen(fetch: ReturnType<typeof createApp>['fetch'], port: number): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    // A PHP client ends the lines of its head with LF alone and was taken for years.
    const serverOptions = { insecureHTTPParser: true };
    const server = serve({ fetch, hostname: '127.0.0.1', port, serverOptions }, () => resolve(server));
    server.once('error', (error: NodeJS.ErrnoException) => {
      reject(error.code === 'EADDRINUSE' ? new SandboxProblem('port-taken', t('Port {0} is already in use.', port), error) : error);
    });
  });
}

function closeServer(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ('closeIdleConnections' in server) server.closeIdleConnections();
    // Answers under way get a moment; idle keep-alive connections would hold the sandbox open for ever.
    setTimeout(() => 'closeAllConnections' in server && server.closeAllConnections(), 200).unref();
  });
}
