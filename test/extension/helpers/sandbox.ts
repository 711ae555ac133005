/** The account the window works with: a sandbox outside of VS Code, shared by the suites of one run. */
export interface TestSandbox {
  /** Everything as at the start: an empty account. */
  reset(): Promise<void>;
  /** How often each request came since the start or the last reset: `GET /image` → 3. */
  countRequests(): Promise<Readonly<Record<string, number>>>;
  /** One request of the API; the answer's JSON. */
  ask(method: string, path: string, body?: unknown): Promise<unknown>;
}

/** The sandbox that the environment names: the one the extension's processes use. */
export function testSandbox(): TestSandbox {
  const { ONECLOUD_ENDPOINT: endpoint, ONECLOUD_TOKEN: token } = process.env;
  if (endpoint === undefined || token === undefined) throw new Error('the window was started without a sandbox');
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
  };
}
