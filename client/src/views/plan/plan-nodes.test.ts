import { expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import { t } from '#schemas/text/text.ts';
import { buildTestPlan, testChange } from '#test/helpers/client-samples.ts';
import { buildPlanNodes, deletionText, formatValue, originTexts, type PlanNode, summarize } from './plan-nodes.ts';

const render = createTextRenderer('en', {});

function describe(node: PlanNode): readonly string[] {
  switch (node.kind) {
    case 'summary':
      return [render(node.label)];
    case 'change':
      return [`${node.change.action} ${node.change.address}`, ...node.children.flatMap(describe).map((line) => `  ${line}`)];
    case 'field':
      return [
        `${node.field.field}: ${formatValue(node.field.field, node.field.actual)} → ${formatValue(node.field.field, node.field.desired)} (${render(originTexts[node.field.origin])})`,
      ];
    case 'reason':
      return [render(node.text)];
    case 'notice':
      return [`${node.level} ${node.address ?? '-'}: ${render(node.text)}`];
    default:
      return node satisfies never;
  }
}

test('summary, what stands against it, then resource, field, why; unchanged ones are left out', () => {
  const plan = buildTestPlan(
    [
      testChange('web', 'update', {
        fields: [{ field: 'ram', actual: 2048, desired: 4096, origin: 'panel' }],
        reasons: [t('the panel has another value')],
      }),
      testChange('db', 'delete'),
      testChange('same', 'no-op'),
    ],
    {
      refusals: [{ kind: 'protected', address: 'server.db', text: t('It is protected.') }],
      notes: [{ code: 'balance', level: 'warning', text: t('Little money.') }],
    },
  );
  expect(buildPlanNodes(plan).flatMap(describe)).toEqual([
    '1 to update, 1 skipped',
    'refusal server.db: It is protected.',
    'warning -: Little money.',
    'update server.web',
    '  ram: 2 GB → 4 GB (changed in the panel)',
    '  the panel has another value',
    'delete server.db',
  ]);
});

test('an empty plan says so', () => {
  expect(buildPlanNodes(buildTestPlan([testChange('web', 'no-op')])).flatMap(describe)).toEqual([
    'No changes: the panel is equal to the file.',
  ]);
});

test('every action that changes something is in the summary', () => {
  const plan = buildTestPlan(
    (['create', 'adopt', 'resume', 'update', 'power', 'link', 'replace', 'delete', 'forget'] as const).map((action) =>
      testChange(action, action),
    ),
  );
  expect(render(summarize(plan)).split(', ')).toHaveLength(9);
});

test.each([
  ['ram', 2048, '2 GB'],
  ['ram', 512, '512 MB'],
  ['disk', 40, '40 GB'],
  ['cpu', 2, '2'],
  ['networks', ['a', 'b'], 'a, b'],
  ['power', undefined, '–'],
  ['dhcp', true, 'true'],
])('%s %s is shown as %s', (field, value, expected) => {
  expect(formatValue(field, value)).toBe(expected);
});

test('deletions are counted and named', () => {
  expect(render(deletionText(['server.web']))).toBe('1 object is deleted: server.web');
  expect(render(deletionText(['server.web', 'server.db']))).toBe('2 objects are deleted: server.web, server.db');
});
