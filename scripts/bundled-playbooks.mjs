// What ict's playbooks are and take, as TypeScript: read from playbooks/ for schemas/src/infra/bundled-playbooks.ts, so that
// the editor and `ict validate` need no file of Ansible's. Texts come out as messages of the catalogue.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { parse } from 'yaml';

/** The source file, formatted as the house does. */
export async function renderBundledPlaybooks(folder, path) {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.yml'))
    .map((name) => name.slice(0, -4))
    .sort();
  const entries = names.map((name) => renderPlaybook(folder, name)).join('\n');
  const text = `// Generated from playbooks/ by npm run generate; do not edit.
import { t, type Text } from '../text/text.ts';

/** A variable of a playbook that ict ships. */
export interface BundledVariable {
  readonly name: string;
  /** In Ansible's words: \`str\`, \`int\`, \`bool\`, \`list\`, \`dict\`, \`path\`. */
  readonly type: string;
  readonly summary: Text;
  readonly isRequired: boolean;
  /** As YAML. */
  readonly defaultValue?: string;
  /** The only values it may have. */
  readonly choices?: readonly string[];
}

/** A playbook that ict ships. */
export interface BundledPlaybookInfo {
  readonly name: string;
  readonly summary: Text;
  readonly tags: readonly string[];
  readonly variables: readonly BundledVariable[];
}

const variable = (
  name: string,
  type: string,
  summary: Text,
  more: Partial<Pick<BundledVariable, 'isRequired' | 'defaultValue' | 'choices'>> = {},
): BundledVariable => ({ name, type, summary, isRequired: false, ...more });

/** Every playbook that ict ships, by name. */
export const bundledPlaybooks: readonly BundledPlaybookInfo[] = [
${entries}
];
`;
  return format(text, { ...(await resolveConfig(path)), filepath: path });
}

function renderPlaybook(folder, name) {
  const plays = parse(readFileSync(join(folder, `${name}.yml`), 'utf8'));
  const roles = plays.flatMap((play) => play.roles ?? []).map(({ role }) => role);
  const specs = roles.map(
    (role) => parse(readFileSync(join(folder, 'roles', role, 'meta', 'argument_specs.yml'), 'utf8')).argument_specs.main,
  );
  const tags = new Set([...collectTags(plays), ...roles.flatMap((role) => readTaskTags(join(folder, 'roles', role, 'tasks')))]);
  const variables = specs.flatMap(({ options = {} }) => Object.entries(options).map(renderVariable)).join('\n');
  return `{
    name: ${JSON.stringify(name)},
    summary: t(${JSON.stringify(specs.map((spec) => spec.short_description).join('; '))}),
    tags: ${JSON.stringify([...tags].sort((left, right) => (left < right ? -1 : 1)))},
    variables: [${variables}],
  },`;
}

function renderVariable([name, { type = 'str', description, required = false, default: value, choices }]) {
  const summary = Array.isArray(description) ? description.join(' ') : description;
  const more = [
    ...(required ? ['isRequired: true'] : []),
    ...(value === undefined || value === null || value === '' ? [] : [`defaultValue: ${JSON.stringify(toYaml(value))}`]),
    ...(choices ? [`choices: ${JSON.stringify(choices.map(String))}`] : []),
  ];
  return `variable(${JSON.stringify(name)}, ${JSON.stringify(type)}, t(${JSON.stringify(summary)})${more.length > 0 ? `, { ${more.join(', ')} }` : ''}),`;
}

const toYaml = (value) => (typeof value === 'string' ? value : JSON.stringify(value));

const readTaskTags = (folder) =>
  readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name))
    .flatMap((name) => collectTags(parse(readFileSync(join(folder, name), 'utf8'))));

/** Tags anywhere in a value, those with a meaning of their own excepted. */
function collectTags(value) {
  if (Array.isArray(value)) return value.flatMap(collectTags);
  if (typeof value !== 'object' || value === null) return [];
  const own = [value.tags ?? []].flat().filter((tag) => !['always', 'never'].includes(tag));
  return [...own, ...Object.values(value).flatMap(collectTags)];
}
