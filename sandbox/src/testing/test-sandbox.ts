import type { SandboxClock } from '../clock/sandbox-clock.ts';
import { createScriptedClock } from './scripted-clock.ts';
import { type Sandbox, type SandboxOptions, startSandbox } from '../start-sandbox.ts';

/** An answer as a test looks at it. */
export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The parsed body; the text when it is no JSON. */
  readonly body: unknown;
}

/** A sandbox on a free port whose time stands still, for tests. */
export interface TestSandbox extends Sandbox {
  readonly clock: SandboxClock;
  /** One API call with the right token; a body is sent as JSON unless it is already a text. */
  call(method: string, path: string, body?: unknown, headers?: Readonly<Record<string, string>>): Promise<TestAnswer>;
}

/** Starts a {@link TestSandbox}: passwords are the same every time, and tasks end when the test advances the clock. */
export const startTestSandbox = async (options: SandboxOptions = {}): Promise<TestSandbox> => {
  const clock = options.clock ?? createScriptedClock();
  const sandbox = await startSandbox({ clock, random: createCountingRandom(), ...options });
  const call: TestSandbox['call'] = async (method, path, body, headers) => {
    const answer = await fetch(`${sandbox.endpoint}${path}`, {
      method,
      headers: { authorization: `Bearer ${sandbox.token}`, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, text, body: parseOrKeep(text) };
  };
  // The state is a getter that a spread would freeze.
  return Object.create(sandbox, { clock: { value: clock }, call: { value: call } }) as TestSandbox;
};

/** A body of POST `/server` that is accepted. */
export const validServer = { Name: 'web-1', CPU: 1, RAM: 1024, HDD: 20, HDDType: 'SSD', ImageID: '3492', DCLocation: 'SdnSpb' } as const;

function createCountingRandom(): () => number {
  let count = 0;
  return () => (count++ % 57) / 57;
}

function parseOrKeep(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
