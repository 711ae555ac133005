import type { HostRecords } from '#schemas/state/host-records.ts';

/** The pinned host keys in the form of `known_hosts` (sshd(8)): another port than 22 stands in brackets with the host. */
export function renderKnownHosts({ hosts }: HostRecords): string {
  const lines = Object.values(hosts).flatMap(({ ip, port, keys }) => keys.map((key) => `${port === 22 ? ip : `[${ip}]:${port}`} ${key}`));
  return ['# Written by ict from hosts.json. Do not edit.', ...new Set(lines), ''].join('\n');
}
