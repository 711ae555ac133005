import { describe, expect, test } from 'vitest';
import type { Plan } from '#schemas/plan/plan.ts';
import { actualServer, actualState, desiredServer, desiredState, ledgerOf, planInput, serverEntry } from '#test/helpers/samples.ts';
import { flagFor, isConfirmedBy, isGiven, weighPlan } from './confirm.ts';
import { buildPlan } from './plan/build-plan.ts';

const recorded = ledgerOf(serverEntry(1, 'a'), serverEntry(2, 'b'));
const actual = actualState({ servers: [actualServer(1, 'a'), actualServer(2, 'b')] });
const keep = (...names: string[]): Plan =>
  buildPlan(planInput({ desired: desiredState({ servers: names.map((name) => desiredServer(name)) }), actual, ledger: recorded }));

const nothing = keep('a', 'b');
const creates = keep('a', 'b', 'c');
const deletesOne = keep('a');
const deletesTwo = keep();

describe('the weight of a plan', () => {
  test.each([
    ['nothing to do asks nothing', nothing, 'none'],
    ['a change asks for a y', creates, 'yes'],
    ['one deletion asks for the name', deletesOne, 'name'],
    ['more deletions ask for their number', deletesTwo, 'count'],
  ] as const)('%s', (_reason, plan, kind) => {
    expect(weighPlan(plan).kind).toBe(kind);
  });
});

describe('answers given beforehand', () => {
  test.each([
    ['--yes confirms a change', creates, { yes: true }, true],
    ['--yes never confirms a deletion', deletesOne, { yes: true }, false],
    ['--yes never confirms several deletions', deletesTwo, { yes: true }, false],
    ['the right name confirms', deletesOne, { yes: false, confirm: 'b' }, true],
    ['another name does not', deletesOne, { yes: false, confirm: 'a' }, false],
    ['the right number confirms', deletesTwo, { yes: false, allowDeletes: 2 }, true],
    ['a larger number does not', deletesTwo, { yes: false, allowDeletes: 3 }, false],
    ['nothing needs nothing', nothing, { yes: false }, true],
    ['silence is no confirmation', creates, { yes: false }, false],
  ] as const)('%s', (_reason, plan, given, expected) => {
    expect(isGiven(weighPlan(plan), given)).toBe(expected);
  });
});

describe('typed answers', () => {
  test.each([
    [creates, 'y', true],
    [creates, 'Да', true],
    [creates, '', false],
    [creates, 'n', false],
    [deletesOne, 'y', false],
    [deletesOne, ' b ', true],
    [deletesTwo, 'y', false],
    [deletesTwo, '2', true],
    [deletesTwo, '1', false],
  ] as const)('case %#: %j', (plan, answer, expected) => {
    expect(isConfirmedBy(weighPlan(plan), answer)).toBe(expected);
  });
});

test('the flag that would confirm is named', () => {
  expect([creates, deletesOne, deletesTwo].map((plan) => flagFor(weighPlan(plan)))).toEqual(['--yes', '--confirm b', '--allow-deletes 2']);
});
