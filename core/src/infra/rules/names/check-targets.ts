import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import type { ValuePath } from '../../parse/position-tree.ts';
import { quote } from '../../validate/describe-found.ts';
import { formatPath } from '../../validate/format-path.ts';
import { findRepeated } from '../entries/check-lists.ts';
import type { Rule } from '../scope/rule.ts';
import { createUnknownName } from '../scope/unknown-name.ts';

/** Members of groups, `on` of alerts and `targets` of schedules name server entries, single instances or groups. */
export const checkTargets: Rule = ({ infra, entries, locate, isBroken }) => {
  // Most often called for files without any of them, and thousands of servers.
  if (!infra.groups && !infra.alerts && !infra.schedules) return [];
  const names = [...Object.keys(infra.groups ?? {}), ...entries.map(({ name }) => name)];
  const known = new Set([...names, ...entries.flatMap(({ instances }) => instances)]);
  // `web-1` may belong to an entry `web` that has a mistake.
  const isOfBroken = (name: string): boolean =>
    [name, name.replace(/-\d+$/, '')].some((entry) => isBroken('servers', entry) || isBroken('groups', entry));
  const check = (list: readonly string[] | undefined, path: ValuePath): readonly Diagnostic[] => [
    ...findRepeated(list ?? [], path, locate),
    ...(list ?? []).flatMap((name, index) => {
      if (known.has(name) || isOfBroken(name)) return [];
      const place = { name, source: locate([...path, index], 'value'), address: formatPath(path.slice(0, -1)) };
      return [createUnknownName('unknown-target', place, names, t('There is no server or group `{0}`.', quote(name)))];
    }),
  ];
  return [
    ...Object.entries(infra.groups ?? {}).flatMap(([name, group]) => check(group.servers, ['groups', name, 'servers'])),
    ...Object.entries(infra.alerts ?? {}).flatMap(([name, alert]) => check(alert.on, ['alerts', name, 'on'])),
    ...Object.entries(infra.schedules ?? {}).flatMap(([name, schedule]) => check(schedule.targets, ['schedules', name, 'targets'])),
  ];
};
