import * as z from 'zod';
import { hostStats } from '../ansible/callback-event.ts';

/** A task as surfaces show it. `path` and `line` (1-based) lead to the YAML. */
export const ansibleTask = z.object({
  id: z.string(),
  name: z.string(),
  action: z.string(),
  role: z.string().optional(),
  path: z.string().optional(),
  line: z.number().optional(),
});
export type AnsibleTask = z.output<typeof ansibleTask>;

/** How a task, or an item of its loop, ended on a host. `ignored`: it failed, and the playbook goes on by `ignore_errors`. */
export const hostStatuses = ['ok', 'changed', 'skipped', 'failed', 'ignored', 'unreachable', 'retry'] as const;
export type HostStatus = (typeof hostStatuses)[number];

/** How one run of `ansible-playbook` ended (docs/exit-codes.md says what each means for a deploy). */
export const runVerdicts = ['done', 'failed', 'unreachable', 'no-hosts', 'invalid', 'crashed', 'cancelled'] as const;
export type RunVerdict = (typeof runVerdicts)[number];

const base = { at: z.iso.datetime() };

/** What a deploy adds to the operation's events; one `ansible-run-started` … `ansible-run-finished` for each playbook. */
export const ansibleEvents = [
  z.object({
    kind: z.literal('ansible-run-started'),
    ...base,
    /** Number of the run in this deploy, from 1. */
    number: z.number(),
    total: z.number(),
    /** Name of a bundled playbook, path of another. */
    playbook: z.string(),
    hosts: z.array(z.string()),
    tags: z.array(z.string()),
    isCheck: z.boolean(),
  }),
  z.object({ kind: z.literal('ansible-play'), ...base, name: z.string(), hosts: z.array(z.string()).optional() }),
  z.object({ kind: z.literal('ansible-task'), ...base, task: ansibleTask, isHandler: z.boolean() }),
  z.object({ kind: z.literal('ansible-host-started'), ...base, host: z.string(), task: z.string() }),
  z.object({
    kind: z.literal('ansible-host-result'),
    ...base,
    host: z.string(),
    status: z.enum(hostStatuses),
    task: ansibleTask,
    elapsedMs: z.number().optional(),
    /** Item of a loop. */
    item: z.string().optional(),
    /** What the module said against it, for people. */
    message: z.string().optional(),
    /** What the program behind the module wrote, where it is one. */
    output: z.string().optional(),
    diff: z.string().optional(),
  }),
  /** One line that Ansible wrote for people, without colour codes. */
  z.object({ kind: z.literal('ansible-line'), ...base, stream: z.enum(['stdout', 'stderr']), text: z.string() }),
  z.object({
    kind: z.literal('ansible-run-finished'),
    ...base,
    number: z.number(),
    playbook: z.string(),
    verdict: z.enum(runVerdicts),
    elapsedMs: z.number(),
    stats: z.record(z.string(), hostStats),
  }),
  /** Each host over all playbooks of the deploy. */
  z.object({ kind: z.literal('ansible-recap'), ...base, hosts: z.record(z.string(), hostStats) }),
] as const;
