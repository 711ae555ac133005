import type { ProjectView, ServerView } from '#schemas/events/watch-event.ts';
import type { DashboardTarget } from '#schemas/protocol/dashboard.ts';

/** Servers of the project that a dashboard is about: those in the account, in the order of the file. */
export function selectServers({ servers, groups }: ProjectView, { names }: DashboardTarget): readonly ServerView[] {
  const there = servers.filter(({ live }) => live !== undefined);
  if (!names) return there;
  const wanted = new Set<string>(names);
  for (const { name, servers: members } of groups) if (wanted.has(name)) for (const address of members) wanted.add(address);
  return there.filter(({ address, entry }) => wanted.has(address) || (entry !== undefined && wanted.has(entry)));
}
