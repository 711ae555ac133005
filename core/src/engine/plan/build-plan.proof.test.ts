import { describe, expect, test } from 'vitest';
import type { Plan } from '#schemas/plan/plan.ts';
import { objectKey } from '../presence/presence.ts';
import {
  actualKey,
  actualNetwork,
  actualServer,
  actualState,
  desiredKey,
  desiredNetwork,
  desiredServer,
  desiredState,
  keyEntry,
  ledgerOf,
  networkEntry,
  planInput,
  presenceOf,
  privateLink,
  serverEntry,
} from '#test/helpers/samples.ts';
import { divide } from '#schemas/plan/left-out.ts';
import { buildPlan } from './build-plan.ts';

const kindsOf = (plan: Plan): string[] => plan.refusals.map(({ kind }) => kind);
const stepsOf = (plan: Plan): string[] => divide(plan).runnable.changes.flatMap(({ steps }) => steps.map(({ id }) => id));
const noteCodes = (plan: Plan): string[] => plan.notes.map(({ code }) => code);

describe('a recorded server that the list lacks', () => {
  const ledger = ledgerOf(serverEntry(1, 'a'), serverEntry(2, 'b'), serverEntry(3, 'c'));
  const rest = [actualServer(2, 'b'), actualServer(3, 'c')];
  const desired = desiredState({ servers: [desiredServer('a'), desiredServer('b', { cpu: 2 }), desiredServer('c')] });

  test('and that is proven to be gone is recreated, its old id kept', () => {
    const plan = buildPlan(planInput({ desired, actual: actualState({ servers: rest }), ledger }));
    expect(plan.totals).toMatchObject({ recreate: 1, create: 0, update: 1 });
    expect(plan.changes[0]?.steps).toMatchObject([{ kind: 'create-server', replacedIds: [1] }]);
  });

  test('and that nobody can tell of is left alone, while the rest goes on', () => {
    const actual = actualState({ servers: rest });
    const presence = presenceOf(actual, ledger, {
      gone: new Set(),
      unknown: new Map([[objectKey('server', 1), { kind: 'unanswered', code: 'server-error' }]]),
    });
    const plan = buildPlan(planInput({ desired, actual, ledger, presence }));
    expect(kindsOf(plan)).toEqual(['presence-unknown']);
    expect(stepsOf(plan)).toEqual(['server.b/resize-server']);
    expect(divide(plan).leftOut).toEqual(['server.a']);
    expect(plan.records).toMatchObject([{ address: 'server.a', entry: { unknownSince: plan.createdAt } }]);
  });

  test('is no longer unknown once it is seen again', () => {
    const known = ledgerOf(serverEntry(1, 'a', {}, { unknownSince: '2026-01-01T00:00:00.000Z' }));
    const plan = buildPlan(
      planInput({
        desired: desiredState({ servers: [desiredServer('a')] }),
        actual: actualState({ servers: [actualServer(1, 'a')] }),
        ledger: known,
      }),
    );
    expect(plan.records).toMatchObject([{ address: 'server.a', entry: { id: 1 } }]);
    expect(plan.records[0]?.entry).not.toHaveProperty('unknownSince');
  });

  test('and that is no longer in the file keeps its record until it is proven to be gone', () => {
    const actual = actualState({ servers: rest });
    const presence = presenceOf(actual, ledger, { gone: new Set(), unknown: new Map([[objectKey('server', 1), { kind: 'unreadable' }]]) });
    const plan = buildPlan(
      planInput({ desired: desiredState({ servers: [desiredServer('b'), desiredServer('c')] }), actual, ledger, presence }),
    );
    expect(kindsOf(plan)).toEqual(['presence-unknown']);
    expect(plan.records.filter(({ entry }) => entry === null)).toEqual([]);
  });

  test('forbids creations while its list is known to be incomplete', () => {
    const actual = actualState({ servers: [actualServer(1, 'a'), ...rest] });
    const presence = presenceOf(actual, ledger, { incomplete: new Set(['server']) });
    const plan = buildPlan(
      planInput({ desired: { ...desired, servers: [...desired.servers, desiredServer('new')] }, actual, ledger, presence }),
    );
    expect(kindsOf(plan)).toEqual(['list-incomplete']);
    expect(noteCodes(plan)).toContain('list-incomplete');
    expect(stepsOf(plan)).toEqual(['server.b/resize-server']);
  });
});

describe('the mass disappearance', () => {
  const ledger = ledgerOf(serverEntry(1, 'a'), serverEntry(2, 'b'), networkEntry(3, 'n'), keyEntry(4, 'k'));
  const desired = desiredState({
    servers: [desiredServer('a'), desiredServer('b')],
    networks: [desiredNetwork('n')],
    keys: [desiredKey('k')],
  });
  const plan = (actual = actualState(), confirmedGone?: number) =>
    buildPlan(
      planInput({ desired, actual, ledger, policy: { allowReplace: [], ...(confirmedGone === undefined ? {} : { confirmedGone }) } }),
    );

  test('of everything refuses the whole plan', () => {
    expect(kindsOf(plan())).toContain('mass-disappearance');
  });

  test.each([
    ['is lifted by the exact count', 4, false],
    ['is not lifted by another count', 3, true],
  ])('%s', (_reason, count, isRefused) => {
    expect(kindsOf(plan(actualState(), count)).includes('mass-disappearance')).toBe(isRefused);
  });

  test('of half is none', () => {
    const half = actualState({ servers: [actualServer(1, 'a')], keys: [actualKey(4, 'k')] });
    expect(kindsOf(plan(half))).toEqual([]);
  });
});

describe('adoption', () => {
  const linked = actualServer(8, 'db', { links: [privateLink(51001)], isPowerOn: false, cpu: 8, ramMb: 16_384 });

  test('by id keeps links, power and hardware: its plan changes nothing, and says what the next one would', () => {
    const plan = buildPlan(
      planInput({
        desired: desiredState({ servers: [desiredServer('db', {}, { adoptId: 8, managed: new Set(['cpu', 'ramMb', 'networks']) })] }),
        actual: actualState({ servers: [linked] }),
      }),
    );
    expect(stepsOf(plan)).toEqual(['server.db/adopt']);
    expect(plan.changes[0]?.fields.map(({ field }) => field)).toEqual(['cpu', 'ram', 'networks']);
    expect(plan.changes[0]?.steps).toMatchObject([{ entry: { values: { networks: ['id:51001'], power: 'off', cpu: 8 } } }]);
  });

  test('by a name that differs in a managed field is refused and names the id and both ways out', () => {
    const plan = buildPlan(
      planInput({
        desired: desiredState({ servers: [desiredServer('db', {}, { managed: new Set(['cpu']) })] }),
        actual: actualState({ servers: [linked] }),
      }),
    );
    expect(kindsOf(plan)).toEqual(['name-taken']);
    expect(stepsOf(plan)).toEqual([]);
    expect(plan.refusals[0]?.text.args).toContain(8);
  });

  test('of a server that waits for money only takes it over', () => {
    const poor = actualServer(8, 'db', { state: 'need-money', isPowerOn: false });
    const plan = buildPlan(
      planInput({ desired: desiredState({ servers: [desiredServer('db')] }), actual: actualState({ servers: [poor] }) }),
    );
    expect(stepsOf(plan)).toEqual(['server.db/adopt']);
  });

  test('of an id that is recorded at another address is refused with that address', () => {
    const plan = buildPlan(
      planInput({
        desired: desiredState({ servers: [desiredServer('base', {}, { adoptId: 1 })] }),
        actual: actualState({ servers: [actualServer(1, 'db')] }),
        ledger: ledgerOf(serverEntry(1, 'db')),
      }),
    );
    expect(plan.refusals[0]).toMatchObject({ kind: 'id-not-found', address: 'server.base' });
    expect(plan.refusals[0]?.text.args).toEqual([1, 'server.db']);
  });
});

describe('a field that stands nowhere in the file', () => {
  const plan = (origin: 'created' | 'adopted', managed: ReadonlySet<'cpu' | 'power' | 'networks'>) =>
    buildPlan(
      planInput({
        desired: desiredState({ servers: [desiredServer('a', { networks: [] }, { managed })] }),
        actual: actualState({
          servers: [actualServer(1, 'a', { links: [privateLink(5)], isPowerOn: false, pool: 'high', diskType: 'SAS' })],
        }),
        ledger: ledgerOf(serverEntry(1, 'a', { networks: ['id:5'], power: 'off', pool: 'high', diskType: 'SAS' }, { origin })),
      }),
    );

  test('is neither compared nor changed', () => {
    expect(plan('adopted', new Set(['cpu'])).changes[0]).toMatchObject({ action: 'no-op', fields: [] });
  });

  test('but the power of a server that ict created is on', () => {
    expect(stepsOf(plan('created', new Set(['cpu'])))).toEqual(['server.a/power-server']);
  });

  test('and an empty list of networks, written out, means none', () => {
    expect(stepsOf(plan('adopted', new Set(['networks'])))).toEqual(['server.a/unlink-network:id:5']);
  });
});

describe('a managed name that exists twice', () => {
  const twins = [actualServer(1, 'a'), actualServer(2, 'a')];
  const plan = (ledger = ledgerOf(serverEntry(1, 'a')), rest: Parameters<typeof desiredServer>[2] = {}) =>
    buildPlan(
      planInput({
        desired: desiredState({ servers: [desiredServer('a', {}, rest), desiredServer('b')] }),
        actual: actualState({ servers: twins }),
        ledger,
      }),
    );

  test('is refused in every plan, names both ids and leaves the others alone', () => {
    const refused = plan();
    expect(refused.refusals).toMatchObject([{ kind: 'duplicate-name', address: 'server.a' }]);
    expect(refused.refusals[0]?.text.args).toEqual(['a', 'server.a', 1, '2']);
    expect(stepsOf(refused)).toEqual(['server.b/create-server']);
  });

  test('is a note when the entry names its id', () => {
    const named = plan(ledgerOf(serverEntry(1, 'a')), { adoptId: 1 });
    expect([kindsOf(named), noteCodes(named)]).toEqual([[], ['duplicate-name']]);
  });

  test('is none when both are recorded', () => {
    expect(kindsOf(plan(ledgerOf(serverEntry(1, 'a'), { ...serverEntry(2, 'a2'), name: 'a' })))).not.toContain('duplicate-name');
  });

  test('counts rows that cannot be read, and networks', () => {
    const rows = buildPlan(
      planInput({
        desired: desiredState({ servers: [desiredServer('a')], networks: [desiredNetwork('n')] }),
        actual: actualState({
          servers: [actualServer(1, 'a')],
          networks: [actualNetwork(5, 'n'), actualNetwork(6, 'n ')],
          unreadable: [{ kind: 'server', id: 9, name: 'a' }],
        }),
        ledger: ledgerOf(serverEntry(1, 'a'), networkEntry(5, 'n')),
      }),
    );
    expect(rows.refusals.map(({ kind, address }) => [kind, address])).toEqual([
      ['duplicate-name', 'server.a'],
      ['duplicate-name', 'network.n'],
    ]);
  });
});

describe('a deletion', () => {
  const entry = serverEntry(1, 'a', {}, { createdAt: '2026-01-01T10:00:00.123456+03:00' });
  const plan = (now: Parameters<typeof actualServer>[2] & { name?: string }, confirmedNames: string[] = []) =>
    buildPlan(
      planInput({
        actual: actualState({ servers: [actualServer(1, now.name ?? 'a', now)] }),
        ledger: ledgerOf(entry),
        policy: { allowReplace: [], confirmedNames },
        lastDeploys: new Map([['server.a', 'r7']]),
      }),
    );

  test('shows what the panel shows', () => {
    expect(plan({ ip: '203.0.113.7', createdAt: '2026-01-01T10:00:00.12' }).changes[0]?.panel).toEqual({
      id: 1,
      name: 'a',
      ip: '203.0.113.7',
      createdAt: '2026-01-01T10:00:00.12',
      lastDeploy: 'r7',
    });
  });

  test('of a server that the panel calls otherwise is refused until that name is confirmed', () => {
    expect(kindsOf(plan({ name: 'postgres-prod' }))).toEqual(['renamed-in-panel']);
    expect(kindsOf(plan({ name: 'postgres-prod' }, ['postgres-prod']))).toEqual([]);
  });

  test('of an id that belongs to an object of another age is refused', () => {
    expect(kindsOf(plan({ createdAt: '2026-02-01T10:00:00' }))).toEqual(['identity-changed']);
  });

  test('of a server that is being deleted already waits, its record kept', () => {
    const waiting = plan({ state: 'deleting' });
    expect([stepsOf(waiting), waiting.records, noteCodes(waiting)]).toEqual([[], [], ['being-deleted']]);
  });
});

describe('without recorded state', () => {
  const found = { desired: desiredState({ servers: [desiredServer('a')] }), actual: actualState({ servers: [actualServer(1, 'a')] }) };

  test('a person is told that deletions cannot be seen', () => {
    expect(noteCodes(buildPlan(planInput(found)))).toContain('empty-ledger');
  });

  test.each([
    ['nobody who reads the plan is refused', { isUnattended: true }, ['empty-ledger']],
    ['nobody who reads the plan may say that it is meant', { isUnattended: true, allowEmptyLedger: true }, []],
  ])('%s', (_reason, more, refusals) => {
    expect(kindsOf(buildPlan(planInput({ ...found, policy: { allowReplace: [], ...more } })))).toEqual(refusals);
  });

  test('a first apply that only creates is no case of it', () => {
    const plan = buildPlan(planInput({ desired: found.desired, policy: { allowReplace: [], isUnattended: true } }));
    expect(kindsOf(plan)).toEqual([]);
  });
});

describe('the account', () => {
  const recorded = { ...ledgerOf(serverEntry(1, 'a')), account: { id: 7, endpoint: 'https://api.test', projectIds: [10] } };
  const plan = (account: { id?: number; projectIds?: number[] }) =>
    kindsOf(buildPlan(planInput({ ledger: recorded, actual: actualState({ account, servers: [actualServer(1, 'a')] }) })));

  test.each([
    ['another project of the same account', { id: 7, projectIds: [11] }, true],
    ['the same project beside a new one', { id: 7, projectIds: [10, 11] }, false],
    ['another account', { id: 8, projectIds: [10] }, true],
    ['one that names no project', { id: 7 }, false],
  ])('%s', (_reason, account, isRefused) => expect(plan(account).includes('other-account')).toBe(isRefused));
});

describe('an unanswered create of an earlier run', () => {
  const plan = (
    verdict: Parameters<
      Map<string, NonNullable<Parameters<typeof buildPlan>[0]['unsettled'] extends ReadonlyMap<unknown, infer V> ? V : never>>['set']
    >[1],
  ) =>
    buildPlan(
      planInput({
        desired: desiredState({ servers: [desiredServer('a'), desiredServer('b')] }),
        unsettled: new Map([['server.a', verdict]]),
      }),
    );

  test.each([
    [{ kind: 'too-early', waitMs: 1 }],
    [{ kind: 'ambiguous', ids: [1, 2] }],
    [{ kind: 'look-alike', id: 1, name: 'x' }],
    [{ kind: 'older', id: 1, name: 'a' }],
    [{ kind: 'obscured' }],
  ] as const)('$kind is sent by no plan, while the rest goes on', (verdict) => {
    const refused = plan(verdict);
    expect([kindsOf(refused), stepsOf(refused)]).toEqual([['create-unsettled'], ['server.b/create-server']]);
  });

  test('is told of when its entry is no longer in the file: what was asked for may still come', () => {
    const plan = buildPlan(planInput({ unsettled: new Map([['server.a', { kind: 'too-early', waitMs: 1 }]]) }));
    expect([kindsOf(plan), divide(plan).leftOut]).toEqual([['create-unsettled'], ['server.a']]);
  });

  test('that is due is told, and looked for once more before it is sent', () => {
    const due = plan({ kind: 'due' });
    expect([kindsOf(due), noteCodes(due)]).toEqual([[], ['create-unsettled']]);
  });
});

test('a server whose key is refused, and one whose network is, are left out with it', () => {
  const actual = actualState({ networks: [actualNetwork(5, 'n', { values: { dc: 'DsMsk', dhcp: true } })] });
  const ledger = ledgerOf(keyEntry(4, 'k'), networkEntry(5, 'n', { values: { dc: 'DsMsk', dhcp: true } }));
  const presence = presenceOf(actual, ledger, { gone: new Set(), unknown: new Map([[objectKey('key', 4), { kind: 'unreadable' }]]) });
  const plan = buildPlan(
    planInput({
      desired: desiredState({
        keys: [desiredKey('k')],
        networks: [desiredNetwork('n')],
        servers: [
          desiredServer('keyed', {}, { writeOnly: { imageId: 1, backupPeriod: 0, sshKeys: ['key.k'] } }),
          desiredServer('linked', { networks: ['network.n'] }),
          desiredServer('free'),
        ],
      }),
      actual,
      ledger,
      presence,
    }),
  );
  expect(divide(plan).leftOut).toEqual(['key.k', 'network.n', 'server.keyed', 'server.linked']);
  expect(stepsOf(plan)).toEqual(['server.free/create-server']);
});
