import { describe, expect, test } from 'vitest';
import { listProblems, printProblem, readSample } from '../../testing/read-sample.ts';

const code = (line: string): string => line.replace(/ — .*/s, '');
/** Problems of a text under another head than the usual one; lines count from the text. */
const listUnder = async (head: string, text: string): Promise<readonly string[]> =>
  (await readSample(head + text)).diagnostics.map((diagnostic) => printProblem(diagnostic, head.split('\n').length - 1));
const server = (more: string): string => `servers: { w: { ${more} } }`;

describe('names', () => {
  test.each<[string, string, string[]]>([
    ['one that ict ships', server('playbooks: [nginx, { name: base }]'), []],
    ['a name with a slip', server('playbooks: [ngnix]'), ['0:28 unknown-playbook']],
    ['a name under `name`', server('playbooks: [{ name: dokcer }]'), ['0:36 unknown-playbook']],
    ['in the defaults', 'defaults: { playbooks: [nope] }', ['0:24 unknown-playbook']],
    [
      'a path is no name',
      server('playbooks: [site.yml, ./roles/x, { path: a }]'),
      ['0:28 playbook-missing', '0:38 playbook-missing', '0:57 playbook-missing'],
    ],
  ])('%s', async (_reason, text, expected) => {
    const found = await listUnder('version: 1\nproject: p\n', text);
    expect(found.map(code).filter((line) => line.includes('playbook'))).toEqual(expected);
  });

  test('the nearest name is suggested', async () => {
    expect(await listProblems(server('playbooks: [postgres]'))).toEqual([
      '0:28 unknown-playbook — No playbook `postgres` comes with ict. Did you mean `postgresql`?',
    ]);
  });
});

describe('files', () => {
  test('a playbook beside the file', async () => {
    expect(await listProblems(server('playbooks: [site.yml]'), { 'site.yml': '---\n' })).toEqual([]);
  });

  test('one that is missing is said with the path that was looked at', async () => {
    expect(await listProblems(server('playbooks: [{ path: ../site.yml }]'))).toEqual([
      '0:36 playbook-missing — There is no file `/site.yml`.',
    ]);
  });
});

describe('variables', () => {
  test.each<[string, string, string[]]>([
    ['a number', 'playbooks: [nginx], vars: { http_port: 8080 }', []],
    ['a number as text', 'playbooks: [nginx], vars: { http_port: "8080" }', []],
    [
      'no number',
      'playbooks: [nginx], vars: { http_port: web }',
      ['`http_port` of playbook `nginx` takes a whole number, not the text `web`.'],
    ],
    ['a template is left to Ansible', 'playbooks: [nginx], vars: { http_port: "{{ port }}" }', []],
    ['nothing', 'playbooks: [nginx], vars: { http_port: null }', []],
    ['truth in words', 'playbooks: [base], vars: { base_auto_reboot: "yes" }', []],
    [
      'no truth',
      'playbooks: [base], vars: { base_auto_reboot: 5 }',
      ['`base_auto_reboot` of playbook `base` takes `true` or `false`, not the number `5`.'],
    ],
    ['a list as text', 'playbooks: [base], vars: { base_packages: "a,b" }', []],
    [
      'a mapping for a list',
      'playbooks: [base], vars: { base_packages: { a: 1 } }',
      ['`base_packages` of playbook `base` takes a list, not a mapping.'],
    ],
    [
      'a list for a mapping',
      'playbooks: [docker], vars: { docker_daemon: [1] }',
      ['`docker_daemon` of playbook `docker` takes a mapping, not a list.'],
    ],
    ['one of its choices', 'playbooks: [base], vars: { base_firewall: ufw }', []],
    [
      'none of them',
      'playbooks: [base], vars: { base_firewall: pf }',
      ['`base_firewall` of playbook `base` takes one of: `auto`, `ufw`, `nftables`, `none`.'],
    ],
    ['a mapping in a list', 'playbooks: [nginx], vars: { nginx_sites: [{ name: a, port: 81 }, "{{ site }}"] }', []],
    [
      'a wrong part of it',
      'playbooks: [nginx], vars: { nginx_sites: [{ name: a, port: web }] }',
      ['`nginx_sites[0].port` of playbook `nginx` takes a whole number, not the text `web`.'],
    ],
    [
      'an unknown part of it',
      'playbooks: [base], vars: { base_users: [{ name: a }, { name: b, sudoo: true }] }',
      ['`base_users[1]` of playbook `base` has no part `sudoo`. Parts: `name`, `state`, `keys`, `remove_keys`, `groups`, `sudo`, `shell`.'],
    ],
    [
      'a missing part of it',
      'playbooks: [postgresql], vars: { postgresql_hba: [{ type: hostssl }] }',
      ['`postgresql_hba[0]` of playbook `postgresql` has no `address`.'],
    ],
    [
      'none of the choices of a part',
      'playbooks: [base], vars: { base_firewall_rules: [{ port: 1, proto: icmp }] }',
      ['`base_firewall_rules[0].proto` of playbook `base` takes one of: `tcp`, `udp`.'],
    ],
    [
      'a text for a mapping in a list',
      'playbooks: [nginx], vars: { nginx_sites: [main] }',
      ['`nginx_sites[0]` of playbook `nginx` takes a mapping, not the text `main`.'],
    ],
    [
      'a mapping for a text in a list',
      'playbooks: [base], vars: { base_packages: [htop, { name: vim }] }',
      ['`base_packages[1]` of playbook `base` takes a text, not a mapping.'],
    ],
    ['a part of a mapping', 'playbooks: [app], app: { source: ., dest: /srv }, vars: { app_health: { url: http://localhost } }', []],
    [
      'a wrong part of a mapping',
      'playbooks: [app], app: { source: ., dest: /srv }, vars: { app_health: { within: soon } }',
      ['`app_health.within` of playbook `app` takes a whole number, not the text `soon`.'],
    ],
    ['a variable of another playbook', 'playbooks: [nginx], vars: { base_firewall: pf }', []],
    ['a variable that nobody knows', 'playbooks: [nginx], vars: { mine: pf }', []],
    [
      'with the playbook itself',
      'playbooks: [{ name: nginx, vars: { http_port: x } }]',
      ['`http_port` of playbook `nginx` takes a whole number, not the text `x`.'],
    ],
  ])('%s', async (_reason, text, expected) => {
    expect((await listProblems(server(text))).map((line) => line.replace(/^.*? — /, ''))).toEqual(expected);
  });

  test('those of the defaults are said once, however many servers take them', async () => {
    const found = await listUnder(
      'version: 1\nproject: p\n',
      'defaults: { playbooks: [nginx], vars: { http_port: x } }\nservers: { a: {}, b: {} }',
    );
    expect(found.map(code).filter((line) => line.includes('playbook-variable'))).toEqual(['0:51 playbook-variable']);
  });
});

describe('what a playbook cannot run without', () => {
  test.each<[string, string, string[]]>([
    ['missing', 'playbooks: [app]', ['0:28 playbook-variable-missing']],
    ['given by the section `app`', 'playbooks: [app], app: { source: ., dest: /srv }', []],
    ['given as variables', 'playbooks: [app], vars: { app_source: ., app_dest: /srv }', []],
    ['given with the playbook', 'playbooks: [{ name: app, vars: { app_source: ., app_dest: /srv } }]', []],
    ['given in part', 'playbooks: [app], vars: { app_source: . }', ['0:28 playbook-variable-missing']],
  ])('%s', async (_reason, text, expected) => expect((await listProblems(server(text))).map(code)).toEqual(expected));
});
