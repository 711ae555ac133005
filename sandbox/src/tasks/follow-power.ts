import type { SandboxContext } from '../context/sandbox-context.ts';

/**
 * Has servers shown as off, or on, whose hosts have switched themselves so. A server with a task of its own is left to that: what the
 * task makes of it is what counts. `onChange` is called after a change.
 */
export const followPower = (context: SandboxContext, onChange: () => void): void =>
  context.hosts.watchPower?.((serverId, isOn) => {
    const { servers, tasks } = context.state;
    const server = servers.find((one) => one.id === serverId);
    if (server === undefined || server.isPowerOn === isOn) return;
    if (tasks.some(({ subject, phase }) => subject.kind === 'server' && subject.id === serverId && phase === 'running')) return;
    server.isPowerOn = isOn;
    onChange();
  });
