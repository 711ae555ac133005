import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { listServers } from '../../load/list-servers.ts';
import type { ValuePath } from '../../parse/position-tree.ts';
import { formatPath } from '../../validate/format-path.ts';
import { quote } from '../../validate/describe-found.ts';
import type { EntryContext, EntryRule } from '../scope/rule.ts';
import { createUnknownName } from '../scope/unknown-name.ts';

/** Lists of names: `ssh_keys` and `networks` of servers, `notify` of alerts and schedules. Each name exists and stands once. */
export const checkLists: EntryRule = {
  scope: 'entry',
  reads: {
    defaults: 'each',
    servers: 'each',
    alerts: 'each',
    schedules: 'each',
    ssh_keys: 'names',
    networks: 'names',
    notify: 'names',
  },
  needs: 'merged',
  check,
};

function check(context: EntryContext): readonly Diagnostic[] {
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
  const { isBroken } = context;
  const diagnostics: Diagnostic[] = [];
  const checkNames = (list: readonly string[] | undefined, key: string, owner: ValuePath, names: NameSection): void => {
    if (!list) return;
    const known = infra[names.section] ?? {};
    const isSound = (name: string, index: number): boolean =>
      (Object.hasOwn(known, name) || isBroken(names.section, name)) && list.indexOf(name) === index;
    if (!list.every(isSound)) diagnostics.push(...explainList(context, list, [...owner, key], names));
  };
  checkNames(infra.defaults?.ssh_keys, 'ssh_keys', ['defaults'], sshKeys);
  checkNames(infra.defaults?.networks, 'networks', ['defaults'], networks);
  for (const [name, entry] of listServers(infra)) {
    checkNames(entry.ssh_keys, 'ssh_keys', ['servers', name], sshKeys);
    checkNames(entry.networks, 'networks', ['servers', name], networks);
  }
  for (const [name, alert] of Object.entries(infra.alerts ?? {})) checkNames(alert.notify, 'notify', ['alerts', name], notify);
  for (const [name, schedule] of Object.entries(infra.schedules ?? {})) checkNames(schedule.notify, 'notify', ['schedules', name], notify);
  return diagnostics;
}

interface NameSection {
  readonly code: 'unknown-ssh-key' | 'unknown-network' | 'unknown-notify';
  readonly section: 'ssh_keys' | 'networks' | 'notify';
  readonly say: (name: string) => Text;
}

function explainList(
  { infra, locate, isBroken }: EntryContext,
  list: readonly string[],
  path: ValuePath,
  { code, section, say }: NameSection,
): readonly Diagnostic[] {
  const known = infra[section] ?? {};
  const unknown = list.flatMap((name, index) => {
    if (Object.hasOwn(known, name) || isBroken(section, name)) return [];
    const place = { name, source: locate([...path, index], 'value'), address: formatPath(path.slice(0, -1)) };
    return [createUnknownName(code, place, Object.keys(known), say(quote(name)))];
  });
  return [...findRepeated(list, path, locate), ...unknown];
}

/** Names that stand in a list more than once. */
export function findRepeated(list: readonly string[], path: ValuePath, locate: EntryContext['locate']): readonly Diagnostic[] {
  return list.flatMap((name, index) => {
    if (list.indexOf(name) === index) return [];
    const source = locate([...path, index], 'value');
    const detail = t('`{0}` stands twice in this list. Remove one of the two.', quote(name));
    return [createDiagnostic('repeated-item', { detail, source, address: formatPath(path.slice(0, -1)) })];
  });
}
