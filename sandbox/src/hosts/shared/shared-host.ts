import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { t } from '#schemas/text/text.ts';
import { ADDRESS_TURNS, addressOf } from '../backend/host-address.ts';
import type { HostFacts, HostRequest } from '../backend/host-backend.ts';
import { HostError } from '../backend/host-error.ts';
import { createInTurn } from '../backend/in-turn.ts';
import { waitForSsh } from '../network/host-relay.ts';
import { UNPRIVILEGED_SSH_PORT } from '../network/listen-for-host.ts';
import { removeTree, runTool } from '../machine/run-tool.ts';

/** A host that is no more than an sshd. Calls are carried out one after the other. */
export interface SharedHost {
  start(request: HostRequest): Promise<string>;
  stop(): Promise<void>;
  reboot(): Promise<void>;
  /** Stops it and forgets its key and home. */
  erase(): Promise<void>;
  facts(): HostFacts | undefined;
}

/** Makes a host that is off. `folder` keeps its key, its configuration and its home. */
export const createSharedHost = (serverId: number, options: { readonly sshd: string; readonly folder: string }): SharedHost => {
  const { folder } = options;
  let request: HostRequest | undefined;
  let child: ChildProcess | undefined;
  let address: { ip: string; port: number } | undefined;
  let hostKey: string | undefined;
  const inTurn = createInTurn();

  const boot = async (wanted: HostRequest): Promise<string> => {
    const port = await findPort();
    address = { ip: address?.ip ?? (await findAddress(wanted, port)), port };
    hostKey = await prepareFolder(folder, wanted, address);
    const words = ['--pdeathsig', 'TERM', options.sshd, '-D', '-e', '-f', join(folder, 'sshd_config')];
    const now = spawn('setpriv', words, { stdio: 'ignore' });
    child = now;
    now.once('exit', () => {
      if (child === now) child = undefined;
    });
    now.once('error', () => undefined);
    try {
      await waitForSsh(address, AbortSignal.timeout(ANSWER_MS));
    } catch (error) {
      await halt();
      throw new HostError('no-answer', t('Host {0} does not answer over SSH.', wanted.name), error);
    }
    return address.ip;
  };

  const halt = async (): Promise<void> => {
    const now = child;
    child = undefined;
    if (now?.pid === undefined || now.exitCode !== null || now.signalCode !== null) return;
    const ended = new Promise((resolve) => now.once('exit', resolve));
    // Sessions are not ended by the end of the sshd that let them in.
    for (const pid of [now.pid, ...(await listDescendants(now.pid))]) killIfThere(pid);
    await ended;
  };

  return {
    start: (wanted) => {
      request = wanted;
      return inTurn(async () => (child !== undefined && address !== undefined ? address.ip : boot(wanted)));
    },
    stop: () => inTurn(halt),
    reboot: () =>
      inTurn(async () => {
        await halt();
        if (request !== undefined) await boot(request);
      }),
    erase: () => {
      request = undefined;
      return inTurn(async () => {
        await halt();
        await removeTree(folder, false);
      });
    },
    facts: () =>
      request && {
        serverId,
        ip: address?.ip ?? request.address ?? '',
        port: address?.port ?? 22,
        user: userInfo().username,
        hostKey,
        isUp: child !== undefined,
        ports: [],
        problem: undefined,
      },
  };
};

const ANSWER_MS = 10_000;

/** 22 where users may listen on it. */
async function findPort(): Promise<number> {
  const text = await readFile('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8').catch(() => '1024');
  return Number(text) <= 22 ? 22 : UNPRIVILEGED_SSH_PORT;
}

/** sshd would say only in its log that its address is taken, and a stranger would answer there. */
async function findAddress({ serverId, address }: HostRequest, port: number): Promise<string> {
  for (let turn = 0; turn < (address === undefined ? ADDRESS_TURNS : 1); turn++) {
    const ip = address ?? addressOf(serverId, turn);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once('error', () => resolve(false)).listen(port, ip, () => server.close(() => resolve(true)));
    });
    if (isFree) return ip;
  }
  throw new HostError('address-taken', t('Address {0} is taken by another program.', address ?? addressOf(serverId)));
}

/** Writes what sshd needs and gives the public host key. */
async function prepareFolder(folder: string, request: HostRequest, address: { ip: string; port: number }): Promise<string> {
  const home = join(folder, 'home');
  const key = join(folder, 'host-key');
  await mkdir(home, { recursive: true, mode: 0o700 });
  const publicKey = (): Promise<string> => readFile(`${key}.pub`, 'utf8');
  const text = await publicKey().catch(async () => {
    await runTool('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', `server-${request.serverId}`, '-f', key]);
    await writeFile(join(folder, 'authorized_keys'), `${request.publicKeys.join('\n')}\n`, { mode: 0o600 });
    return publicKey();
  });
  const mounts = await readFile('/proc/mounts', 'utf8').catch(() => '');
  const config = [
    `ListenAddress ${address.ip}`,
    `Port ${address.port}`,
    `HostKey "${key}"`,
    'PidFile none',
    `AuthorizedKeysFile "${join(folder, 'authorized_keys')}"`,
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'Subsystem sftp internal-sftp',
    `SetEnv HOME="${home}" ICT_SERVER="${request.serverId}"`,
    'AcceptEnv LANG LC_*',
    'PrintMotd no',
    // A terminal belongs to the group tty; where the machine's own are not mounted so, giving one fails.
    `PermitTTY ${/^devpts \/dev\/pts devpts \S*gid=5/m.test(mounts) ? 'yes' : 'no'}`,
  ];
  await writeFile(join(folder, 'sshd_config'), `${config.join('\n')}\n`, { mode: 0o600 });
  return text.split(' ').slice(0, 2).join(' ');
}

async function listDescendants(pid: number): Promise<number[]> {
  const text = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8').catch(() => '');
  const children = text.split(' ').filter(Boolean).map(Number);
  return [...children, ...(await Promise.all(children.map(listDescendants))).flat()];
}

function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}
