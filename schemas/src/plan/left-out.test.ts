import { expect, test } from 'vitest';
import { t } from '../text/text.ts';
import { canApply, countChanges, divide, isOnlyDoubt } from './left-out.ts';
import { type Action, actions, type Plan, type Refusal } from './plan.ts';

const change = (name: string, action: Action, steps: Plan['changes'][number]['steps'] = []): Plan['changes'][number] => ({
  address: `server.${name}`,
  kind: 'server',
  action,
  fields: [],
  impacts: [],
  reasons: [],
  steps,
});
const refusal = (kind: Refusal['kind'], name?: string): Refusal => ({
  kind,
  text: t('no'),
  ...(name === undefined ? {} : { address: `server.${name}` as const }),
});
const plan = (changes: Plan['changes'], refusals: Refusal[]): Plan => ({
  format: 1,
  project: 'shop',
  createdAt: '2026-01-02T03:04:05.000Z',
  file: { path: '/infra.yaml', hash: 'h' },
  account: { endpoint: 'https://api.test' },
  observations: {},
  changes,
  records: changes.map(({ address }) => ({ address, entry: null })),
  notes: [],
  refusals,
  unmanaged: [],
  totals: Object.fromEntries(actions.map((one) => [one, changes.filter(({ action }) => action === one).length])) as Plan['totals'],
});
const both = [change('a', 'create'), change('b', 'update')];

test('a refusal with an address takes out that address, its records too', () => {
  const { runnable, leftOut } = divide(plan(both, [refusal('name-taken', 'a')]));
  expect(leftOut).toEqual(['server.a']);
  expect(runnable.changes.map(({ address }) => address)).toEqual(['server.b']);
  expect(runnable.records.map(({ address }) => address)).toEqual(['server.b']);
});

test.each([
  ['nothing refused', [], true],
  ['one address refused', [refusal('name-taken', 'a')], true],
  ['all addresses refused', [refusal('name-taken', 'a'), refusal('protected', 'b')], false],
  ['the whole plan refused', [refusal('too-many-deletes')], false],
])('%s: whether something would be carried out', (_reason, refusals, expected) => {
  expect(canApply(plan(both, refusals))).toBe(expected);
});

test('a summary counts what would be carried out, and what is skipped', () => {
  const { counts, skipped } = countChanges(plan(both, [refusal('name-taken', 'a')]));
  expect([counts.create, counts.update, skipped]).toEqual([0, 1, 1]);
});

test.each([
  ['only doubt', [refusal('presence-unknown', 'a'), refusal('create-unsettled', 'b')], true],
  ['a prohibition beside it', [refusal('presence-unknown', 'a'), refusal('protected', 'b')], false],
])('%s', (_reason, refusals, expected) => expect(isOnlyDoubt(plan(both, refusals))).toBe(expected));
