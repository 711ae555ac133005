import { expect, test } from 'vitest';
import type { InfraFile } from '#schemas/infra/infra-file.ts';
import { backgroundOf, isSelfContained, listChecked, narrowBroken, sectionsOf, viewOf } from './rule-view.ts';
import type { EntryRule } from './rule.ts';

const infra: InfraFile = {
  version: 1,
  project: 'shop',
  defaults: { size: 'small', cpu: 4, dc: 'Xelent', vars: { a: 1 } },
  sizes: { small: { cpu: 1, ram: 1024 }, large: { disk: 10 } },
  ssh_keys: { me: 'ssh-ed25519 AAAA' },
  networks: { back: { dhcp: true } },
  servers: { web: { cpu: 2 } },
};
const ruleOf = (reads: EntryRule['reads']): EntryRule => ({ scope: 'entry', reads, needs: 'merged', check: () => [] });
const head = { version: 1, project: 'project' };

// What a rule has not declared it cannot look at: else the editor would not know when to run it again.
test.each<[string, EntryRule['reads'], object]>([
  ['entries as they are', { servers: 'each' }, { servers: infra.servers }],
  ['names without values', { sizes: 'names', ssh_keys: 'names' }, { sizes: { small: {}, large: {} }, ssh_keys: { me: {} } }],
  [
    'fields without values, and which size is the default',
    { sizes: { fields: ['cpu', 'disk'] }, defaults: { fields: ['dc', 'image'] } },
    { sizes: { small: { cpu: true }, large: { disk: true } }, defaults: { dc: true, size: 'small' } },
  ],
  ['some values', { defaults: { values: ['vars', 'playbooks'] } }, { defaults: { vars: { a: 1 } } }],
  ['nothing of a section that is not there', { alerts: 'each', notify: 'names' }, {}],
])('a rule sees %s', (_name, reads, expected) => expect(viewOf(ruleOf(reads), infra)).toEqual({ ...head, ...expected }));

test('the background of an entry has nothing that is checked itself', () => {
  const rule = ruleOf({ servers: 'each', networks: 'each', sizes: 'names' });
  expect(backgroundOf(rule, infra)).toEqual({ ...head, sizes: { small: {}, large: {} } });
  expect(listChecked(rule)).toEqual(['servers', 'networks']);
  expect([isSelfContained(rule), isSelfContained(ruleOf({ servers: 'each', sizes: 'each' }))]).toEqual([false, true]);
});

test('other rules see whole sections', () => {
  expect(sectionsOf(['networks', 'groups'], infra)).toEqual({ ...head, networks: infra.networks });
});

test('whether a section has a mistake is known of declared sections only', () => {
  const isBroken = narrowBroken(['sizes'], { infra, locate: () => nowhere, isBroken: () => true });
  expect([isBroken('sizes', 'small'), isBroken('sizes'), isBroken('defaults')]).toEqual([true, true, false]);
});

const nowhere = { file: 'f', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
