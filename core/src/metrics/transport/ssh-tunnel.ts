import { connect } from 'node:net';
import type { Readable } from 'node:stream';
import { execa } from 'execa';
import type { MetricsEndpoint } from './metrics-target.ts';
import { ReadError } from './read-error.ts';

/** One connection to a host, kept open, with a local socket that leads to its agent. */
export interface SshTunnel {
  readonly socketPath: string;
  /** Whether the connection has ended; a new one must be made then. */
  readonly hasEnded: () => boolean;
  close(): Promise<void>;
}

/** Seconds between signs of life; two missed ones end a connection to a host that is gone. */
const ALIVE_SECONDS = 5;
const READY = 'ict-ready';

/**
 * Connects. `ssh -L SOCKET:127.0.0.1:PORT` is one process for a host however often it is looked at, and a look costs a channel
 * of it: `ssh -W` or `-O forward` through a master would start a process for every look. The host's pinned keys decide who it
 * is. Ends with us even if we are killed: the far side of it waits for the end of its input. Throws `ReadError`.
 */
export async function openSshTunnel(
  endpoint: Extract<MetricsEndpoint, { kind: 'ssh' }>,
  socketPath: string,
  environment: Readonly<Record<string, string | undefined>>,
  signal: AbortSignal,
): Promise<SshTunnel> {
  // Most hosts that are gone do not even connect: that costs a socket here, and no process.
  await probe(endpoint.host, endpoint.sshPort, signal);
  const ssh = execa('ssh', listArguments(endpoint, socketPath), {
    env: environment,
    extendEnv: false,
    reject: false,
    stdin: 'pipe',
    buffer: { stdout: false, stderr: true },
    maxBuffer: 20_000,
  });
  let hasEnded = false;
  const ended = ssh.then(({ stderr }) => {
    hasEnded = true;
    return typeof stderr === 'string' ? stderr : '';
  });
  const close = async (): Promise<void> => {
    ssh.kill('SIGTERM');
    await ended;
  };
  try {
    await awaitReady(ssh.stdout, ended, signal);
  } catch (error) {
    await close();
    throw error;
  }
  ssh.stdout.resume();
  return { socketPath, hasEnded: () => hasEnded, close };
}

const listArguments = ({ sshArguments, port }: Extract<MetricsEndpoint, { kind: 'ssh' }>, socketPath: string): readonly string[] => [
  ...[
    'BatchMode=yes',
    'ControlMaster=no',
    'ControlPath=none',
    'ExitOnForwardFailure=yes',
    'StreamLocalBindMask=0177',
    'StreamLocalBindUnlink=yes',
    `ServerAliveInterval=${ALIVE_SECONDS}`,
    'ServerAliveCountMax=2',
    'LogLevel=ERROR',
    'RequestTTY=no',
  ].flatMap((option) => ['-o', option]),
  '-L',
  `${socketPath}:127.0.0.1:${port}`,
  ...sshArguments,
  `echo ${READY}; exec cat >/dev/null`,
];

/** Whether anybody listens there. */
function probe(host: string, port: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port });
    const leave = (): void => void socket.destroy(signal.reason as Error);
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('error', (error) => {
      reject(signal.aborted ? (signal.reason as Error) : new ReadError('unreachable', error.message, error));
    });
    socket.once('close', () => signal.removeEventListener('abort', leave));
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
  });
}

/** Resolves when the far side answers: the local socket is there by then. `ended` gives ssh's last words. */
async function awaitReady(output: Readable, ended: Promise<string>, signal: AbortSignal): Promise<void> {
  let leave = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    leave = () => reject(signal.reason as Error);
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
  });
  const ready = new Promise<void>((resolve) => {
    let said = '';
    output.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('latin1')).slice(-1000);
      if (said.includes(READY)) resolve();
    });
  });
  const failed = ended.then((said) => {
    throw new ReadError(judgeSsh(said), said.trim().split('\n').at(-1) ?? 'ssh ended');
  });
  failed.catch(() => undefined);
  aborted.catch(() => undefined);
  try {
    await Promise.race([ready, aborted, failed]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

/** What ssh's words mean for the reader. */
export function judgeSsh(said: string): ReadError['code'] {
  if (/host key verification failed|host identification has changed|no .*host key is known/i.test(said)) return 'host-key';
  return /permission denied|too many authentication failures/i.test(said) ? 'login' : 'unreachable';
}
