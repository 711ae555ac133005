import { expect, test } from 'vitest';
import type { Operation } from '../../operations/operations.ts';
import { newOperation } from '../../operations/operation-state.ts';
import { buildTestPlan } from '#test/helpers/client-samples.ts';
import { findLastResult } from './find-last-result.ts';

const FILE = '/project/infra.yaml';

const operation = (id: string, words: readonly string[], startedAt: string, file = FILE): Operation => ({
  id,
  title: id,
  file,
  words,
  isStopping: false,
  state: { ...newOperation(words[0] ?? '', file), startedAt },
});

const whole = operation('whole', ['deploy', FILE], '2026-01-01T10:00:00.000Z');
const web = operation('web', ['deploy', FILE, '--limit', 'server.web'], '2026-01-01T11:00:00.000Z');
const stop = operation('stop', ['power', 'stop', 'server.db', '--file', FILE], '2026-01-01T12:00:00.000Z');
const other = operation('other', ['deploy', '/other.yaml'], '2026-01-01T13:00:00.000Z', '/other.yaml');
const all = [other, stop, web, whole];

test.each([
  ['without a target the newest', undefined, 'other'],
  ['the newest on that server', { file: FILE, names: ['web'] }, 'web'],
  ['a power command names its servers', { file: FILE, names: ['db'] }, 'stop'],
  ['what ran over the whole file is about every server', { file: FILE, names: ['cache'] }, 'whole'],
  ['of the file: only what ran over all of it', { file: FILE, names: [] }, 'whole'],
  ['nothing is known of another file', { file: '/third.yaml', names: [] }, undefined],
])('%s', (_reason, target, expected) => {
  const found = findLastResult(all, undefined, target);
  expect(found?.kind === 'operation' ? found.operation.id : found).toBe(expected);
});

test('a plan that is newer than the operations goes before them', () => {
  const plan = { ...buildTestPlan([]), file: { path: FILE, hash: '' } };
  expect(findLastResult(all, { ...plan, createdAt: '2026-01-02T00:00:00.000Z' }, { file: FILE, names: ['web'] })).toEqual({ kind: 'plan' });
  expect(findLastResult(all, { ...plan, createdAt: '2025-01-01T00:00:00.000Z' }, { file: FILE, names: ['web'] })).toMatchObject({
    operation: { id: 'web' },
  });
  expect(findLastResult([], plan, { file: '/other.yaml', names: [] })).toBeUndefined();
});
