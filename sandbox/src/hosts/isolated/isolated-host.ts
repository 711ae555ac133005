import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { t } from '#schemas/text/text.ts';
import { createCgroup, removeCgroup } from '../machine/cgroup.ts';
import type { HostFacts, HostRequest } from '../backend/host-backend.ts';
import { HostError } from '../backend/host-error.ts';
import { guestAddressOf } from '../backend/host-address.ts';
import { createInTurn } from '../backend/in-turn.ts';
import { findFirst, signalFirst } from './host-process.ts';
import type { HostSite } from './host-site.ts';
import { listenForHost, SSH_PORT } from '../network/listen-for-host.ts';
import { readListeningPorts } from '../network/listening-ports.ts';
import { openPortRelays, type PortRelays } from '../network/port-relays.ts';
import { removeTree } from '../machine/run-tool.ts';

/** What an isolated host is made with. */
export interface IsolatedHostOptions {
  readonly site: HostSite;
  /** `run-host.sh`. */
  readonly script: string;
  /** Where its files are kept. */
  readonly disk: string;
  /** Path of the root file system it is laid over. */
  readonly findImage: () => Promise<string>;
  /** Aborted when the sandbox stops. */
  readonly signal: AbortSignal;
  /** Hears that it is off, or on again, without having been told to. */
  readonly onPower: (isOn: boolean) => void;
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
  /** What is to be closed when it ends. */
  closers: readonly { close(): Promise<void> }[];
  ports?: PortRelays;
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
  const inTurn = createInTurn();

  const boot = async (wanted: HostRequest): Promise<string> => {
    const image = await options.findImage();
    await removeCgroup(cgroup);
    if (!(await createCgroup(cgroup))) throw new HostError('tool-failed', t('No control group can be made for host {0}.', serverId));
    await mkdir(sockets, { recursive: true });
    await mkdir(disk, { recursive: true, mode: 0o700 });
    const now = await spawnHost(options, { request: wanted, cgroup, sockets, image });
    const gateway = join(sockets, 'door.sock');
    try {
      const first = await awaitSsh(now, wanted, signal);
      const { ip, sshPort, relay } = await listenForHost(serverId, address?.ip ?? wanted.address, gateway);
      address = { ip, sshPort };
      now.ports = openPortRelays({ ip, gateway, listPorts: () => readListeningPorts(first), except: [SSH_PORT] });
      now.closers = [relay, now.ports];
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
    if (signal.aborted) return;
    if (endedBy === 'SIGHUP' && again !== undefined) await attempt(() => boot(again));
    options.onPower(running !== undefined);
  };

  const halt = async (): Promise<void> => {
    const now = running;
    running = undefined;
    await Promise.all((now?.closers ?? []).map((closer) => closer.close()));
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
        ports: running?.ports?.list() ?? [],
        problem,
      },
  };
};

const BOOT_MS = 60_000;
const RETRY_MS = 30;
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
  const host = [hostnameOf(request), options.disk, image, sockets, guestAddressOf(request.serverId)];
  // Killed together with the sandbox, however that ends.
  const child = spawn('setpriv', ['--pdeathsig', 'KILL', 'bash', options.script, ...host], {
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
  return { child, ended, closers: [] };
}

/** Resolves with the first process when sshd listens; whether its firewall lets anybody in is the host's own affair. */
async function awaitSsh(host: Running, request: HostRequest, signal: AbortSignal): Promise<number> {
  const lastMs = performance.now() + BOOT_MS;
  let hasEnded = false;
  void host.ended.then(() => (hasEnded = true));
  while (performance.now() < lastMs) {
    if (signal.aborted) throw new HostError('closed', t('The sandbox is stopping.'));
    if (hasEnded) throw new HostError('no-answer', t('Host {0} ended while it was starting.', request.name));
    const first = host.child.pid === undefined ? undefined : await findFirst(host.child.pid);
    if (first !== undefined && (await readListeningPorts(first)).includes(SSH_PORT)) return first;
    await sleep(RETRY_MS);
  }
  throw new HostError('no-answer', t('Host {0} does not answer over SSH.', request.name));
}

/**
 * Ends all of a host by its first process, so that its `unshare` sees it end: were both killed at once, the first process would be
 * left to a stranger to be buried.
 */
async function killFirst({ child, ended }: Running): Promise<void> {
  await signalFirst(child, 'SIGKILL');
  await Promise.race([ended, timer(KILL_MS)]);
}

/** Server names may hold anything; a hostname letters, digits and hyphens. */
function hostnameOf({ name, serverId }: HostRequest): string {
  return /^[A-Za-z0-9]([A-Za-z0-9.-]{0,61}[A-Za-z0-9])?$/.test(name) ? name : `server-${serverId}`;
}

function timer(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
