import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { DefaultsEntry } from '#schemas/infra/server-entry.ts';
import { t } from '#schemas/text/text.ts';
import type { Locate, ValuePath } from '../parse/position-tree.ts';
import { formatPath } from '../validate/format-path.ts';
import type { Rule } from './rule.ts';

/** A playbook with options has either a path or a name. */
export const checkPlaybooks: Rule = ({ infra, locate }) => [
  ...check(infra.defaults?.playbooks, ['defaults'], locate),
  ...Object.entries(infra.servers ?? {}).flatMap(([name, entry]) => check(entry.playbooks, ['servers', name], locate)),
];

const check = (playbooks: DefaultsEntry['playbooks'], path: ValuePath, locate: Locate): readonly Diagnostic[] =>
  (playbooks ?? []).flatMap((playbook, index) => {
    if (typeof playbook === 'string' || (playbook.path === undefined) !== (playbook.name === undefined)) return [];
    const detail =
      playbook.path === undefined
        ? t('Write which playbook is meant: `path` for your own, `name` for a bundled one.')
        : t('Here stand both `path` and `name`. Remove one of the two.');
    return [
      createDiagnostic('playbook-source', { detail, source: locate([...path, 'playbooks', index], 'value'), address: formatPath(path) }),
    ];
  });
