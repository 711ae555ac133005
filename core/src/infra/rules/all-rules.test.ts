import { describe, expect, test } from 'vitest';
import { listProblems, readSample, printProblem } from '../testing/read-sample.ts';

describe('names', () => {
  test.each<[string, string, string[]]>([
    [
      'a size without any size defined',
      'servers: { web: { size: s } }',
      ['0:24 unknown-size — There is no size `s`. None is defined yet.'],
    ],
    [
      'a size far from the known ones',
      'sizes: { small: {}, large: {} }\nservers: { web: { size: x } }',
      ['1:24 unknown-size — There is no size `x`. Known are: `small`, `large`.'],
    ],
    [
      'a size that has a mistake itself is known',
      'sizes: { s: { cpu: x } }\nservers: { web: { size: s } }',
      ['0:19 wrong-type — `sizes.s.cpu` needs a whole number; found the text `x`.'],
    ],
    [
      'a size named like a property of objects',
      'servers: { web: { size: toString } }',
      ['0:24 unknown-size — There is no size `toString`. None is defined yet.'],
    ],
    [
      'a target of an alert',
      'servers: { web: {} }\nalerts: { a: { metric: cpu, above: 90%, on: [wbe] } }',
      ['1:45 unknown-target — There is no server or group `wbe`. Did you mean `web`?'],
    ],
    [
      'targets may be entries, instances and groups',
      'servers: { web: { count: 2 } }\ngroups: { every: { servers: [web, web-2] } }\nschedules: { s: { every: 1h, action: stop, targets: [every, web, web-1] } }',
      [],
    ],
    [
      'an instance that does not exist',
      'servers: { web: { count: 2 } }\ngroups: { g: { servers: [web-3] } }',
      ['1:25 unknown-target — There is no server or group `web-3`. Did you mean `web`?'],
    ],
    [
      'the instance of an entry with a mistake is no second mistake',
      'servers: { web: { count: 2, cpu: x } }\ngroups: { g: { servers: [web-2] } }',
      ['0:33 wrong-type — `servers.web.cpu` needs a whole number; found the text `x`.'],
    ],
    ['a group in itself', 'groups: { g: { servers: [g] } }', ['0:25 group-cycle — The groups contain each other: g → g.']],
    [
      'three groups in a ring are one cycle',
      'groups: { a: { servers: [b] }, b: { servers: [c] }, c: { servers: [a] } }',
      ['0:67 group-cycle — The groups contain each other: a → b → c → a.'],
    ],
    [
      'groups that meet are no cycle',
      'servers: { w: {} }\ngroups: { a: { servers: [b, c] }, b: { servers: [c] }, c: { servers: [w] } }',
      [],
    ],
    [
      'a group named like one server',
      'servers: { web: { count: 2 } }\ngroups: { web-2: { servers: [web] } }',
      ['1:10 group-name-clash — `web-2` is also the name of a server. Rename the group.'],
    ],
    ['two networks with one id', 'networks: { a: { id: 1 }, b: { id: 1 } }', ['0:35 id-not-unique — `b` has the same `id` as `a`.']],
    ['one server with count 1 may have an id', 'servers: { web: { count: 1, id: 5 } }', []],
    ['a name of 50 characters', `servers: { ${'a'.repeat(50)}: {} }`, []],
  ])('%s', async (_reason, text, expected) => expect(await listProblems(text)).toEqual(expected));
});

describe('hardware', () => {
  test.each<[string, string, string[]]>([
    [
      'every step up to 16 GB',
      `servers: { ${[512, 768, 1024, 2048, 3072, 16_384].map((ram, index) => `s${index}: { ram: ${ram} }`).join(', ')} }`,
      [],
    ],
    ['256 MB', 'servers: { w: { ram: 256 } }', ['0:21 below-minimum — 256 MB of memory are less than the smallest server has: 512 MB.']],
    ['640 MB', 'servers: { w: { ram: 640 } }', ['0:21 ram-step — 640 MB of memory are not offered. The next step is 768 MB.']],
    [
      '1280 MB: beyond a gigabyte the step is one',
      'servers: { w: { ram: 1280 } }',
      ['0:21 ram-step — 1280 MB of memory are not offered. The next step is 2 GB.'],
    ],
    [
      'a wrong step beyond the range is one problem',
      'servers: { w: { ram: 20000 } }',
      ['0:21 ram-step — 20000 MB of memory are not offered. The next step is 20 GB.'],
    ],
    [
      '32 GB',
      'servers: { w: { ram: 32 GB } }',
      [
        '0:21 above-documented-range — 32 GB of memory are more than the documented 16 GB. Whether the data centre has them is known only when the server is made.',
      ],
    ],
    ['8 cores', 'servers: { w: { cpu: 8 } }', []],
    [
      '5 GB of disk',
      'servers: { w: { disk: 5 GB } }',
      ['0:22 below-minimum — A disk of 5 GB is smaller than the smallest server has: 10 GB.'],
    ],
    [
      '260 GB of disk',
      'servers: { w: { disk: 260 } }',
      [
        '0:22 above-documented-range — A disk of 260 GB is larger than the documented 250 GB. Whether the data centre has it is known only when the server is made.',
      ],
    ],
    [
      'a size that many servers take is one problem',
      'sizes: { s: { disk: 15 } }\nservers: { a: { size: s, count: 100 }, b: { size: s } }',
      ['0:20 disk-step — A disk of 15 GB is not offered. The next step is 20 GB.'],
    ],
  ])('%s', async (_reason, text, expected) => expect(await listProblems(text)).toEqual(expected));
});

describe('watching', () => {
  test.each<[string, string, string[]]>([
    ['unreachable needs no threshold', 'alerts: { a: { metric: unreachable, for: 1m } }', []],
    ['no threshold', 'alerts: { a: { metric: cpu } }', ['0:10 alert-threshold — Alert `a` has no threshold. Write `above` or `below`.']],
    ['clear above for below', 'alerts: { a: { metric: memory, below: 10%, clear: 20% } }', []],
    [
      'clear below for below',
      'alerts: { a: { metric: memory, below: 10%, clear: 5% } }',
      ['0:50 alert-clear — Alert `a` fires below its threshold, so `clear` must not be lower than it.'],
    ],
    ['clear equal', 'alerts: { a: { metric: load, above: 2, clear: 2 } }', []],
    [
      'both timings',
      'schedules: { s: { cron: "0 1 * * *", every: 1h, action: plan } }',
      ['0:13 schedule-timing — Schedule `s` has both `cron` and `every`. Remove one of the two.'],
    ],
    [
      'a short cron expression',
      'schedules: { s: { cron: "* *", action: plan } }',
      ['0:24 invalid-cron — A cron expression has 5 fields with spaces between; found 2.'],
    ],
    ['a budget with prices', 'limits: { monthly_budget: 100 }\nprices: prices.yaml', []],
    [
      'a playbook with both',
      'servers: { w: { playbooks: [{ path: a, name: b }] } }',
      ['0:28 playbook-source — Here stand both `path` and `name`. Remove one of the two.'],
    ],
  ])('%s', async (_reason, text, expected) => expect(await listProblems(text)).toEqual(expected));
});

describe('head', () => {
  test.each<[string, string, string[]]>([
    [
      'a newer version is the only problem',
      'version: 2\nnew_thing: 1\n',
      ['0:9 unsupported-version — `version` is the number `2`; this ict reads version 1.'],
    ],
    [
      'a list',
      '- a\n',
      ['0:0 wrong-type — An infra file is a mapping with keys such as `version`, `project` and `servers`; found a list.'],
    ],
    [
      'a misspelt version is one problem',
      'verson: 1\nproject: a\n',
      ['0:0 unknown-key — The key `verson` is not known here. Did you mean `version`?'],
    ],
    [
      'a misspelt project is one problem',
      'version: 1\nprojcet: a\n',
      ['1:0 unknown-key — The key `projcet` is not known here. Did you mean `project`?'],
    ],
    [
      'neither version nor project',
      'servers: {}\n',
      ['0:0 missing-version — Write `version: 1` as the first line.', '0:0 missing-project — Give the project a name: `project: NAME`.'],
    ],
    [
      'the earlier format with lower-case servers',
      'back:\n  VDC_options: {}\n  servers: {}\n',
      [
        '0:0 old-format — The group `back` has `VDC_options`, as in files of the earlier ict in Python. Convert the file with `ict convert`.',
      ],
    ],
  ])('%s', async (_reason, text, expected) =>
    expect((await readSample(text)).diagnostics.map((problem) => printProblem(problem))).toEqual(expected),
  );
});

test('defaults with a mistake do not make every server incomplete', async () => {
  const { diagnostics } = await readSample('version: 1\nproject: a\ndefaults: { dc: Xelent, imgae: x }\nservers: { web: {}, db: {} }\n');
  expect(diagnostics.map(({ code }) => code)).toEqual(['unknown-key']);
});

test('one entry with a mistake does not hide the mistakes of others', async () => {
  expect(await listProblems('servers: { a: { cpu: x }, b: { size: s }, c: { networks: [n] } }')).toEqual([
    '0:21 wrong-type — `servers.a.cpu` needs a whole number; found the text `x`.',
    '0:37 unknown-size — There is no size `s`. None is defined yet.',
    '0:58 unknown-network — There is no network `n` in `networks`. None is defined yet.',
  ]);
});
