import { expect, test } from 'vitest';
import type { ActualServer } from '#schemas/state/actual.ts';
import { actualServer, actualState, desiredServer, desiredState, ledgerOf, planInput, serverEntry } from '#test/helpers/samples.ts';
import { findStaleness } from './compare-plans.ts';
import { buildPlan } from './plan/build-plan.ts';

const make = (server: Partial<ActualServer> = {}, hash = 'h', strangers: ActualServer[] = []) =>
  buildPlan(
    planInput({
      desired: desiredState({ servers: [desiredServer('a', { cpu: 2 })] }),
      actual: actualState({ servers: [actualServer(1, 'a', server), ...strangers] }),
      ledger: ledgerOf(serverEntry(1, 'a')),
      file: { path: '/infra.yaml', hash },
    }),
  );

test('an equal plan still holds, also when a stranger appeared', () => {
  expect(findStaleness(make(), make({}, 'h', [actualServer(9, 'stranger')]))).toBeUndefined();
});

test('a changed file makes it stale', () => {
  expect(findStaleness(make(), make({}, 'other'))).toMatchObject({ isFileChanged: true, observations: [] });
});

test('a changed field is named with both values', () => {
  expect(findStaleness(make(), make({ ramMb: 2048 }))?.observations).toEqual([
    { subject: 'server:1', field: 'ramMb', before: 1024, now: 2048 },
  ]);
});

test('steps that appear or disappear are named', () => {
  expect(findStaleness(make(), make({ cpu: 2 }))?.steps).toEqual({ gone: ['server.a/resize-server'], added: [] });
});
