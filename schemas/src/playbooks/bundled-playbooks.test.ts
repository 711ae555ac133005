import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bundledPlaybooks as listed } from '../infra/bundled-playbooks.ts';
import { bundledPlaybooks, type BundledPlaybookName } from './bundled-playbooks.ts';
import { describeVariables } from './describe-variables.ts';

const names = Object.keys(bundledPlaybooks) as BundledPlaybookName[];

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

test('every playbook that is shipped has a schema', () => {
  expect(names).toEqual(listed.map(({ name }) => name));
  expect(readdirSync('playbooks/roles').sort()).toEqual([...names].sort());
});

test.each(names)('%s: the schema and the argument specs of its role say the same', (name) => {
  const specs = parse(readFileSync(`playbooks/roles/${name}/meta/argument_specs.yml`, 'utf8')) as {
    argument_specs: { main: { short_description: string; options: Options } };
  };
  const { options, short_description: summary } = specs.argument_specs.main;
  expect(describeVariables(bundledPlaybooks[name].schema)).toEqual(withoutLogging(options));
  expect(bundledPlaybooks[name].summary).toEqual({ text: summary });
});

describe('values', () => {
  const app = { app_source: '.', app_dest: '/srv/shop' };
  const rule = { port: 80 };
  test.each<[reason: string, name: BundledPlaybookName, vars: unknown, isGood: boolean]>([
    ['what is required is there', 'app', app, true],
    ['what is required is missing', 'app', { app_source: '.' }, false],
    ['an unknown part of a mapping', 'app', { ...app, app_health: { address: 'x' } }, false],
    ['a variable of another playbook', 'nginx', { my_own: 1 }, true],
    ['a number', 'nginx', { http_port: 8080 }, true],
    ['a number in a text', 'nginx', { http_port: '8080' }, true],
    ['a fraction', 'nginx', { http_port: 80.5 }, false],
    ['a word for a number', 'nginx', { http_port: 'eighty' }, false],
    ['a template', 'nginx', { http_port: '{{ port }}' }, true],
    ['a truth value', 'base', { base_auto_reboot: true }, true],
    ['a word of Ansible for one', 'base', { base_auto_reboot: 'Yes' }, true],
    ['another word', 'base', { base_auto_reboot: 'maybe' }, false],
    ['a choice', 'node_exporter', { node_exporter_transport: 'http' }, true],
    ['no choice', 'node_exporter', { node_exporter_transport: 'https' }, false],
    ['a list of mappings', 'base', { base_firewall_rules: [rule, '{{ rule }}'] }, true],
    ['a mapping without what is required', 'base', { base_firewall_rules: [{ proto: 'tcp' }] }, false],
    ['one mapping instead of a list', 'base', { base_firewall_rules: rule }, false],
    ['one text for a list of texts', 'docker', { docker_users: 'me,you' }, true],
    ['a mapping of anything', 'postgresql', { postgresql_settings: { jit: false } }, true],
    ['a list instead of a mapping', 'postgresql', { postgresql_settings: [] }, false],
  ])('%s', (_reason, name, vars, isGood) => {
    expect(bundledPlaybooks[name].schema.safeParse(vars).success).toBe(isGood);
  });

  test('defaults are those of the role', () => {
    expect(bundledPlaybooks.app.schema.parse(app)).toMatchObject({ app_exclude: [], app_keep_releases: 5, app_health: {} });
  });
});
