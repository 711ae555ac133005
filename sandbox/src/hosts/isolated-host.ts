import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { t } from '#schemas/text/text.ts';
import { createCgroup, removeCgroup } from './cgroup.ts';
import type { HostFacts, HostRequest } from './host-backend.ts';
import { HostError } from './host-error.ts';
import { type HostRelay, waitForSsh } from './host-relay.ts';
import type { HostSite } from './host-site.ts';
import { listenForHost } from './listen-for-host.ts';
import { removeTree } from './run-tool.ts';

/** What an isolated host is made with. */
export interface IsolatedHostOptions {
  readonly site: HostSite;
  /** `run-host.sh`. */
  readonly script: string;
  /** Where its files are kept. */
  readonly disk: string;
  /** Ports of the host that can be reached from outside; 22 is among them. */
  readonly ports: readonly number[];
  /** Path of the root file system it is laid over. */
  readonly findImage: () => Promise<string>;
  /** Aborted when the sandbox stops. */
  readonly signal: AbortSignal;
}

/** One host of systemd in namespaces of its own. Calls are carried out one after the other. */
export interface IsolatedHost {
  start(request: HostRequest): Promise<string>;
  stop(isSoft: boolean): Promise<void>;
  reboot(isSoft: boolean): Promise<void>;
  /** Stops it and forgets its files. */
  erase(): Promise<void>;
  /** Undefined after {@link IsolatedHost.erase}, until it is started again. */
  facts(): HostFacts | undefined;
}

/** A host that has booted. */
interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<NodeJS.Signals | null>;
  relays: readonly HostRelay[];
}

/** Makes a host that is off; nothing is there before its first start. */
export const createIsolatedHost = (serverId: number, options: IsolatedHostOptions): IsolatedHost => {
  const { site, disk, signal } = options;
  const cgroup = join(site.cgroup, String(serverId));
  const sockets = join(site.runDir, String(serverId));
  let request: HostRequest | undefined;
  let orders = 0;
  let address: { ip: string; sshPort: number } | undefined;
  let hostKey: string | undefined;
  let running: Running | undefined;
  let problem: HostFacts['problem'];
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Value>(work: () => Promise<Value>): Promise<Value> => {
    const turn = last.then(work, work);
    last = turn.catch(() => undefined);
    return turn;
  };

  const boot = async (wanted: HostRequest): Promise<string> => {
    const image = await options.findImage();
    await removeCgroup(cgroup);
    if (!(await createCgroup(cgroup))) throw new HostError('tool-failed', t('No control group can be made for host {0}.', serverId));
    await mkdir(sockets, { recursive: true });
    await mkdir(disk, { recursive: true, mode: 0o700 });
    const now = await spawnHost(options, { request: wanted, cgroup, sockets, image });
    try {
      await awaitAnswer(now, join(sockets, '22.sock'), wanted, signal);
      const taken = await listenForHost(serverId, address?.ip ?? wanted.address, options.ports, sockets);
      address = { ip: taken.ip, sshPort: taken.sshPort };
      now.relays = taken.relays;
      hostKey = (await readFile(join(disk, 'host-key.pub'), 'utf8')).split(' ').slice(0, 2).join(' ');
    } catch (error) {
      await killFirst(now);
      await removeCgroup(cgroup);
      throw error;
    }
    running = now;
    void now.ended.then((endedBy) => inTurn(() => settleEnd(now, endedBy)));
    return address.ip;
  };

  /** It ended by itself: a reboot from inside brings it back, everything else leaves it off. */
  const settleEnd = async (ended: Running, endedBy: NodeJS.Signals | null): Promise<void> => {
    if (running !== ended) return;
    await halt();
    const again = request;
    if (endedBy === 'SIGHUP' && again !== undefined && !signal.aborted) await attempt(() => boot(again));
  };

  const halt = async (): Promise<void> => {
    const now = running;
    running = undefined;
    await Promise.all((now?.relays ?? []).map((relay) => relay.close()));
    if (now !== undefined) await killFirst(now);
    await removeCgroup(cgroup);
    await now?.ended;
  };

  const askToEnd = async (): Promise<void> => {
    if (running === undefined) return;
    await signalFirst(running.child, SIGRTMIN_4);
    await Promise.race([running.ended, timer(SOFT_STOP_MS)]);
  };

  /** Remembers why it is not up, for those who see only that it does not answer. */
  const attempt = async <Value>(work: () => Promise<Value>): Promise<Value | undefined> => {
    try {
      problem = undefined;
      return await work();
    } catch (error) {
      problem = error instanceof HostError ? error.problem : t('Host {0} failed: {1}', serverId, String(error));
      return undefined;
    }
  };
  const bootOrThrow = async (wanted: HostRequest): Promise<string> => {
    let failure: unknown;
    const ip = await attempt(() =>
      boot(wanted).catch((error: unknown) => {
        failure = error;
        throw error;
      }),
    );
    if (ip === undefined) throw failure;
    return ip;
  };

  return {
    start: (wanted) => {
      request = wanted;
      orders++;
      return inTurn(async () => (running !== undefined && address !== undefined ? address.ip : bootOrThrow(wanted)));
    },
    stop: (isSoft) =>
      inTurn(async () => {
        if (isSoft) await askToEnd();
        await halt();
      }),
    reboot: (isSoft) =>
      inTurn(async () => {
        if (isSoft) await askToEnd();
        await halt();
        if (request !== undefined) await bootOrThrow(request);
      }),
    erase: () => {
      request = undefined;
      const order = ++orders;
      return inTurn(async () => {
        await halt();
        await removeTree(disk, site.isRootless);
        await removeTree(sockets, site.isRootless);
        hostKey = undefined;
        // Another server of this number may have any address; one that is started anew already keeps it.
        if (order === orders) address = undefined;
      });
    },
    facts: () =>
      request && {
        serverId,
        ip: address?.ip ?? request.address ?? '',
        port: address?.sshPort ?? 22,
        user: 'root',
        hostKey,
        isUp: running !== undefined,
        problem,
      },
  };
};

const BOOT_MS = 60_000;
const SOFT_STOP_MS = 10_000;
const KILL_MS = 2_000;
/** systemd's "power off" to its first process: SIGRTMIN+4, which Node has no name for. */
const SIGRTMIN_4 = 38;

interface Boot {
  readonly request: HostRequest;
  readonly cgroup: string;
  readonly sockets: string;
  readonly image: string;
}

async function spawnHost(options: IsolatedHostOptions, { request, cgroup, sockets, image }: Boot): Promise<Running> {
  const console = await open(join(options.disk, 'console.log'), 'w', 0o600);
  // Killed together with the sandbox, however that ends.
  const words = ['--pdeathsig', 'KILL', 'bash', options.script, hostnameOf(request), options.disk, image, sockets, options.ports.join(',')];
  const child = spawn('setpriv', words, {
    stdio: ['pipe', console.fd, console.fd],
    env: { PATH: process.env['PATH'], ICT_CGROUP: cgroup },
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once('error', () => resolve(null));
    child.once('exit', (_code, endedBy) => resolve(endedBy));
  });
  child.stdin?.on('error', () => undefined);
  child.stdin?.end(`${request.adminPassword}\n${request.publicKeys.join('\n')}\n`);
  await console.close();
  return { child, ended, relays: [] };
}

async function awaitAnswer(host: Running, socket: string, request: HostRequest, signal: AbortSignal): Promise<void> {
  const given = AbortSignal.any([signal, AbortSignal.timeout(BOOT_MS)]);
  const lost = new AbortController();
  try {
    await Promise.race([
      waitForSsh(socket, AbortSignal.any([given, lost.signal])),
      host.ended.then(() => Promise.reject(new HostError('no-answer', t('Host {0} ended while it was starting.', request.name)))),
    ]);
  } catch (error) {
    if (error instanceof HostError) throw error;
    if (signal.aborted) throw new HostError('closed', t('The sandbox is stopping.'), error);
    throw new HostError('no-answer', t('Host {0} does not answer over SSH.', request.name), error);
  } finally {
    lost.abort();
  }
}

/**
 * Ends all of a host by its first process, so that its `unshare` sees it end: were both killed at once, the first process would be
 * left to a stranger to be buried.
 */
async function killFirst({ child, ended }: Running): Promise<void> {
  await signalFirst(child, 'SIGKILL');
  await Promise.race([ended, timer(KILL_MS)]);
}

/** The first process of a host is the only child of its `unshare`. */
async function signalFirst({ pid, exitCode, signalCode }: ChildProcess, signal: NodeJS.Signals | number): Promise<void> {
  if (pid === undefined || exitCode !== null || signalCode !== null) return;
  const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const first = Number(children.trim().split(' ')[0]);
  if (!(first > 1)) return;
  try {
    process.kill(first, signal);
  } catch {
    // It has ended meanwhile.
  }
}

/** Server names may hold anything; a hostname letters, digits and hyphens. */
function hostnameOf({ name, serverId }: HostRequest): string {
  return /^[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$/.test(name) ? name : `server-${serverId}`;
}

function timer(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
