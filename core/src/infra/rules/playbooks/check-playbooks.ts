import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { isPlaybookPath } from '#schemas/infra/playbooks.ts';
import type { DefaultsEntry } from '#schemas/infra/server-entry.ts';
import { t } from '#schemas/text/text.ts';
import { listServers } from '../../load/list-servers.ts';
import type { Locate, ValuePath } from '../../parse/position-tree.ts';
import { formatPath } from '../../validate/format-path.ts';
import { bundledNames, findBundled } from './playbook-names.ts';
import type { EntryRule } from '../scope/rule.ts';
import { createUnknownName } from '../scope/unknown-name.ts';

/** A playbook has either a path or the name of one that ict ships. */
export const checkPlaybooks: EntryRule = {
  scope: 'entry',
  reads: { defaults: 'each', servers: 'each' },
  needs: 'merged',
  check: ({ infra, locate }) => [
    ...check(infra.defaults?.playbooks, ['defaults'], locate),
    ...listServers(infra).flatMap(([name, entry]) => check(entry.playbooks, ['servers', name], locate)),
  ],
};

type Playbook = NonNullable<DefaultsEntry['playbooks']>[number];

const check = (playbooks: DefaultsEntry['playbooks'], path: ValuePath, locate: Locate): readonly Diagnostic[] =>
  (playbooks ?? []).flatMap((playbook, index) => {
    const place = [...path, 'playbooks', index];
    const problems = checkSource(playbook, place, path, locate);
    return problems.length > 0 ? problems : checkName(playbook, place, path, locate);
  });

function checkSource(playbook: Playbook, place: ValuePath, path: ValuePath, locate: Locate): readonly Diagnostic[] {
  if (typeof playbook === 'string' || (playbook.path === undefined) !== (playbook.name === undefined)) return [];
  const detail =
    playbook.path === undefined
      ? t('Write which playbook is meant: `path` for your own, `name` for a bundled one.')
      : t('Here stand both `path` and `name`. Remove one of the two.');
  return [createDiagnostic('playbook-source', { detail, source: locate(place, 'value'), address: formatPath(path) })];
}

function checkName(playbook: Playbook, place: ValuePath, path: ValuePath, locate: Locate): readonly Diagnostic[] {
  const name = typeof playbook === 'string' ? playbook : playbook.name;
  if (name === undefined || isPlaybookPath(name) || findBundled(name)) return [];
  const source = locate(typeof playbook === 'string' ? place : [...place, 'name'], 'value');
  const statement = t('No playbook `{0}` comes with ict.', name);
  return [createUnknownName('unknown-playbook', { name, source, address: formatPath(path) }, bundledNames, statement)];
}
