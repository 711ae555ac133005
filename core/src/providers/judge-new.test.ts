import { expect, test } from 'vitest';
import type { ObjectState } from '#schemas/state/actual.ts';
import { judgeNew, requirePresent } from './judge-new.ts';

const seen = (state: ObjectState) => ({ state, rawState: 'Raw' });

test('requirePresent', () => {
  expect(requirePresent('server 1', seen('new'))).toEqual(seen('new'));
  expect(() => requirePresent('server 1', undefined)).toThrow(expect.objectContaining({ code: 'vanished' }));
});

test('a new object is done when it is active', () => {
  expect(judgeNew('network 1', seen('active'))).toEqual({ kind: 'done', result: seen('active') });
});

test.each(['new', 'deleting', 'other'] as const)('it is waited for while it is %s', (state) => {
  expect(judgeNew('network 1', seen(state))).toEqual({ kind: 'wait', state: 'Raw' });
});

test.each(['need-money', 'blocked'] as const)('it will never be there when it is %s, and the provider is quoted', (code) => {
  expect(() => judgeNew('network 1', seen(code))).toThrow(expect.objectContaining({ code, details: { providerMessage: 'Raw' } }));
});

test('one that is gone is not waited for', () => {
  expect(() => judgeNew('network 1', undefined)).toThrow(expect.objectContaining({ code: 'vanished' }));
});
