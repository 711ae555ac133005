import type { PlaybookVariable } from '#schemas/playbooks/describe-variables.ts';
import type { AnsibleType } from '#schemas/playbooks/variable-types.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { ValuePath } from '../../parse/position-tree.ts';
import { describeFound } from '../../validate/describe-found.ts';
import { formatPath } from '../../validate/format-path.ts';
import { isMapping } from '../../validate/schema-kind.ts';
import { listSome } from '../scope/unknown-name.ts';

/** A value, or a part of one, that a playbook does not take. */
export interface VariableProblem {
  /** Where below `vars`, and whether the value or its key is meant. */
  readonly place: ValuePath;
  readonly at: 'value' | 'key';
  readonly detail: Text;
  /** A word that may be a mistyped one of `words`. */
  readonly word?: string;
  readonly words: readonly string[];
}

const typeWords: Readonly<Record<AnsibleType, Text>> = {
  int: t('a whole number'),
  bool: t('`true` or `false`'),
  list: t('a list'),
  dict: t('a mapping'),
  str: t('a text'),
  path: t('a path'),
};

/** What a bundled playbook does not take of the value of one of its variables, each cause once. Nothing, or a template, is always taken. */
export const findVariableProblems = (variable: PlaybookVariable, value: unknown, playbook: string): readonly VariableProblem[] =>
  findProblems(variable, value, { place: [variable.name], playbook });

interface Whereabouts {
  readonly place: ValuePath;
  readonly playbook: string;
}

function findProblems(variable: PlaybookVariable, value: unknown, where: Whereabouts): readonly VariableProblem[] {
  if (value === null || value === undefined || isTemplate(value) || variable.accepts(value)) return [];
  const { type, elements, choices, options = [] } = variable;
  if (type === 'list' && Array.isArray(value)) {
    return value.flatMap((member: unknown, index) => {
      const inner = { ...where, place: [...where.place, index] };
      if (member === null || isTemplate(member)) return [];
      if (elements === 'dict') return isMapping(member) ? findInMapping(options, member, inner) : [wrongType('dict', member, inner)];
      return isScalar(member) ? [] : [wrongType('str', member, inner)];
    });
  }
  if (type === 'dict' && isMapping(value)) return findInMapping(options, value, where);
  if (!choices || !isScalar(value)) return [wrongType(type, value, where)];
  const detail = t('`{0}` of playbook `{1}` takes one of: {2}.', formatPath(where.place), where.playbook, listSome(choices));
  return [{ place: where.place, at: 'value', detail, word: String(value), words: choices }];
}

/** Parts of a mapping that are wrong, unknown, or missing. */
function findInMapping(
  options: readonly PlaybookVariable[],
  value: Readonly<Record<string, unknown>>,
  { place, playbook }: Whereabouts,
): readonly VariableProblem[] {
  const words = options.map(({ name }) => name);
  const unknown = Object.keys(value).flatMap((key): readonly VariableProblem[] => {
    if (words.includes(key)) return [];
    const detail = t('`{0}` of playbook `{1}` has no part `{2}`. Parts: {3}.', formatPath(place), playbook, key, listSome(words));
    return [{ place: [...place, key], at: 'key', detail, word: key, words }];
  });
  const missing = options.filter(({ isRequired, name }) => isRequired && (value[name] === undefined || value[name] === null));
  const list = missing.map(({ name }) => `\`${name}\``).join(', ');
  const needed: readonly VariableProblem[] =
    missing.length === 0
      ? []
      : [{ place, at: 'value', detail: t('`{0}` of playbook `{1}` has no {2}.', formatPath(place), playbook, list), words: [] }];
  return [
    ...unknown,
    ...needed,
    ...options.flatMap((part) => findProblems(part, value[part.name], { place: [...place, part.name], playbook })),
  ];
}

const wrongType = (type: AnsibleType, value: unknown, { place, playbook }: Whereabouts): VariableProblem => ({
  place,
  at: 'value',
  detail: t('`{0}` of playbook `{1}` takes {2}, not {3}.', formatPath(place), playbook, typeWords[type], describeFound(value)),
  words: [],
});

const isScalar = (value: unknown): value is string | number | boolean => ['string', 'number', 'boolean'].includes(typeof value);

/** A value that is made only at the run. */
const isTemplate = (value: unknown): boolean => typeof value === 'string' && value.includes('{{');
