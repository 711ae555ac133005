import type { RunSignals } from '../../ports/ansible.ts';

/** After SIGINT Ansible ends its tasks and says so; what hangs is ended harder. Milliseconds after the first signal. */
const TERMINATE_AFTER_MS = 5000;
const KILL_AFTER_MS = 7000;

/**
 * Ends a process group when asked: SIGINT to all of it (to the leader alone, Ansible leaves its ssh children running), then
 * SIGTERM, then SIGKILL. Gives a function that ends the watch, to be called when the leader is gone; if it was asked to end,
 * whatever the leader has left behind in its group is killed.
 */
export function stopOnSignal(groupId: number, { stop, abort }: RunSignals): () => void {
  const timers: NodeJS.Timeout[] = [];
  let isAsked = false;
  const ask = (): void => {
    isAsked = true;
    killGroup(groupId, 'SIGINT');
    timers.push(setTimeout(() => killGroup(groupId, 'SIGTERM'), TERMINATE_AFTER_MS));
    timers.push(setTimeout(() => killGroup(groupId, 'SIGKILL'), KILL_AFTER_MS));
  };
  const kill = (): void => killGroup(groupId, 'SIGKILL');
  if (abort.aborted) kill();
  else if (stop.aborted) ask();
  stop.addEventListener('abort', ask, { once: true });
  abort.addEventListener('abort', kill, { once: true });
  return () => {
    timers.forEach(clearTimeout);
    stop.removeEventListener('abort', ask);
    abort.removeEventListener('abort', kill);
    if (isAsked) kill();
  };
}

function killGroup(groupId: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-groupId, signal);
  } catch {
    // It is gone already, which is what was wanted.
  }
}
