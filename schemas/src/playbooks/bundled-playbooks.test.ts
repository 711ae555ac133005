import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { bundledPlaybooks } from './bundled-playbooks.ts';
import type { PlaybookVariable } from './describe-variables.ts';

const names = bundledPlaybooks.map(({ name }) => name);

const findPlaybook = (name: string) => {
  const found = bundledPlaybooks.find((playbook) => playbook.name === name);
  if (!found) throw new Error(`no playbook ${name}`);
  return found;
};

interface Options {
  readonly [name: string]: { readonly no_log?: boolean; readonly options?: Options };
}

/** What Ansible is told, without what only concerns its log. */
const withoutLogging = (options: Options): Options =>
  Object.fromEntries(
    Object.entries(options).map(([name, { no_log: _, options: inner, ...rest }]) => [
      name,
      { ...rest, ...(inner === undefined ? {} : { options: withoutLogging(inner) }) },
    ]),
  );

/** Variables in Ansible's words. */
const toOptions = (variables: readonly PlaybookVariable[]): unknown =>
  Object.fromEntries(
    variables.map(({ name, type, elements, summary, isRequired, defaultValue, choices, options }) => [
      name,
      {
        type,
        description: summary.text,
        ...(elements === undefined ? {} : { elements }),
        ...(isRequired ? { required: true } : {}),
        ...(defaultValue === undefined ? {} : { default: defaultValue }),
        ...(choices === undefined ? {} : { choices }),
        ...(options === undefined ? {} : { options: toOptions(options) }),
      },
    ]),
  );

const tagged = z.looseObject({ tags: z.union([z.string(), z.array(z.string())]) });

/** Tags anywhere in a playbook or a file of tasks, those with a meaning of their own excepted. */
const collectTags = (value: unknown): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(collectTags);
  if (typeof value !== 'object' || value === null) return [];
  const own = [tagged.safeParse(value).data?.tags ?? []].flat().filter((tag) => !['always', 'never'].includes(tag));
  return [...own, ...Object.values(value).flatMap(collectTags)];
};

test('every playbook that is shipped has a schema', () => {
  const shipped = readdirSync('playbooks').flatMap((file) => (file.endsWith('.yml') ? [file.slice(0, -4)] : []));
  expect(names).toEqual(shipped.sort());
  expect(names).toEqual(readdirSync('playbooks/roles').sort());
});

test.each(names)('%s: the schema and the argument specs of its role say the same', (name) => {
  const specs = parse(readFileSync(`playbooks/roles/${name}/meta/argument_specs.yml`, 'utf8')) as {
    argument_specs: { main: { short_description: string; options: Options } };
  };
  const { options, short_description: summary } = specs.argument_specs.main;
  const playbook = findPlaybook(name);
  expect(toOptions(playbook.variables)).toEqual(withoutLogging(options));
  expect(playbook.summary).toEqual({ text: summary });
});

test.each(names)('%s: its tags are those of its tasks', (name) => {
  const tasks = `playbooks/roles/${name}/tasks`;
  const files = [`playbooks/${name}.yml`, ...readdirSync(tasks).map((file) => `${tasks}/${file}`)];
  const found = new Set(files.flatMap((file) => collectTags(parse(readFileSync(file, 'utf8')))));
  expect(new Set(findPlaybook(name).tags)).toEqual(found);
});

describe('values', () => {
  const rule = { port: 80 };
  test.each<[reason: string, variable: string, value: unknown, isGood: boolean]>([
    ['a number', 'http_port', 8080, true],
    ['a number in a text', 'http_port', '8080', true],
    ['a fraction', 'http_port', 80.5, false],
    ['a word for a number', 'http_port', 'eighty', false],
    ['a template', 'http_port', '{{ port }}', true],
    ['a truth value', 'base_auto_reboot', true, true],
    ['a word of Ansible for one', 'base_auto_reboot', 'Yes', true],
    ['another word', 'base_auto_reboot', 'maybe', false],
    ['a choice', 'node_exporter_transport', 'http', true],
    ['no choice', 'node_exporter_transport', 'https', false],
    ['a list of mappings', 'base_firewall_rules', [rule, '{{ rule }}'], true],
    ['a mapping without what is required', 'base_firewall_rules', [{ proto: 'tcp' }], false],
    ['one mapping instead of a list', 'base_firewall_rules', rule, false],
    ['one text for a list of texts', 'docker_users', 'me,you', true],
    ['one number for a list of texts', 'docker_users', 5, true],
    ['an unknown part of a mapping', 'app_health', { address: 'x' }, false],
    ['a mapping of anything', 'postgresql_settings', { jit: false }, true],
    ['a list instead of a mapping', 'postgresql_settings', [], false],
  ])('%s: %s', (_reason, name, value, isGood) => {
    const variable = bundledPlaybooks.flatMap(({ variables }) => variables).find((one) => one.name === name);
    expect(variable?.accepts(value)).toBe(isGood);
  });
});
