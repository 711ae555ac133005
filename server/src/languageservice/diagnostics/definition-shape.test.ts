import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readDocument } from '#core/infra/load/infra-document.ts';
import { mergeDocuments, type MergedInfra } from '#core/infra/load/merge-documents.ts';
import { toRuleInput } from '#core/infra/rules/named-files.ts';
import { entryRules, runEntryRule, runForServers, serverRules } from '#core/infra/rules/run-rules.ts';
import type { Finding } from '#core/infra/rules/scope/rule.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import { digest, readShape } from './definition-shape.ts';

const field = fc.constantFrom(
  'cpu: 1',
  'cpu: 9',
  'ram: 1 GB',
  'disk: 10 GB',
  'dc: Xelent',
  'image: Debian 12',
  'size: small',
  'size: gone',
  'size: bad',
  'power: on',
  'playbooks: [base]',
  'playbooks: [app, lost.yml]',
  'vars: { base_firewall: 1 }',
  'vars: { base_firewall: nftables, app_source: x }',
);
const serverField = fc.oneof(
  field,
  fc.constantFrom('networks: [back, gone]', 'ssh_keys: [me, me]', 'ssh_keys: [you]', 'app: { source: ., dest: /srv }'),
);
const mappingOf = (one: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.uniqueArray(one, { maxLength: 5, selector: (text) => text.split(':')[0] }).map((fields) => `{ ${fields.join(', ')} }`);
const definitions = fc
  .record({
    defaults: fc.option(mappingOf(field)),
    broken: fc.boolean(),
    sizes: fc.subarray(['small: { cpu: 1, ram: 1 GB }', 'small2: { disk: 10 GB }', 'bad: { cpu: x }', 'gone: {}']),
    networks: fc.subarray(['back', 'gone', 'gonee']),
    keys: fc.subarray(['me', 'you', 'they']),
  })
  .map(({ defaults, broken, sizes, networks, keys }) =>
    [
      'version: 1',
      'project: shop',
      ...(defaults === null ? [] : [`defaults: ${broken ? '{ cpu: x }' : defaults}`]),
      `sizes: { ${sizes.join(', ')} }`,
      `networks: { ${networks.map((name) => `${name}: {}`).join(', ')} }`,
      `ssh_keys: { ${keys.map((name) => `${name}: ${name}.pub`).join(', ')} }`,
    ].join('\n'),
  );

interface World {
  readonly merged: MergedInfra;
  readonly broken: readonly string[];
}

function read(text: string): World {
  const document = readDocument('/project/infra.yaml', text, 'main');
  return { merged: mergeDocuments([document]), broken: [...document.broken] };
}

const readEntry = (text: string): ServerEntry | undefined =>
  read(`version: 1\nproject: p\nservers: { web: ${text} }\n`).merged.infra.servers?.['web'];
const toInput = (merged: MergedInfra) => toRuleInput(merged, () => new Map([['lost.yml', { path: '/lost.yml', exists: false }]]));
const sentences = (findings: readonly Finding[] = []) =>
  findings.map(([, { code, detail, address }]) => JSON.stringify([code, detail, address]));

// What is kept of a server while definitions change rests on this.
test('equal digests lead to equal findings, whatever changes in the definitions', () => {
  fc.assert(
    fc.property(definitions, definitions, mappingOf(serverField), (before, after, text) => {
      const entry = readEntry(text);
      if (!entry) return;
      const [left, right] = [read(before), read(after)];
      const first = readShape(left.merged, left.broken, undefined);
      const second = readShape(right.merged, right.broken, first);
      for (const rule of serverRules) {
        if (digest(rule, entry, first) !== digest(rule, entry, second)) continue;
        const [found] = runForServers(rule, [['web', entry]], toInput(left.merged));
        const [foundAgain] = runForServers(rule, [['web', entry]], toInput(right.merged));
        expect(sentences(foundAgain)).toEqual(sentences(found));
      }
    }),
    { numRuns: 3000 },
  );
});

test('entries are found the same problems in one by one, in batches and together', () => {
  fc.assert(
    fc.property(definitions, fc.array(mappingOf(serverField), { minLength: 1, maxLength: 70 }), (text, entries) => {
      const { merged } = read(text);
      const input = toInput(merged);
      const servers = entries.flatMap((one, index): [string, ServerEntry][] => {
        const entry = readEntry(one);
        return entry ? [[`s${index}`, entry]] : [];
      });
      for (const rule of serverRules) {
        const alone = servers.flatMap((one) => runForServers(rule, [one], input).flat());
        expect(sentences(runForServers(rule, servers, input).flat())).toEqual(sentences(alone));
        const together = runEntryRule(rule, { ...merged.infra, servers: Object.fromEntries(servers) }, input);
        const others = runEntryRule(rule, merged.infra, input);
        expect(new Set(sentences(together))).toEqual(new Set(sentences([...others, ...alone])));
      }
    }),
    { numRuns: 60 },
  );
});

test('a value of a size or of `defaults` that no rule reads changes no shape', () => {
  const [before, after] = ['cpu: 1', 'cpu: 2'].map(
    (cpu) => read(`version: 1\nproject: p\ndefaults: { ${cpu} }\nsizes: { small: { ${cpu} } }\n`).merged,
  ) as [MergedInfra, MergedInfra];
  const shape = readShape(before, [], undefined);
  expect(readShape(after, [], shape)).toBe(shape);
});

test('every rule about entries checks some section', () => {
  for (const { reads } of entryRules) expect(Object.values(reads)).toContain('each');
});
