import { expect, test } from 'vitest';
import type { HostRecord } from '#schemas/state/host-records.ts';
import { expandSample, targetsOf } from '#test/helpers/deploy-samples.ts';
import { judgeHostKeys } from './judge-host-keys.ts';

const [target] = targetsOf(await expandSample('servers: { web: {} }'));
const record: HostRecord = {
  serverId: 1,
  ip: '10.0.0.9',
  port: 2222,
  keys: ['ed A', 'rsa B'],
  deployed: { nginx: { run: 'r', fingerprint: 'f' } },
};

test.each<[string, readonly string[], HostRecord | undefined, object]>([
  [
    'nobody has met it',
    ['ed A'],
    undefined,
    { kind: 'new', record: { serverId: 1, ip: '10.0.0.1', port: 22, keys: ['ed A'], deployed: {} } },
  ],
  [
    'another server had this name: what was deployed there is forgotten',
    ['ed X'],
    { ...record, serverId: 5 },
    { kind: 'new', record: { serverId: 1, keys: ['ed X'], deployed: {} } },
  ],
  [
    'its key was forgotten: what was deployed is not',
    ['ed X'],
    { ...record, keys: [] },
    { kind: 'new', record: { keys: ['ed X'], deployed: record.deployed } },
  ],
  [
    'it is the one we know, at another address',
    ['ed A', 'rsa B'],
    record,
    { kind: 'pinned', record: { ip: '10.0.0.1', port: 22, keys: record.keys } },
  ],
  ['it shows one of the keys we know', ['rsa B', 'ecdsa C'], record, { kind: 'pinned', record: { keys: record.keys } }],
  ['it shows none of the keys we know', ['ed X'], record, { kind: 'changed', pinned: record.keys, shown: ['ed X'] }],
  ['it shows no key at all', [], record, { kind: 'changed', shown: [] }],
])('%s', (_reason, shown, known, verdict) => {
  if (!target) throw new Error('no target');
  expect(judgeHostKeys(target, shown, known)).toMatchObject(verdict);
});
