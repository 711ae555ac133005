import { createDiagnostic, replaceFix } from '#core/diagnostics/create-diagnostic.ts';
import { didYouMean } from '#core/diagnostics/did-you-mean.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import type { BundledPlaybookInfo, BundledVariable } from '#schemas/infra/bundled-playbooks.ts';
import type { DefaultsEntry } from '#schemas/infra/server-entry.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { ExpandedEntry } from '../expand/expanded-infra.ts';
import type { ValuePath } from '../parse/position-tree.ts';
import { describeFound } from '../validate/describe-found.ts';
import { formatPath } from '../validate/format-path.ts';
import { isMapping } from '../validate/schema-kind.ts';
import { findBundled } from './playbook-names.ts';
import type { RuleContext } from './rule.ts';
import { listSome } from './unknown-name.ts';

type Vars = Readonly<Record<string, unknown>>;

/**
 * Variables of the playbooks that ict ships have values that suit them, and those without which a playbook cannot run are
 * there: with the playbook, the server or in `defaults`. What a group gives is not looked at.
 */
export function checkPlaybookVars(context: RuleContext): readonly Diagnostic[] {
  const { infra, entries } = context;
  const { defaults } = infra;
  return [
    ...checkVars(context, defaults?.vars, ['defaults', 'vars'], listBundled(defaults?.playbooks)),
    ...checkOwnVars(context, defaults?.playbooks, ['defaults']),
    ...entries.flatMap((expanded) => {
      const { name, entry, values } = expanded;
      if (!values.playbooks || values.playbooks.length === 0) return [];
      return [
        ...checkVars(context, entry.vars, ['servers', name, 'vars'], listBundled(values.playbooks)),
        ...checkOwnVars(context, entry.playbooks, ['servers', name]),
        ...checkRequired(context, expanded),
      ];
    }),
  ];
}

/** The bundled playbooks of a list. */
const listBundled = (playbooks: DefaultsEntry['playbooks']): readonly BundledPlaybookInfo[] =>
  (playbooks ?? []).flatMap((playbook) => findBundled((typeof playbook === 'string' ? playbook : playbook.name) ?? '') ?? []);

/** `vars` that stand with a playbook itself. */
const checkOwnVars = (context: RuleContext, playbooks: DefaultsEntry['playbooks'], path: ValuePath): readonly Diagnostic[] =>
  (playbooks ?? []).flatMap((playbook, index) =>
    typeof playbook === 'string' ? [] : checkVars(context, playbook.vars, [...path, 'playbooks', index, 'vars'], listBundled([playbook])),
  );

function checkVars(
  { locate }: RuleContext,
  vars: Vars | undefined,
  path: ValuePath,
  playbooks: readonly BundledPlaybookInfo[],
): readonly Diagnostic[] {
  if (!vars || playbooks.length === 0) return [];
  return playbooks.flatMap(({ name: playbook, variables }) =>
    variables.flatMap((variable): readonly Diagnostic[] => {
      if (!Object.hasOwn(vars, variable.name)) return [];
      const value = vars[variable.name];
      const problem = findProblem(variable, value, playbook);
      if (!problem) return [];
      const source = locate([...path, variable.name], 'value');
      const near = typeof value === 'string' && variable.choices ? didYouMean(value, variable.choices) : undefined;
      const fixes = near === undefined ? [] : [replaceFix(t('Replace with `{0}`', near), source, near)];
      return [createDiagnostic('playbook-variable', { detail: problem, source, address: formatPath(path.slice(0, 2)), fixes })];
    }),
  );
}

function findProblem({ name, type, choices }: BundledVariable, value: unknown, playbook: string): Text | undefined {
  if (value === null || (typeof value === 'string' && value.includes('{{'))) return undefined;
  if (!isOfType(value, type)) {
    return t('`{0}` of playbook `{1}` takes {2}, not {3}.', name, playbook, typeWords[type] ?? type, describeFound(value));
  }
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  if (!choices || !isScalar || choices.includes(String(value))) return undefined;
  return t('`{0}` of playbook `{1}` takes one of: {2}.', name, playbook, listSome(choices));
}

/** What Ansible takes for a type: it reads numbers and truth values from texts, and makes a list of a text with commas. */
function isOfType(value: unknown, type: string): boolean {
  switch (type) {
    case 'int':
      return Number.isInteger(value) || (typeof value === 'string' && /^\s*-?\d+\s*$/.test(value));
    case 'bool':
      return typeof value === 'boolean' || BOOLEANS.has(String(value).toLowerCase());
    case 'list':
      return Array.isArray(value) || typeof value === 'string' || typeof value === 'number';
    case 'dict':
      return isMapping(value);
    case 'str':
    case 'path':
      return !isMapping(value) && !Array.isArray(value);
    default:
      return true;
  }
}

const BOOLEANS: ReadonlySet<string> = new Set(['yes', 'no', 'on', 'off', 'true', 'false', 'y', 'n', 't', 'f', '0', '1']);

const typeWords: Readonly<Record<string, Text>> = {
  int: t('a whole number'),
  bool: t('`true` or `false`'),
  list: t('a list'),
  dict: t('a mapping'),
  str: t('a text'),
  path: t('a path'),
};

function checkRequired({ locate }: RuleContext, entry: ExpandedEntry): readonly Diagnostic[] {
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
