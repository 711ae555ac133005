import type { Text } from '#schemas/text/text.ts';
import type { RequestLog } from '../http/request-log.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import type { SandboxStatus } from './sandbox-status.ts';

/** The status of a running sandbox: counts and names, no secrets. */
export const readSandboxStatus = (
  context: SandboxContext,
  log: RequestLog,
  about: { endpoint: string; startedAt: string; hostsReason: Text | undefined },
): SandboxStatus => {
  const { state, clock, hosts, faults } = context;
  return {
    version: 1,
    pid: process.pid,
    ...about,
    now: new Date(clock.now()).toISOString(),
    hosts: hosts.name,
    ...(hosts.list === undefined ? {} : { hostList: hosts.list().map((host) => ({ ...host, ports: [...host.ports] })) }),
    servers: state.servers.length,
    networks: state.networks.length,
    keys: state.keys.length,
    tasks: state.tasks.map(({ subject, work, phase, dueMs }) => ({
      subject: `${subject.kind} ${subject.id}`,
      work: work.kind,
      phase,
      dueInMs: dueMs === null ? null : dueMs - clock.now(),
    })),
    requests: log.counts(),
    faults: faults.list().map((fault) => ({ ...fault })),
  };
};
