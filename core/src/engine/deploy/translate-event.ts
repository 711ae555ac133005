import type { CallbackEvent } from '#schemas/ansible/callback-event.ts';
import type { AnsibleTask, HostStatus } from '#schemas/events/ansible-event.ts';
import type { NewEvent } from '#schemas/events/operation-event.ts';

/** What surfaces are told of an event of Ansible; undefined where it says nothing that they show. */
export function translateEvent(event: CallbackEvent): NewEvent | undefined {
  switch (event.event) {
    case 'play_start':
      return { kind: 'ansible-play', name: event.play.name, ...(event.hosts ? { hosts: event.hosts } : {}) };
    case 'task_start':
      return { kind: 'ansible-task', task: toTask(event.task), isHandler: event.handler === true };
    case 'host_start':
      return { kind: 'ansible-host-started', host: event.host, task: event.task.id };
    case 'host_ok':
      return toResult(event, event.changed ? 'changed' : 'ok');
    case 'host_failed':
      return toResult(event, event.ignored ? 'ignored' : 'failed');
    case 'host_unreachable':
      return toResult(event, 'unreachable');
    case 'host_skipped':
      return toResult(event, 'skipped');
    case 'host_retry':
      return toResult(event, 'retry');
    case 'item_ok':
      return toResult(event, event.changed ? 'changed' : 'ok', event.item);
    case 'item_failed':
      return toResult(event, 'failed', event.item);
    case 'item_skipped':
      return toResult(event, 'skipped', event.item);
    case 'run_start':
    case 'run_end':
    case 'include':
    case 'no_hosts_matched':
    case 'no_hosts_remaining':
    case 'host_async_poll':
      return undefined;
    default:
      return event satisfies never;
  }
}

function toTask({ id, name, action, role, path, line }: Extract<CallbackEvent, { event: 'task_start' }>['task']): AnsibleTask {
  return {
    id,
    name,
    action,
    ...(typeof role === 'string' ? { role } : {}),
    ...(typeof path === 'string' ? { path } : {}),
    ...(typeof line === 'number' ? { line } : {}),
  };
}

type ResultEvent = Extract<CallbackEvent, { result: unknown }>;

function toResult({ host, task, duration, result }: ResultEvent, status: HostStatus, item?: string | null): NewEvent {
  const hasTrouble = status === 'failed' || status === 'ignored' || status === 'unreachable' || status === 'retry';
  const message = hasTrouble ? explain(result) : undefined;
  return {
    kind: 'ansible-host-result',
    host,
    status,
    task: toTask(task),
    ...(typeof duration === 'number' ? { elapsedMs: Math.round(duration * 1000) } : {}),
    ...(typeof item === 'string' ? { item } : {}),
    ...(message === undefined ? {} : { message }),
    ...(typeof result.stdout === 'string' && result.stdout !== '' ? { output: result.stdout } : {}),
    ...(typeof result.diff === 'string' && result.diff !== '' ? { diff: result.diff } : {}),
  };
}

/** What a module said against it: its message, then what the program behind it wrote. */
function explain(result: ResultEvent['result']): string | undefined {
  const parts = [
    result.msg,
    result.stderr,
    result.module_stderr,
    result.stderr === undefined ? result.stdout : undefined,
    result.module_stdout,
  ];
  const texts = parts.flatMap((part) => (typeof part === 'string' && part.trim() !== '' ? [part.trim()] : []));
  const said = texts.filter((text, index) => texts.indexOf(text) === index);
  if (said.length > 0) return said.join('\n');
  return typeof result.censored === 'string' ? result.censored : undefined;
}
