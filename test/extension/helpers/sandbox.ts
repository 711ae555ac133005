/** An account the window works with: a sandbox outside of VS Code, shared by the suites of one run. */
export interface TestSandbox {
  /** Everything as at the start: an empty account. */
  reset(): Promise<void>;
  /** How often each request came since the start or the last reset: `GET /image` → 3. */
  countRequests(): Promise<Readonly<Record<string, number>>>;
  /** One request of the API; the answer's JSON. */
  ask(method: string, path: string, body?: unknown): Promise<unknown>;
  /** Switches faults off, then these on, as they are written for `ict sandbox fault`. */
  setFaults(...faults: readonly string[]): Promise<void>;
  /** Where the host of a server is reached. */
  addressOf(server: string): Promise<string>;
}

/** Address and token of a sandbox. */
export interface SandboxAccount {
  readonly endpoint: string;
  readonly token: string;
}

/** The account that the environment names: the one the extension's processes use until somebody signs in. */
export function environmentAccount(): SandboxAccount {
  const { ONECLOUD_ENDPOINT: endpoint, ONECLOUD_TOKEN: token } = process.env;
  if (endpoint === undefined || token === undefined) throw new Error('the window was started without a sandbox');
  return { endpoint, token };
}

/** Its sandbox; no hosts stand behind the servers. */
export const testSandbox = (): TestSandbox => openSandbox(environmentAccount());

/** The sandbox with real hosts behind its servers; why there is none on this machine. */
export function hostsSandbox():
  | { readonly kind: 'ready'; readonly account: SandboxAccount; readonly sandbox: TestSandbox }
  | { readonly kind: 'none'; readonly why: string } {
  const { ICT_TEST_HOSTS_ENDPOINT: endpoint, ICT_TEST_HOSTS_TOKEN: token, ICT_TEST_NO_HOSTS: why = 'started without' } = process.env;
  if (endpoint === undefined || token === undefined) return { kind: 'none', why };
  return { kind: 'ready', account: { endpoint, token }, sandbox: openSandbox({ endpoint, token }) };
}

/** What a suite does to a sandbox. */
export function openSandbox({ endpoint, token }: SandboxAccount): TestSandbox {
  const ask = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const answer = await fetch(`${endpoint}${path}`, {
      method,
      headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  };
  return {
    ask,
    reset: async () => void (await ask('POST', '/_sandbox/reset', {})),
    countRequests: async () => ((await ask('GET', '/_sandbox/status')) as { requests: Record<string, number> }).requests,
    setFaults: async (...set) => void (await ask('POST', '/_sandbox/faults', { clear: true, set })),
    addressOf: async (server) => {
      const servers = (await ask('GET', '/server')) as readonly { readonly ID: number; readonly Name: string }[];
      const id = servers.find(({ Name }) => Name === server)?.ID;
      const { hostList = [] } = (await ask('GET', '/_sandbox/status')) as { hostList?: readonly { serverId: number; ip: string }[] };
      const host = hostList.find(({ serverId }) => serverId === id);
      if (!host) throw new Error(`no host ${server}`);
      return host.ip;
    },
  };
}
