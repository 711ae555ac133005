import type { HostPort } from '../backend/host-backend.ts';
import { answersInside } from './host-gateway.ts';
import { hasCode } from './listen-for-host.ts';
import { type HostRelay, openRelay } from './host-relay.ts';

/** Relays to whatever a host listens on, for as long as it does. */
export interface PortRelays {
  /** The ports that are open now. */
  list(): readonly HostPort[];
  /** Cuts all connections and refuses from now on. */
  close(): Promise<void>;
}

/** What relays of a host's ports are made with. */
export interface PortRelaysOptions {
  /** The host's loopback address. */
  readonly ip: string;
  readonly gateway: string;
  /** Ports that something inside listens on for others; asked again and again. */
  readonly listPorts: () => Promise<readonly number[]>;
  /** Ports that are none of its business: SSH, which has a relay at all times. */
  readonly except: readonly number[];
}

/**
 * Opens a port of the host's address when something inside listens on it and the host lets a connection from outside in; refuses when one
 * of the two has ended. Ports below 1024 that this process may not listen on are at {@link UNPRIVILEGED_OFFSET} more. A port taken by
 * another program stays closed until it is free.
 */
export const openPortRelays = (options: PortRelaysOptions): PortRelays => {
  const ports = new Map<number, OpenPort>();
  /** All that have been opened: a connection outlives the port it came by. */
  const relays = new Set<HostRelay>();
  const busy = new Set<number>();
  const retryMs = new Map<number, number>();
  let isClosed = false;

  const openPort = async (port: number): Promise<void> => {
    if (!(await answersInside(options.gateway, port))) return void retryMs.set(port, performance.now() + REFUSED_MS);
    if (isClosed) return;
    const onRefused = (): void => shutPort(port);
    const opened = await listen(options.ip, port, { gateway: options.gateway, port, onRefused });
    if (opened === undefined) return;
    relays.add(opened.relay);
    if (isClosed) await opened.relay.close();
    else ports.set(port, opened);
  };

  const shutPort = (port: number): void => {
    ports.get(port)?.relay.refuse();
    ports.delete(port);
  };

  const look = async (): Promise<void> => {
    const wanted = new Set(await options.listPorts());
    for (const port of options.except) wanted.delete(port);
    for (const port of ports.keys()) if (!wanted.has(port)) shutPort(port);
    for (const port of retryMs.keys()) if (!wanted.has(port)) retryMs.delete(port);
    for (const port of wanted) {
      if (ports.has(port) || busy.has(port) || performance.now() < (retryMs.get(port) ?? 0)) continue;
      busy.add(port);
      void openPort(port).finally(() => busy.delete(port));
    }
  };

  let timer: NodeJS.Timeout | undefined;
  const lookOn = (): void => {
    void look().finally(() => {
      if (!isClosed) timer = setTimeout(lookOn, LOOK_MS).unref();
    });
  };
  lookOn();

  return {
    list: () => [...ports.values()].map(({ inside, outside }) => ({ inside, outside })).sort((one, other) => one.inside - other.inside),
    async close() {
      isClosed = true;
      clearTimeout(timer);
      ports.clear();
      await Promise.all([...relays].map((relay) => relay.close()));
    },
  };
};

/** What is added to a port below 1024 where this user may not listen on it: 80 is at 10080. */
export const UNPRIVILEGED_OFFSET = 10_000;

/** The kernel tells nobody that a port is listened on; two short files are cheap to read. */
const LOOK_MS = 300;
/** A host that does not let a connection in is asked again after this. */
const REFUSED_MS = 1_000;

interface OpenPort extends HostPort {
  readonly relay: HostRelay;
}

/** Undefined when the port is taken. */
async function listen(ip: string, inside: number, target: Parameters<typeof openRelay>[2]): Promise<OpenPort | undefined> {
  for (const outside of [inside, inside + UNPRIVILEGED_OFFSET]) {
    try {
      return { inside, outside, relay: await openRelay(ip, outside, target) };
    } catch (error) {
      if (!hasCode(error, 'EACCES')) return undefined;
    }
  }
  return undefined;
}
