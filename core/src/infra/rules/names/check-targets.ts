import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import type { ValuePath } from '../../parse/position-tree.ts';
import { quote } from '../../validate/describe-found.ts';
import { formatPath } from '../../validate/format-path.ts';
import { findRepeated } from '../entries/check-lists.ts';
import type { NamesContext, NamesRule } from '../scope/rule.ts';
import { createUnknownName } from '../scope/unknown-name.ts';

/** Members of groups, `on` of alerts and `targets` of schedules name server entries, single instances or groups. */
export const checkTargets: NamesRule = { scope: 'names', reads: ['groups', 'alerts', 'schedules'], check };

function check({ infra, names, locate, isBroken }: NamesContext): readonly Diagnostic[] {
  const { groups = {}, alerts = {}, schedules = {} } = infra;
  // Names that come near are offered only for one that leads nowhere: most often none does, and servers are many.
  let all: readonly string[] | undefined;
  const listAll = (): readonly string[] => (all ??= [...Object.keys(groups), ...names.entries.keys()]);
  // `web-1` may belong to an entry `web` that has a mistake.
  const isOfBroken = (name: string): boolean =>
    [name, name.replace(/-\d+$/, '')].some((entry) => isBroken('servers', entry) || isBroken('groups', entry));
  const checkList = (list: readonly string[] | undefined, path: ValuePath): readonly Diagnostic[] => [
    ...findRepeated(list ?? [], path, locate),
    ...(list ?? []).flatMap((name, index) => {
      if (Object.hasOwn(groups, name) || names.has(name) || isOfBroken(name)) return [];
      const place = { name, source: locate([...path, index], 'value'), address: formatPath(path.slice(0, -1)) };
      return [createUnknownName('unknown-target', place, listAll(), t('There is no server or group `{0}`.', quote(name)))];
    }),
  ];
  return [
    ...Object.entries(groups).flatMap(([name, group]) => checkList(group.servers, ['groups', name, 'servers'])),
    ...Object.entries(alerts).flatMap(([name, alert]) => checkList(alert.on, ['alerts', name, 'on'])),
    ...Object.entries(schedules).flatMap(([name, schedule]) => checkList(schedule.targets, ['schedules', name, 'targets'])),
  ];
}
