import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import type { RequestFacts } from '../faults/fault-rule.ts';

/** What our handlers find in a hono context: the socket behind the request, and the request as faults and counters see it. */
export interface SandboxEnv {
  Bindings: HttpBindings & {
    /** A write that is carried out after its connection was cut: not counted, not struck again. */
    readonly isLate?: boolean;
  };
  Variables: { facts: RequestFacts };
}

export type SandboxApp = Hono<SandboxEnv>;
export type RequestContext = Context<SandboxEnv>;
