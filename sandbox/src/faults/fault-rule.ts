import * as z from 'zod';
import { faultName, neededOptions, variantsOf } from './fault-names.ts';

/** A fault that is switched on, and when it strikes. */
const fields = z.strictObject({
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
  /** `slow`, `slow-accept`: real milliseconds. `postponed`, `list-lag`, `object-lag`, `late-create`, `deleted-stays`: of the sandbox's clock. */
  ms: z.int().min(0).optional(),
  /** Status of `server-error` (500 and up), `says-not-found` and `russian-errors`. */
  status: z.int().min(400).max(599).optional(),
  /** `rate-limit`: seconds in `Retry-After`. */
  retryAfter: z.int().min(0).optional(),
  /** `list-omits`, `unreadable-row`, `hostile-text`: only the object with this id. */
  id: z.int().positive().optional(),
  /** The same by name; `image-withdrawn`, `dc-withdrawn`: technical name of what is withdrawn. */
  objectName: z.string().min(1).optional(),
  /** `list-cut`: rows that are left. */
  rows: z.int().min(0).optional(),
  /** One of the fault's variants. */
  as: z.string().min(1).optional(),
  /** `hostile-text`: the wire field, such as `AdminUserName`. */
  field: z.string().min(1).optional(),
  /** `says-not-found`: its words. */
  message: z.string().min(1).optional(),
});
export type FaultRule = z.output<typeof fields>;

/** Fields of a rule and what its fault asks of them besides. */
export const faultRule: z.ZodType<FaultRule> = fields.check(({ value, issues }) => {
  if (value.as !== undefined && !variantsOf(value.name).includes(value.as)) {
    issues.push({ code: 'custom', path: ['as'], input: value.as, message: `not a variant of ${value.name}` });
  }
  if (value.name === 'server-error' && value.status !== undefined && value.status < 500) {
    issues.push({ code: 'custom', path: ['status'], input: value.status, message: 'below 500' });
  }
  const needed = neededOptions[value.name];
  if (needed !== undefined && !needed.some((option) => value[option === 'name' ? 'objectName' : option] !== undefined)) {
    issues.push({ code: 'custom', path: [], input: value, message: `needs ${needed.join(' or ')}` });
  }
});

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
