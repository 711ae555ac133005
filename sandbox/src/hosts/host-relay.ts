import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A loopback port that leads into a host. */
export interface HostRelay {
  /** Refuses from now on, and cuts what is open: a connection left behind would look like the host that was. */
  close(): Promise<void>;
}

/** Passes every connection to `ip:port` on to a UNIX socket. Rejects with the listening error, such as `EADDRINUSE`. */
export const openRelay = async (ip: string, port: number, socketPath: string): Promise<HostRelay> => {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (outer) => {
    const inner = connect({ path: socketPath, allowHalfOpen: true });
    for (const [one, other] of [
      [outer, inner],
      [inner, outer],
    ] as const) {
      open.add(one);
      one.pipe(other);
      one.on('error', () => one.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroySoon();
      });
    }
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, ip, resolve));
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
};

/** Resolves when an SSH server greets on the socket or address; rejects with the signal's reason. */
export const waitForSsh = async (target: string | { readonly ip: string; readonly port: number }, signal: AbortSignal): Promise<void> => {
  while (!(await hasGreeting(target))) await sleep(RETRY_MS, undefined, { signal });
};

const RETRY_MS = 30;
const GREETING_MS = 2_000;

function hasGreeting(target: string | { readonly ip: string; readonly port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = typeof target === 'string' ? connect(target) : connect(target.port, target.ip);
    const end = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.setTimeout(GREETING_MS, () => end(false));
    socket.on('data', (data) => end(data.toString('latin1').startsWith('SSH-')));
    socket.on('error', () => end(false)).on('close', () => end(false));
  });
}
