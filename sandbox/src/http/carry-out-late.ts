import type { SandboxApp, RequestContext } from './sandbox-app.ts';
import { resetConnection } from './inject-faults.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';

/** How long a late write waits when the fault does not say, milliseconds. */
const LATE_MS = 15_000;

/**
 * `late-create`: takes a write in, cuts the connection, and carries the write out only later by the sandbox's clock, whoever has gone
 * meanwhile. Nobody sees its answer. A restart in between loses it. Undefined when the fault does not strike.
 */
export const postponeWrite = async (c: RequestContext, app: SandboxApp, context: SandboxContext): Promise<Response | undefined> => {
  const facts = c.get('facts');
  const rule = facts.method === 'GET' ? undefined : context.faults.take('late-create', facts);
  if (rule === undefined) return undefined;
  const { url } = c.req.raw;
  const init = { method: facts.method, headers: c.req.raw.headers, body: facts.method === 'DELETE' ? null : await c.req.text() };
  const { env } = c;
  context.clock.schedule(context.clock.now() + (rule.ms ?? LATE_MS), () => {
    void app.fetch(new Request(url, init), { ...env, isLate: true });
  });
  return resetConnection(c);
};
