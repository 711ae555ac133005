import { beforeEach, expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import type { PlanResult } from '#schemas/plan/plan-result.ts';
import { t } from '#schemas/text/text.ts';
import { buildTestPlan, testChange } from '#test/helpers/client-samples.ts';
import { editor } from '#test/helpers/fake-vscode.ts';
import type { ClientContext } from '../context/client-context.ts';
import { confirmPlan } from './confirm-plan.ts';

beforeEach(() => editor.reset());

/** Only what a confirmation looks at. */
const context = (account: string | undefined): ClientContext =>
  ({
    render: createTextRenderer('en', {}),
    accounts: { current: account === undefined ? undefined : { name: account, endpoint: 'https://api.example' } },
    log: { warn: () => undefined, error: () => undefined },
    plan: { focus: () => Promise.resolve() },
  }) as unknown as ClientContext;

const ready = (plan: ReturnType<typeof buildTestPlan>, confirmation: NonNullable<PlanResult['confirmation']>) => ({
  result: 'planned',
  exitCode: 0,
  plan,
  confirmation,
});

test('changes want a button, and every one of them is named with the account', async () => {
  editor.answers.push('Apply');
  const plan = buildTestPlan([testChange('web', 'create'), testChange('db', 'update'), testChange('same', 'no-op')]);
  const answer = await confirmPlan(context('home'), ready(plan, { kind: 'yes', question: t('Carry out {0} changes?', 2) }), t('Apply'));
  expect(answer).toEqual(['--yes']);
  expect(editor.shown).toEqual([
    {
      kind: 'warning',
      given: ['Apply · shop · home', { modal: true, detail: 'Carry out 2 changes?\n\ncreate: server.web\nupdate: server.db' }, 'Apply'],
    },
  ]);
});

test('a closed dialog is a no', async () => {
  const plan = buildTestPlan([testChange('web', 'create')]);
  expect(await confirmPlan(context('home'), ready(plan, { kind: 'yes', question: t('Sure?') }), t('Apply'))).toBeUndefined();
});

test('many changes are cut short, and the rest is counted', async () => {
  const plan = buildTestPlan(Array.from({ length: 40 }, (_, index) => testChange(`web-${index}`, 'create')));
  await confirmPlan(context('home'), ready(plan, { kind: 'yes', question: t('Sure?') }), t('Apply'));
  const [, options] = editor.shown[0]?.given ?? [];
  expect(options).toMatchObject({ detail: expect.stringMatching(/^(?:.*\n){16}and 26 more$/) as unknown });
});

test.each<[string, NonNullable<PlanResult['confirmation']>, string, readonly string[] | undefined]>([
  [
    'the name of the one that goes',
    { kind: 'name', question: t('{0} will be deleted.', 'server.web'), expected: 'web', recreated: [] },
    'web',
    ['--confirm', 'web'],
  ],
  ['blanks around it do not matter', { kind: 'name', question: t('Sure?'), expected: 'web', recreated: [] }, ' web ', ['--confirm', 'web']],
  ['another name is a no', { kind: 'name', question: t('Sure?'), expected: 'web', recreated: [] }, 'db', undefined],
  ['the number of those that go', { kind: 'count', question: t('Sure?'), expected: 2, recreated: [] }, '2', ['--allow-deletes', '2']],
  ['another number is a no', { kind: 'count', question: t('Sure?'), expected: 2, recreated: [] }, '3', undefined],
  [
    'the name of a lost one',
    { kind: 'name', question: t('Sure?'), expected: 'web', recreated: ['server.web'] },
    'web',
    ['--recreate', 'server.web'],
  ],
  [
    'the number of those that go and those that come again',
    { kind: 'count', question: t('Sure?'), expected: 3, recreated: ['server.web'] },
    '3',
    ['--recreate', 'server.web', '--allow-deletes', '2'],
  ],
])('deletions want to be typed: %s', async (_reason, confirmation, typed, expected) => {
  editor.answers.push(typed);
  const plan = buildTestPlan([testChange('web', 'delete')]);
  expect(await confirmPlan(context(undefined), ready(plan, confirmation), t('Apply'))).toEqual(expected);
  expect(editor.shown[0]).toMatchObject({ kind: 'input', given: [{ title: 'Apply · shop · api.example' }] });
});

test('the question with the names of what is deleted stands in the input box', async () => {
  const question = t('{0} objects will be deleted: {1}.', 2, 'server.web, server.db');
  const plan = buildTestPlan([testChange('web', 'delete'), testChange('db', 'replace')]);
  await confirmPlan(context('home'), ready(plan, { kind: 'count', question, expected: 2, recreated: [] }), t('Apply'));
  expect(editor.shown[0]?.given[0]).toMatchObject({ prompt: '2 objects will be deleted: server.web, server.db.' });
});

test('a refused plan is not asked about', async () => {
  const refusals = [{ kind: 'protected' as const, text: t('{0} is protected.', 'server.web') }];
  const plan = buildTestPlan([testChange('web', 'delete')], { refusals });
  expect(await confirmPlan(context('home'), ready(plan, { kind: 'none' }), t('Apply'))).toBeUndefined();
  expect(editor.shown).toEqual([{ kind: 'error', given: ['The plan is refused: server.web is protected.', 'Show plan'] }]);
});
