import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { listServers } from '../../load/list-servers.ts';
import type { ValuePath } from '../../parse/position-tree.ts';
import { formatPath } from '../../validate/format-path.ts';
import { quote } from '../../validate/describe-found.ts';
import type { Rule, RuleContext } from '../scope/rule.ts';
import { createUnknownName } from '../scope/unknown-name.ts';

/** Lists of names: `ssh_keys` and `networks` of servers, `notify` of alerts and schedules. Each name exists and stands once. */
export const checkLists: Rule = (context) => {
  const { infra } = context;
  const sshKeys: NameSection = {
    code: 'unknown-ssh-key',
    section: 'ssh_keys',
    say: (name) => t('There is no SSH key `{0}` in `ssh_keys`.', name),
  };
  const networks: NameSection = {
    code: 'unknown-network',
    section: 'networks',
    say: (name) => t('There is no network `{0}` in `networks`.', name),
  };
  const notify: NameSection = {
    code: 'unknown-notify',
    section: 'notify',
    say: (name) => t('There is no channel `{0}` in `notify`.', name),
  };
  const diagnostics: Diagnostic[] = [];
  const check = (list: readonly string[] | undefined, path: ValuePath, section: NameSection): void => {
    if (list) checkList(context, list, path, section, diagnostics);
  };
  check(infra.defaults?.ssh_keys, ['defaults', 'ssh_keys'], sshKeys);
  check(infra.defaults?.networks, ['defaults', 'networks'], networks);
  for (const [name, entry] of listServers(infra)) {
    check(entry.ssh_keys, ['servers', name, 'ssh_keys'], sshKeys);
    check(entry.networks, ['servers', name, 'networks'], networks);
  }
  for (const [name, alert] of Object.entries(infra.alerts ?? {})) check(alert.notify, ['alerts', name, 'notify'], notify);
  for (const [name, schedule] of Object.entries(infra.schedules ?? {})) check(schedule.notify, ['schedules', name, 'notify'], notify);
  return diagnostics;
};

interface NameSection {
  readonly code: 'unknown-ssh-key' | 'unknown-network' | 'unknown-notify';
  readonly section: 'ssh_keys' | 'networks' | 'notify';
  readonly say: (name: string) => Text;
}

function checkList(
  { infra, locate, isBroken }: RuleContext,
  list: readonly string[],
  path: ValuePath,
  { code, section, say }: NameSection,
  diagnostics: Diagnostic[],
): void {
  const known = infra[section] ?? {};
  diagnostics.push(...findRepeated(list, path, locate));
  for (const [index, name] of list.entries()) {
    if (Object.hasOwn(known, name) || isBroken(section, name)) continue;
    const place = { name, source: locate([...path, index], 'value'), address: formatPath(path.slice(0, -1)) };
    diagnostics.push(createUnknownName(code, place, Object.keys(known), say(quote(name))));
  }
}

/** Names that stand in a list more than once. */
export function findRepeated(list: readonly string[], path: ValuePath, locate: RuleContext['locate']): readonly Diagnostic[] {
  return list.flatMap((name, index) => {
    if (list.indexOf(name) === index) return [];
    const source = locate([...path, index], 'value');
    const detail = t('`{0}` stands twice in this list. Remove one of the two.', quote(name));
    return [createDiagnostic('repeated-item', { detail, source, address: formatPath(path.slice(0, -1)) })];
  });
}
