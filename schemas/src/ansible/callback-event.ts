import * as z from 'zod';

/** Version of the lines that our callback plugin (`playbooks/plugins/callback/ict_events.py`) writes. */
export const CALLBACK_FORMAT = 1;

/** The task an event belongs to. `path` and `line` lead to the YAML that the user wrote. */
export const callbackTask = z.object({
  id: z.string(),
  name: z.string(),
  action: z.string(),
  role: z.string().nullish(),
  path: z.string().nullish(),
  line: z.number().nullish(),
});

/** What a module answered, cut to the plugin's `max_text`. Modules may answer anything, so nothing here is certain. */
const moduleResult = z.looseObject({
  msg: z.unknown().optional(),
  rc: z.unknown().optional(),
  stdout: z.string().optional().catch(undefined),
  stderr: z.string().optional().catch(undefined),
  module_stdout: z.string().optional().catch(undefined),
  module_stderr: z.string().optional().catch(undefined),
  exception: z.string().optional().catch(undefined),
  diff: z.string().optional().catch(undefined),
  censored: z.unknown().optional(),
});

const base = { v: z.literal(CALLBACK_FORMAT), seq: z.number(), ts: z.number() };
const hostResult = {
  ...base,
  host: z.string(),
  task: callbackTask,
  changed: z.boolean(),
  /** Seconds; null where the start was not seen. */
  duration: z.number().nullish(),
  result: moduleResult,
};

/** Counts of one host at the end of a run, in Ansible's words. */
export const hostStats = z.object({
  ok: z.number(),
  changed: z.number(),
  failures: z.number(),
  unreachable: z.number(),
  skipped: z.number(),
  rescued: z.number().default(0),
  ignored: z.number().default(0),
});
export type HostStats = z.output<typeof hostStats>;

/** One line of the callback plugin. */
export const callbackEvent = z.discriminatedUnion('event', [
  z.object({ event: z.literal('run_start'), ...base, playbook: z.string(), ansible: z.string(), pid: z.number() }),
  z.object({
    event: z.literal('play_start'),
    ...base,
    play: z.object({ id: z.string(), name: z.string() }),
    hosts: z.array(z.string()).nullish(),
  }),
  z.object({ event: z.literal('no_hosts_matched'), ...base }),
  z.object({ event: z.literal('no_hosts_remaining'), ...base }),
  z.object({ event: z.literal('task_start'), ...base, task: callbackTask, handler: z.boolean().optional() }),
  z.object({ event: z.literal('include'), ...base, file: z.string(), hosts: z.array(z.string()) }),
  z.object({ event: z.literal('host_start'), ...base, host: z.string(), task: callbackTask }),
  z.object({ event: z.literal('host_ok'), ...hostResult }),
  z.object({ event: z.literal('host_failed'), ...hostResult, ignored: z.boolean() }),
  z.object({ event: z.literal('host_unreachable'), ...hostResult }),
  z.object({ event: z.literal('host_skipped'), ...hostResult }),
  z.object({ event: z.literal('host_retry'), ...hostResult, retries: z.number().nullish() }),
  z.object({ event: z.literal('host_async_poll'), ...hostResult }),
  z.object({ event: z.literal('item_ok'), ...hostResult, item: z.string().nullish() }),
  z.object({ event: z.literal('item_failed'), ...hostResult, item: z.string().nullish() }),
  z.object({ event: z.literal('item_skipped'), ...hostResult, item: z.string().nullish() }),
  z.object({ event: z.literal('run_end'), ...base, stats: z.record(z.string(), hostStats) }),
]);
export type CallbackEvent = z.output<typeof callbackEvent>;
