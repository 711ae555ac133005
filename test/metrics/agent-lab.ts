import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { later, usualHost, writePage } from '#core/metrics/testing/page-of-host.ts';
import { watchEvent, type WatchEvent } from '#schemas/events/watch-event.ts';
import type { MetricsEvent } from '#schemas/metrics/metrics-event.ts';
import { head, type Lab, openLab, type RunOptions } from '#test/helpers/lab.ts';

/** A project whose servers answer for their metrics by HTTP, at the loopback addresses that the sandbox gives them. */
export interface AgentLab extends Lab {
  /** An infra file with these servers; each answers by HTTP at the lab's port. */
  fileOf(...names: readonly string[]): string;
  /** Starts the agent of a server that exists. */
  startAgent(name: string): Promise<void>;
  stopAgent(name: string): Promise<void>;
  /** Address of the server, and the agents' port. */
  endpointOf(name: string): { readonly ip: string; readonly port: number };
}

export async function openAgentLab(): Promise<AgentLab> {
  const lab = await openLab();
  const agents = new Map<string, Server>();
  // Every server has an address of its own; a port that is free at one of them is free at all.
  const placeholder = createServer();
  await listen(placeholder, 0, '127.0.0.1');
  const { port } = placeholder.address() as AddressInfo;
  const endpointOf = (name: string): { readonly ip: string; readonly port: number } => {
    const server = lab.sandbox.state.servers.find((item) => item.name === name);
    const ip = server?.links.find(({ type }) => type === 'PublicShared')?.ip;
    if (ip === undefined) throw new Error(`no address of ${name}`);
    return { ip, port };
  };
  const stop = (server: Server): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    ...lab,
    endpointOf,
    fileOf: (...names) => {
      const body = `{ monitoring: { transport: http, port: ${port} } }`;
      return `${head}servers:\n${names.map((name) => `  ${name}: ${body}\n`).join('')}`;
    },
    startAgent: async (name) => {
      const [startedMs, startedElapsedMs] = [Date.now(), performance.now()];
      const server = createServer((_request, response) => {
        const seconds = (performance.now() - startedElapsedMs) / 1000;
        response.end(writePage(later({ ...usualHost, hostSeconds: startedMs / 1000, bootSeconds: startedMs / 1000 - 10_000 }, seconds)));
      });
      await listen(server, port, endpointOf(name).ip);
      agents.set(name, server);
    },
    stopAgent: async (name) => {
      const server = agents.get(name);
      agents.delete(name);
      if (server) await stop(server);
    },
    close: async () => {
      await Promise.all([...agents.values(), placeholder].map(stop));
      await lab.close();
    },
  };
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => server.once('error', reject).listen(port, host, () => resolve()));

/** A running `ict watch` that a test talks to. */
export interface Watch {
  readonly events: readonly WatchEvent[];
  /** The first event for which `is` says yes, among those that come from now on. */
  until(is: (event: WatchEvent) => boolean): Promise<WatchEvent>;
  /** The next line about metrics for which `is` says yes. */
  untilMetrics(is: (event: MetricsEvent) => boolean): Promise<MetricsEvent>;
  /** Sends a line of input. */
  ask(): void;
  /** Ends the input, or sends Ctrl-C; gives the exit code. */
  end(how?: 'input' | 'signal'): Promise<number>;
  /** What was written to standard error. */
  readonly complaints: () => string;
}

/** Starts `ict watch` in this process; it looks at the panel when it is asked only. */
export function startWatch(run: Lab['run'], args: readonly string[], options: RunOptions = {}): Watch {
  const events: WatchEvent[] = [];
  const waiting = new Set<() => void>();
  const turns: ((isOver: boolean) => void)[] = [];
  const asked: boolean[] = [];
  let [interrupt, complaints] = [(): void => undefined, ''];
  const say = (isOver: boolean): void => {
    const turn = turns.shift();
    if (turn) turn(isOver);
    else asked.push(isOver);
  };
  async function* lines(): AsyncIterable<string> {
    while (!(asked.shift() ?? (await new Promise<boolean>((resolve) => turns.push(resolve))))) yield 'look';
  }
  const ended = run(['watch', '--interval', '1h', ...args], {
    ...options,
    environment: { ICT_AGENT: 'on', ...options.environment },
    lines: lines(),
    onStart: (send) => (interrupt = send),
    onText: (text) => {
      if (text.startsWith('{')) events.push(watchEvent.parse(JSON.parse(text)));
      else complaints += text;
      for (const look of waiting) look();
    },
  });
  const until = (is: (event: WatchEvent) => boolean): Promise<WatchEvent> => {
    const from = events.length;
    return new Promise((resolve) => {
      const look = (): void => {
        const found = events.slice(from).find(is);
        if (!found) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
    });
  };
  return {
    events,
    until,
    untilMetrics: async (is) => {
      const event = await until((item) => item.kind === 'metrics' && is(item));
      if (event.kind !== 'metrics') throw new Error('not about metrics');
      return event;
    },
    ask: () => say(false),
    end: async (how = 'input') => {
      if (how === 'input') say(true);
      else interrupt();
      return (await ended).code;
    },
    complaints: () => complaints,
  };
}
