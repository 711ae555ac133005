import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { HostStep } from './host-steps.ts';
import { orderRuns } from './order-runs.ts';

const step = (label: string, tags: readonly string[] = [], vars: HostStep['vars'] = {}): HostStep => ({
  playbook: label,
  isBundled: true,
  label,
  tags,
  vars,
});
const toHosts = (lists: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries(lists).map(([host, labels]) => [host, labels.map((label) => step(label))]));
const show = (hosts: ReadonlyMap<string, readonly HostStep[]>): string[] =>
  orderRuns(hosts).map(({ label, tags, hosts: taking }) => `${[label, ...tags].join(' ')}: ${[...taking.keys()].join(' ')}`);

describe('runs', () => {
  test.each([
    ['of nobody are none', {}, []],
    ['of a host without playbooks are none', { web: [] }, []],
    ['share a playbook', { web: ['base', 'nginx'], db: ['base', 'postgresql'] }, ['base: web db', 'nginx: web', 'postgresql: db']],
    ['wait for those who come to it later', { web: ['nginx'], db: ['base', 'nginx'] }, ['base: db', 'nginx: web db']],
    ['are split where the orders contradict each other', { a: ['x', 'y'], b: ['y', 'x'] }, ['x: a', 'y: a b', 'x: b']],
    ['repeat what a list repeats', { a: ['x', 'y', 'x'] }, ['x: a', 'y: a', 'x: a']],
  ])('%s', (_reason, lists: Record<string, string[]>, runs) => {
    expect(show(toHosts(lists))).toEqual(runs);
  });

  test('of other tags are other runs; variables are each host’s own', () => {
    const hosts = new Map([
      ['a', [step('app', ['one'], { port: 1 })]],
      ['b', [step('app', ['one'], { port: 2 })]],
      ['c', [step('app', ['two'])]],
    ]);
    expect(show(hosts)).toEqual(['app one: a b', 'app two: c']);
    expect(orderRuns(hosts)[0]?.hosts).toEqual(
      new Map([
        ['a', { port: 1 }],
        ['b', { port: 2 }],
      ]),
    );
  });

  test('a bundled playbook is not a file of the same name', () => {
    const own = { ...step('base'), isBundled: false };
    expect(
      orderRuns(
        new Map([
          ['a', [own]],
          ['b', [step('base')]],
        ]),
      ).map(({ isBundled }) => isBundled),
    ).toEqual([false, true]);
  });
});

const label = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const lists = (list: fc.Arbitrary<string[]>) =>
  fc.array(list, { maxLength: 6 }).map((all) => toHosts(Object.fromEntries(all.map((one, index) => [`h${index}`, one]))));

describe('whatever the lists are', () => {
  test('each host gets every step of its list once, in its order', () => {
    fc.assert(
      fc.property(lists(fc.array(label, { maxLength: 6 })), (hosts) => {
        const runs = orderRuns(hosts);
        for (const [host, steps] of hosts) {
          expect(runs.filter((run) => run.hosts.has(host)).map((run) => run.label)).toEqual(steps.map((one) => one.label));
        }
        expect(runs.every((run) => run.hosts.size > 0)).toBe(true);
      }),
    );
  });

  test('each playbook runs once where all lists follow one order', () => {
    const ordered = fc.tuple(
      fc.shuffledSubarray(['a', 'b', 'c', 'd', 'e'], { minLength: 5 }),
      fc.array(fc.subarray([0, 1, 2, 3, 4]), { maxLength: 6 }),
    );
    fc.assert(
      fc.property(ordered, ([order, picks]) => {
        const hosts = toHosts(Object.fromEntries(picks.map((pick, index) => [`h${index}`, pick.map((at) => order[at] ?? '')])));
        const wanted = new Set([...hosts.values()].flatMap((steps) => steps.map((one) => one.label)));
        expect(orderRuns(hosts)).toHaveLength(wanted.size);
      }),
    );
  });
});
