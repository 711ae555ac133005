import { actions, type Change, type Plan } from '#schemas/plan/plan.ts';

/** One change of a server; nothing else of it matters. */
export const testChange = (name: string, action: Change['action'], more: Partial<Change> = {}): Change => ({
  address: `server.${name}`,
  kind: 'server',
  action,
  fields: [],
  impacts: [],
  reasons: [],
  steps: [],
  ...more,
});

/** A plan with these changes and nothing else. */
export const buildTestPlan = (changes: readonly Change[], more: Partial<Plan> = {}): Plan => ({
  format: 1,
  project: 'shop',
  createdAt: '2026-01-01T00:00:00.000Z',
  file: { path: '/project/infra.yaml', hash: '' },
  account: { endpoint: 'https://api.example' },
  observations: {},
  changes: [...changes],
  records: [],
  notes: [],
  refusals: [],
  unmanaged: [],
  totals: Object.fromEntries(
    actions.map((action) => [action, changes.filter((change) => change.action === action).length]),
  ) as Plan['totals'],
  ...more,
});
