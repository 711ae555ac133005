import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connectInside } from './host-gateway.ts';

/** A loopback port that leads into a host. */
export interface HostRelay {
  /** Lets no more in; what is open stays. */
  refuse(): void;
  /** Refuses from now on, and cuts what is open: a connection left behind would look like the host that was. */
  close(): Promise<void>;
}

/** Where a relay leads to. */
export interface RelayTarget {
  /** The host's gateway. */
  readonly gateway: string;
  /** The port inside. */
  readonly port: number;
  /** Hears that the host has not let a connection in. */
  readonly onRefused?: () => void;
}

/**
 * Passes every connection to `ip:port` on to a port of a host. One the host does not let in is reset. Rejects with the listening error,
 * such as `EADDRINUSE`.
 */
export const openRelay = async (ip: string, port: number, target: RelayTarget): Promise<HostRelay> => {
  const open = new Set<Socket>();
  const keep = (socket: Socket): void => {
    open.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => open.delete(socket));
  };
  const server = createServer({ allowHalfOpen: true }, (outer) => {
    keep(outer);
    connectInside(target.gateway, target.port).then(
      (inner) => {
        keep(inner);
        if (outer.destroyed) inner.destroy();
        else {
          join(outer, inner);
          join(inner, outer);
        }
      },
      () => {
        outer.resetAndDestroy();
        target.onRefused?.();
      },
    );
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, ip, resolve));
  return {
    refuse: () => void stopListening(server),
    async close() {
      const stopped = stopListening(server);
      for (const socket of open) socket.destroy();
      await stopped;
    },
  };
};

function join(from: Socket, to: Socket): void {
  from.pipe(to);
  from.on('close', () => to.destroySoon());
}

/** Resolves when it has stopped and its connections are gone; at once when it had stopped before. */
function stopListening(server: Server): Promise<void> {
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Resolves when an SSH server greets at the address; rejects with the signal's reason. */
export const waitForSsh = async (target: { readonly ip: string; readonly port: number }, signal: AbortSignal): Promise<void> => {
  while (!(await hasGreeting(target))) await sleep(RETRY_MS, undefined, { signal });
};

const RETRY_MS = 30;
const GREETING_MS = 2_000;

function hasGreeting(target: { readonly ip: string; readonly port: number }): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(target.port, target.ip);
    const end = (isThere: boolean): void => {
      socket.destroy();
      resolve(isThere);
    };
    socket.setTimeout(GREETING_MS, () => end(false));
    socket.on('data', (data) => end(data.toString('latin1').startsWith('SSH-')));
    socket.on('error', () => end(false)).on('close', () => end(false));
  });
}
