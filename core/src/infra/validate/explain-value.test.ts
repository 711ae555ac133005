import { expect, test } from 'vitest';
import { infraFile } from '#schemas/infra/infra-file.ts';
import { serverEntry } from '#schemas/infra/server-entry.ts';
import { parseYaml } from '../parse/parse-yaml.ts';
import { applyFix } from '../testing/apply-fix.ts';
import { printProblem } from '../testing/read-sample.ts';
import { explainValue } from './explain-value.ts';

const head = 'version: 1\nproject: shop\n';

function explain(text: string) {
  const { value, locate } = parseYaml('/project/infra.yaml', head + text);
  return explainValue(infraFile, value, [], locate);
}

test.each([
  ['nothing wrong', 'servers: { web: { cpu: 1 } }', []],
  ['unknown key', 'servers: { web: { colour: red } }', ['0:18 unknown-key — The key `colour` is not known here.']],
  [
    'unknown key where few are known',
    'networks: { back: { mask: 24 } }',
    ['0:20 unknown-key — The key `mask` is not known here. Known are: dc, dhcp, id, protect.'],
  ],
  [
    'typo in an optional key',
    'servers: { web: { contu: 2 } }',
    ['0:18 unknown-key — The key `contu` is not known here. Did you mean `count`?'],
  ],
  [
    'typo in a required key is one problem',
    'schedules: { x: { every: 1h, actoin: plan } }',
    ['0:29 unknown-key — The key `actoin` is not known here. Did you mean `action`?'],
  ],
  [
    'several missing keys are one problem at the name',
    'notify: { team: { type: telegram } }',
    ['0:10 missing-key — Missing in `notify.team`: `chat`, `token_env`.'],
  ],
  ['missing discriminator', 'notify: { team: { chat: 1 } }', ['0:10 missing-key — Missing in `notify.team`: `type`.']],
  [
    'misspelt discriminator',
    'notify: { team: { tpye: editor } }',
    ['0:18 unknown-key — The key `tpye` is not known here. Did you mean `type`?'],
  ],
  [
    'unknown discriminator',
    'notify: { team: { type: telegramm } }',
    [
      '0:24 unknown-value — `notify.team.type` is `telegram`, `webhook`, `email` or `editor`; found the text `telegramm`. Did you mean `telegram`?',
    ],
  ],
  [
    'a mapping where a list belongs',
    'servers: { web: { networks: { back: 1 } } }',
    ['0:28 wrong-type — `servers.web.networks` needs a list such as `[first, second]`; found a mapping.'],
  ],
  [
    'a list where a mapping belongs',
    'servers: [web]',
    ['0:9 wrong-type — `servers` needs a mapping (lines of `key: value`); found a list.'],
  ],
  [
    'a text where a mapping belongs',
    'servers: { web: small }',
    ['0:16 wrong-type — `servers.web` needs a mapping (lines of `key: value`); found the text `small`.'],
  ],
  [
    'a number in quotes',
    'servers: { web: { cpu: "2" } }',
    ['0:23 wrong-type — `servers.web.cpu` needs a whole number; found the text `2`.'],
  ],
  [
    'a fraction',
    'servers: { web: { cpu: 1.5 } }',
    ['0:23 invalid-value — `servers.web.cpu` must be a whole number; found the number `1.5`.'],
  ],
  [
    'zero',
    'servers: { web: { cpu: 0 } }',
    ['0:23 invalid-value — `servers.web.cpu` must be a whole number above zero; found the number `0`.'],
  ],
  [
    'too many',
    'servers: { web: { count: 1001 } }',
    ['0:25 invalid-value — `servers.web.count` must be at most 1000; found the number `1001`.'],
  ],
  [
    'a unit that does not exist',
    'servers: { web: { ram: 2 gig } }',
    ['0:23 invalid-value — `servers.web.ram` needs memory such as `2 GB` or `512 MB`, or a whole number of MB; found the text `2 gig`.'],
  ],
  [
    'memory as a list',
    'servers: { web: { ram: [1] } }',
    ['0:23 wrong-type — `servers.web.ram` needs memory such as `2 GB` or `512 MB`, or a whole number of MB; found a list.'],
  ],
  [
    'a time span without unit',
    'schedules: { x: { every: 5, action: plan } }',
    ['0:25 wrong-type — `schedules.x.every` needs a time span such as `30s`, `5m` or `1h`; found the number `5`.'],
  ],
  [
    'another case of a word',
    'servers: { web: { disk_type: ssd } }',
    ['0:29 unknown-value — `servers.web.disk_type` is `SSD` or `SAS`; found the text `ssd`. Did you mean `SSD`?'],
  ],
  [
    'a boolean for on',
    'servers: { web: { power: true } }',
    ['0:25 unknown-value — `servers.web.power` is `on` or `off`; found `true`. Did you mean `on`?'],
  ],
  [
    'yes for true',
    'servers: { web: { protect: yes } }',
    ['0:27 wrong-type — `servers.web.protect` needs `true` or `false`; found the text `yes`.'],
  ],
  [
    'a period that is not offered',
    'servers: { web: { backup: { period: 8 } } }',
    ['0:36 unknown-value — `servers.web.backup.period` is `7`, `14`, `21` or `28`; found the number `8`.'],
  ],
  [
    'a boolean for a backup',
    'servers: { web: { backup: true } }',
    ['0:26 wrong-type — `servers.web.backup` needs `off` or a mapping (lines of `key: value`); found `true`.'],
  ],
  [
    'an unknown key in one branch of a union',
    'servers: { web: { playbooks: [{ pth: a.yml }] } }',
    ['0:32 unknown-key — The key `pth` is not known here. Did you mean `path`?'],
  ],
  [
    'a relative folder on the server',
    'servers: { web: { app: { source: ., dest: srv } } }',
    ['0:42 invalid-value — `servers.web.app.dest` must be a path that begins with `/`; found the text `srv`.'],
  ],
  [
    'no address',
    'notify: { a: { type: webhook, url: here } }',
    ['0:35 invalid-value — `notify.a.url` must be an address such as `https://example.org/hook`; found the text `here`.'],
  ],
  ['an empty text', 'servers: { web: { dc: "" } }', ['0:22 invalid-value — `servers.web.dc` must be filled in; found the text ``.']],
  [
    'an empty list',
    'notify: { a: { type: email, to: [], from: a@b, server: s } }',
    ['0:32 invalid-value — `notify.a.to` must be filled in; found a list.'],
  ],
  ['an empty entry', 'servers:\n  web:', ['1:2 empty-value — `servers.web` has no value. Expected is a mapping (lines of `key: value`).']],
  [
    'a bad name of a server',
    'servers: { "web 1": {} }',
    [
      '0:11 invalid-name — `web 1` cannot be a name here. Name: letters, digits, `_` and `-`, first a letter or digit, at most 50 characters. `all`, `ungrouped` and `localhost` belong to Ansible.',
    ],
  ],
  [
    'a group with a name of Ansible',
    'groups: { all: { servers: [] } }',
    [
      '0:10 invalid-name — `all` cannot be a name here. Name: letters, digits, `_` and `-`, first a letter or digit, at most 50 characters. `all`, `ungrouped` and `localhost` belong to Ansible.',
    ],
  ],
  [
    'two mistakes are two problems',
    'servers: { web: { cpu: x, disk_type: ssd } }',
    [
      '0:23 wrong-type — `servers.web.cpu` needs a whole number; found the text `x`.',
      '0:37 unknown-value — `servers.web.disk_type` is `SSD` or `SAS`; found the text `ssd`. Did you mean `SSD`?',
    ],
  ],
  [
    'what may be a secret is not repeated',
    `servers: { web: { cpu: ${'ab'.repeat(32)} } }`,
    ['0:23 wrong-type — `servers.web.cpu` needs a whole number; found the text `…`.'],
  ],
])('%s', (_reason, text, expected) => expect(explain(text).map((problem) => printProblem(problem, 2))).toEqual(expected));

test('a project name tells the rule of its form', () => {
  const { value, locate } = parseYaml('/project/infra.yaml', 'version: 1\nproject: Shop!\n');
  expect(explainValue(infraFile, value, [], locate).map((problem) => printProblem(problem))).toEqual([
    '1:9 invalid-value — the text `Shop!` cannot stand at `project`. Name of the project: lower-case letters, digits and hyphens, at most 40. It names the ledger in `.ict/`.',
  ]);
});

test.each([
  ['number', 'servers: { web: { cpu: "2" } }', 'servers: { web: { cpu: 2 } }'],
  ['list', 'servers: { web: { networks: back } }', 'servers: { web: { networks: [back] } }'],
  ['text', 'servers: { web: { networks: [7] } }', 'servers: { web: { networks: ["7"] } }'],
  ['boolean', 'servers: { web: { protect: No } }', 'servers: { web: { protect: false } }'],
  ['word', 'servers: { web: { power: ON } }', 'servers: { web: { power: on } }'],
  ['key', 'servers: { web: { disktype: SSD } }', 'servers: { web: { disk_type: SSD } }'],
])('the fix writes the %s that was meant', (_name, text, expected) => {
  const fix = explain(text)[0]?.fixes[0];
  expect(fix && applyFix(head + text, fix)).toBe(head + expected);
  expect(explain(expected)).toEqual([]);
});

test('a part of a file is explained with whole paths', () => {
  const { value, locate } = parseYaml('/project/infra.yaml', 'servers:\n  web:\n    siez: small\n');
  const entry = (value as { servers: { web: unknown } }).servers.web;
  expect(explainValue(serverEntry, entry, ['servers', 'web'], locate).map((problem) => printProblem(problem))).toEqual([
    '2:4 unknown-key — The key `siez` is not known here. Did you mean `size`?',
  ]);
});
