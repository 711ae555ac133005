import { describe, expect, test } from 'vitest';
import { expandSample } from '#test/helpers/deploy-samples.ts';
import { isPlaybookPath } from '#schemas/infra/playbooks.ts';
import { agentStep, listSteps } from './host-steps.ts';

const files = { 'site.yml': '- hosts: all', 'other.yml': '- hosts: all' };
const entryOf = async (fields: string) => {
  const [entry] = (await expandSample(`servers: { web: ${fields} }`, files)).entries;
  if (!entry) throw new Error('no entry');
  return entry;
};
const stepsOf = async (fields: string) => listSteps(await entryOf(fields), (path) => `/project/${path}`);

describe('the steps of an entry', () => {
  test.each([
    ['none', '{}', []],
    ['a bundled one by its name', '{ playbooks: [nginx] }', ['nginx bundled']],
    ['one of the user’s own, by path', '{ playbooks: [{ path: site.yml }] }', ['/project/site.yml own']],
    ['a plain word that is a path', '{ playbooks: [site.yml] }', ['/project/site.yml own']],
    [
      'several, in the order of the file',
      '{ playbooks: [base, { path: site.yml }, nginx] }',
      ['base bundled', '/project/site.yml own', 'nginx bundled'],
    ],
    ['code to deliver comes last', '{ playbooks: [base], app: { source: ./src, dest: /srv/app } }', ['base bundled', 'app bundled']],
    ['unless the file says where', '{ playbooks: [app, nginx], app: { source: ./src, dest: /srv/app } }', ['app bundled', 'nginx bundled']],
  ])('%s', async (_reason, fields, steps) => {
    expect((await stepsOf(fields)).map(({ playbook, isBundled }) => `${playbook} ${isBundled ? 'bundled' : 'own'}`)).toEqual(steps);
  });

  test('keep the file’s words, tags and variables', async () => {
    expect(await stepsOf('{ playbooks: [{ path: site.yml, tags: [one], vars: { a: 1 } }] }')).toEqual([
      { playbook: '/project/site.yml', isBundled: false, label: 'site.yml', tags: ['one'], vars: { a: 1 } },
    ]);
  });

  test('`app` gives its role what the file says, and its own variables win', async () => {
    const app = '{ source: src, dest: /srv/app, exclude: [tmp], keep_releases: 3, after: ["true"], health: { url: "http://127.0.0.1/" } }';
    const [step] = await stepsOf(`{ playbooks: [{ name: app, vars: { app_keep_releases: 9 } }], app: ${app} }`);
    expect(step?.vars).toEqual({
      app_source: '/project/src',
      app_dest: '/srv/app',
      app_exclude: ['tmp'],
      app_keep_releases: 9,
      app_after: ['true'],
      app_health: { url: 'http://127.0.0.1/', within: 30 },
    });
  });
});

test.each([
  ['nginx', false],
  ['base', false],
  ['site.yml', true],
  ['SITE.YAML', true],
  ['./nginx', true],
  [String.raw`books\nginx`, true],
])('%s is a path: %s', (word, isPath) => {
  expect(isPlaybookPath(word)).toBe(isPath);
});

describe('the agent', () => {
  test.each([
    ['is reached over SSH by default', '{}', { node_exporter_transport: 'ssh', node_exporter_port: 9100 }],
    [
      'listens where the file says',
      '{ monitoring: { transport: http, port: 9200, sources: [192.0.2.7] } }',
      { node_exporter_transport: 'http', node_exporter_port: 9200, node_exporter_sources: ['192.0.2.7'] },
    ],
    ['is not installed where the file turns it off', '{ monitoring: { agent: false } }', undefined],
  ])('%s', async (_reason, fields, vars) => {
    expect(agentStep(await entryOf(fields))?.vars).toEqual(vars);
  });
});
