import * as z from 'zod';

/** What can go wrong on purpose. README.md of the sandbox describes each. */
export const faultNames = [
  'rate-limit',
  'server-error',
  'empty-body',
  'slow',
  'reset-after-accept',
  'reset-before-accept',
  'stuck-task',
  'postponed',
  'failed-task',
  'need-money',
  'strict-dc',
  'html-error',
  'non-json',
  'delete-shows-deleting',
  'key-base64-only',
] as const;
export const faultName = z.enum(faultNames);
export type FaultName = z.output<typeof faultName>;

/** A fault that is switched on, and when it strikes. */
export const faultRule = z.strictObject({
  name: faultName,
  /** Only requests with this method. */
  method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).optional(),
  /** Only this route kind (`/server/{id}`) or path (`/server/900001`); a final `*` takes everything below. Lower case. */
  path: z.string().startsWith('/').optional(),
  /** Strikes this often, then no more. */
  times: z.int().positive().optional(),
  /** Lets this many matching requests through first. */
  skip: z.int().min(0).optional(),
  /** Strikes at every n-th matching request. */
  every: z.int().positive().optional(),
  /** `slow`, `postponed`: milliseconds. */
  ms: z.int().min(0).optional(),
  /** `server-error`: the status. */
  status: z.int().min(500).max(599).optional(),
  /** `rate-limit`: seconds in `Retry-After`. */
  retryAfter: z.int().min(0).optional(),
});
export type FaultRule = z.output<typeof faultRule>;

/** What a fault is matched against. */
export interface RequestFacts {
  readonly method: string;
  /** Normalised path: lower case, no final slash. */
  readonly path: string;
  /** The path with its ids replaced: `/server/{id}/action`. */
  readonly kind: string;
}

/** Whether a rule is about this request; counting comes after. */
export const isRuleFor = (rule: FaultRule, request: RequestFacts): boolean => {
  if (rule.method !== undefined && rule.method !== request.method) return false;
  if (rule.path === undefined) return true;
  if (rule.path.endsWith('*')) return request.path.startsWith(rule.path.slice(0, -1)) || request.kind.startsWith(rule.path.slice(0, -1));
  return rule.path === request.path || rule.path === request.kind;
};
