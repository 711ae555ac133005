import { createDiagnostic, replaceFix } from '#core/diagnostics/create-diagnostic.ts';
import { didYouMean } from '#core/diagnostics/did-you-mean.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { DefaultsEntry } from '#schemas/infra/server-entry.ts';
import type { BundledPlaybook } from '#schemas/playbooks/bundled-playbooks.ts';
import { t } from '#schemas/text/text.ts';
import type { ExpandedEntry } from '../../expand/expanded-infra.ts';
import type { ValuePath } from '../../parse/position-tree.ts';
import { formatPath } from '../../validate/format-path.ts';
import { findVariableProblems } from './find-variable-problems.ts';
import { findBundled } from './playbook-names.ts';
import type { EntryContext, EntryRule } from '../scope/rule.ts';

type Vars = Readonly<Record<string, unknown>>;

/** Variables of the playbooks that ict ships have values that suit them, in `defaults`. */
export const checkDefaultVars: EntryRule = {
  scope: 'entry',
  reads: { defaults: 'each' },
  needs: 'merged',
  check: (context) => {
    const { defaults } = context.infra;
    return [
      ...checkVars(context, defaults?.vars, ['defaults', 'vars'], listBundled(defaults?.playbooks)),
      ...checkOwnVars(context, defaults?.playbooks, ['defaults']),
    ];
  },
};

/**
 * The same for servers, which may inherit the playbooks; and the variables without which a playbook cannot run are there: with the
 * playbook, the server or in `defaults`. What a group gives is not looked at.
 */
export const checkServerVars: EntryRule = {
  scope: 'entry',
  reads: { servers: 'each', defaults: { values: ['playbooks', 'vars'] } },
  needs: 'expanded',
  check: (context) =>
    context.entries.flatMap((expanded) => {
      const { name, entry, values } = expanded;
      if (!values.playbooks || values.playbooks.length === 0) return [];
      return [
        ...checkVars(context, entry.vars, ['servers', name, 'vars'], listBundled(values.playbooks)),
        ...checkOwnVars(context, entry.playbooks, ['servers', name]),
        ...checkRequired(context, expanded),
      ];
    }),
};

/** The bundled playbooks of a list. */
const listBundled = (playbooks: DefaultsEntry['playbooks']): readonly BundledPlaybook[] =>
  (playbooks ?? []).flatMap((playbook) => findBundled((typeof playbook === 'string' ? playbook : playbook.name) ?? '') ?? []);

/** `vars` that stand with a playbook itself. */
const checkOwnVars = (context: EntryContext, playbooks: DefaultsEntry['playbooks'], path: ValuePath): readonly Diagnostic[] =>
  (playbooks ?? []).flatMap((playbook, index) =>
    typeof playbook === 'string' ? [] : checkVars(context, playbook.vars, [...path, 'playbooks', index, 'vars'], listBundled([playbook])),
  );

function checkVars(
  { locate }: EntryContext,
  vars: Vars | undefined,
  path: ValuePath,
  playbooks: readonly BundledPlaybook[],
): readonly Diagnostic[] {
  if (!vars || playbooks.length === 0) return [];
  return playbooks.flatMap(({ name: playbook, variables }) =>
    variables.flatMap((variable): readonly Diagnostic[] => {
      if (!Object.hasOwn(vars, variable.name)) return [];
      return findVariableProblems(variable, vars[variable.name], playbook).map(({ place, at, detail, word, words }) => {
        const source = locate([...path, ...place], at);
        const near = word === undefined ? undefined : didYouMean(word, words);
        const fixes = near === undefined ? [] : [replaceFix(t('Replace with `{0}`', near), source, near)];
        return createDiagnostic('playbook-variable', { detail, source, address: formatPath(path.slice(0, 2)), fixes });
      });
    }),
  );
}

function checkRequired({ locate }: EntryContext, entry: ExpandedEntry): readonly Diagnostic[] {
  const { name, values, origins } = entry;
  // A list that is inherited is said to be wrong once, not with every server.
  if (origins.playbooks !== 'entry') return [];
  return (values.playbooks ?? []).flatMap((playbook, index) => {
    const named = typeof playbook === 'string' ? { name: playbook, vars: {} } : { name: playbook.name ?? '', vars: playbook.vars ?? {} };
    if (named.name === 'app' && entry.entry.app) return [];
    const known: Vars = { ...values.vars, ...named.vars };
    const missing = (findBundled(named.name)?.variables ?? []).filter(
      (variable) => variable.isRequired && known[variable.name] === undefined,
    );
    if (missing.length === 0) return [];
    const list = missing.map((variable) => `\`${variable.name}\``).join(', ');
    const detail =
      named.name === 'app'
        ? t('Playbook `app` of `{0}` has no {1}. Write the section `app`, with `source` and `dest`.', name, list)
        : t('Playbook `{0}` of `{1}` has no {2}. Write it in `vars`.', named.name, name, list);
    const source = locate(['servers', name, 'playbooks', index], 'value');
    return [createDiagnostic('playbook-variable-missing', { detail, source, address: `servers.${name}` })];
  });
}
