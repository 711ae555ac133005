import { describe, expect, test } from 'vitest';
import type { Plan } from '#schemas/plan/plan.ts';
import { plan as planSchema } from '#schemas/plan/plan.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import type { ServerLedgerEntry } from '#schemas/state/ledger.ts';
import { actualServer, actualState, desiredServer, desiredState, ledgerOf, planInput, serverEntry } from '#test/helpers/samples.ts';
import type { DesiredServer } from '../../infra/desired-state.ts';
import { buildPlan } from './build-plan.ts';
import type { PlanPolicy } from './plan-input.ts';

const check = (
  desired: DesiredServer[],
  actual: ActualServer[],
  recorded: ServerLedgerEntry[] = [],
  policy: PlanPolicy = { allowReplace: [] },
): Plan =>
  buildPlan(
    planInput({
      desired: desiredState({ servers: desired }),
      actual: actualState({ servers: actual }),
      ledger: ledgerOf(...recorded),
      policy,
    }),
  );

/** As an early answer of the provider may come (API reference, section 3.1). */
const withoutCatalogueFields = ({ dc: _dc, pool: _pool, image: _image, diskType: _diskType, ...server }: ActualServer): ActualServer =>
  server;

const first = (plan: Plan) => {
  const [change] = plan.changes;
  if (!change) throw new Error('the plan has no change');
  return change;
};
const kinds = (plan: Plan): string[] => plan.changes.flatMap((change) => change.steps.map((step) => step.kind));

describe('what happens to a server', () => {
  test.each([
    ['is created when it exists nowhere', desiredServer('a'), [], [], 'create', ['create-server']],
    ['is left alone when equal', desiredServer('a'), [actualServer(1, 'a')], [serverEntry(1, 'a')], 'no-op', []],
    ['is adopted when one of its name exists', desiredServer('a'), [actualServer(1, 'a')], [], 'adopt', ['adopt']],
    [
      'is adopted by its id and not changed in the same plan',
      desiredServer('a', { cpu: 2 }, { adoptId: 1 }),
      [actualServer(1, 'a')],
      [],
      'adopt',
      ['adopt'],
    ],
    [
      'is left alone when it is a stranger of the name that differs',
      desiredServer('a', { cpu: 2 }),
      [actualServer(1, 'a')],
      [],
      'no-op',
      [],
    ],
    ['is recreated when the recorded one is gone', desiredServer('a'), [], [serverEntry(1, 'a')], 'recreate', ['create-server']],
    [
      'is adopted when the recorded one is gone and another has its name',
      desiredServer('a'),
      [actualServer(2, 'a')],
      [serverEntry(1, 'a')],
      'adopt',
      ['adopt'],
    ],
    [
      'is created beside one that is being deleted',
      desiredServer('a'),
      [actualServer(1, 'a', { state: 'deleting' })],
      [],
      'create',
      ['create-server'],
    ],
    [
      'is resized when the memory differs',
      desiredServer('a', { ramMb: 2048 }),
      [actualServer(1, 'a')],
      [serverEntry(1, 'a')],
      'update',
      ['resize-server'],
    ],
    [
      'is matched by id though its name in the cloud is another',
      desiredServer('a'),
      [actualServer(1, 'renamed')],
      [serverEntry(1, 'a')],
      'no-op',
      [],
    ],
    ['is powered off', desiredServer('a', { power: 'off' }), [actualServer(1, 'a')], [serverEntry(1, 'a')], 'power', ['power-server']],
    ['is powered off after its creation', desiredServer('a', { power: 'off' }), [], [], 'create', ['create-server', 'power-server']],
    [
      'is waited for while an earlier run creates it',
      desiredServer('a'),
      [actualServer(1, 'a', { state: 'new', isPowerOn: false })],
      [serverEntry(1, 'a')],
      'resume',
      ['await-server'],
    ],
    [
      'is waited for while there is no money',
      desiredServer('a'),
      [actualServer(1, 'a', { state: 'need-money', isPowerOn: false })],
      [serverEntry(1, 'a')],
      'resume',
      ['await-server'],
    ],
    [
      'is not waited for when somebody else ordered it and it is not to be changed',
      desiredServer('a', {}, { managed: new Set(['cpu']) }),
      [actualServer(1, 'a', { state: 'need-money', isPowerOn: false })],
      [serverEntry(1, 'a', {}, { origin: 'adopted' })],
      'no-op',
      [],
    ],
    [
      'is replaced when the data centre differs',
      desiredServer('a', { dc: 'DsMsk' }),
      [actualServer(1, 'a')],
      [serverEntry(1, 'a')],
      'replace',
      ['delete-server', 'create-server'],
    ],
    [
      'is replaced when the image differs',
      desiredServer('a', { image: 'Debian11x64' }),
      [actualServer(1, 'a')],
      [serverEntry(1, 'a')],
      'replace',
      ['delete-server', 'create-server'],
    ],
    [
      'is replaced when the disk would shrink',
      desiredServer('a'),
      [actualServer(1, 'a', { diskGb: 20 })],
      [serverEntry(1, 'a', { diskGb: 20 })],
      'replace',
      ['delete-server', 'create-server'],
    ],
    [
      'is resized when the disk grows',
      desiredServer('a', { diskGb: 20 }),
      [actualServer(1, 'a')],
      [serverEntry(1, 'a')],
      'update',
      ['resize-server'],
    ],
    [
      'is not compared in what the provider does not tell',
      desiredServer('a', { dc: 'DsMsk', pool: 'high', image: 'X' }),
      [withoutCatalogueFields(actualServer(1, 'a'))],
      [serverEntry(1, 'a', { dc: 'DsMsk', pool: 'high', image: 'X' })],
      'no-op',
      [],
    ],
  ] as const)('%s', (_reason, desired, actual, recorded, action, steps) => {
    const plan = check([desired], [...actual], [...recorded]);
    expect(first(plan).action).toBe(action);
    expect(kinds(plan)).toEqual(steps);
    expect(planSchema.parse(JSON.parse(JSON.stringify(plan)))).toEqual(plan);
  });
});

describe('who changed a field', () => {
  test.each([
    ['file', { ramMb: 2048 }, {}, {}],
    ['panel', {}, { ramMb: 2048 }, {}],
    ['both', { ramMb: 2048 }, { ramMb: 4096 }, {}],
  ] as const)('%s', (origin, desired, actual, recorded) => {
    const plan = check([desiredServer('a', desired)], [actualServer(1, 'a', actual)], [serverEntry(1, 'a', recorded)]);
    expect(first(plan).fields).toMatchObject([{ field: 'ram', origin }]);
  });

  test('unknown without a record', () => {
    expect(first(check([desiredServer('a', { cpu: 2 })], [actualServer(1, 'a')])).fields).toMatchObject([
      { field: 'cpu', origin: 'unknown', desired: 2, actual: 1 },
    ]);
  });

  test('both to the same value is no difference, and the record is brought up to date', () => {
    const plan = check([desiredServer('a', { cpu: 2 })], [actualServer(1, 'a', { cpu: 2 })], [serverEntry(1, 'a')]);
    expect(first(plan).action).toBe('no-op');
    expect(plan.records).toMatchObject([{ address: 'server.a', entry: { values: { cpu: 2 } } }]);
  });
});

describe('what a change costs', () => {
  test.each([
    ['CPU reboots', { cpu: 2 }, {}, ['reboot']],
    ['a disk that only grows does not', { diskGb: 20 }, {}, ['none']],
    ['CPU of a stopped server does not', { cpu: 2, power: 'off' }, { isPowerOn: false }, ['none']],
    ['power off is downtime', { power: 'off' }, {}, ['downtime']],
    ['another image loses everything', { image: 'Debian11x64' }, {}, ['downtime', 'new-address', 'data-loss', 'irreversible']],
  ] as const)('%s', (_reason, desired, actual, impacts) => {
    const plan = check(
      [desiredServer('a', desired)],
      [actualServer(1, 'a', actual)],
      [serverEntry(1, 'a', { power: 'power' in desired ? desired.power : 'on' })],
    );
    expect(first(plan).impacts).toEqual(impacts);
  });
});

describe('what is refused', () => {
  const refusals = (plan: Plan): string[] => plan.refusals.map((refusal) => refusal.kind);
  const replaced = desiredServer('a', { dc: 'DsMsk' });

  test.each([
    ['a replacement nobody allowed', check([replaced], [actualServer(1, 'a')], [serverEntry(1, 'a')]), ['replace-not-allowed']],
    ['an allowed replacement is not', check([replaced], [actualServer(1, 'a')], [serverEntry(1, 'a')], { allowReplace: ['server.a'] }), []],
    [
      'replacing a protected server, though allowed',
      check([{ ...replaced, protect: true }], [actualServer(1, 'a')], [serverEntry(1, 'a')], { allowReplace: ['a'] }),
      ['protected'],
    ],
    [
      'replacing what the ledger remembers as protected',
      check([replaced], [actualServer(1, 'a')], [serverEntry(1, 'a', {}, { protect: true })], { allowReplace: ['a'] }),
      ['protected'],
    ],
    [
      'replacing an adopted server, though allowed',
      check([replaced], [actualServer(1, 'a')], [serverEntry(1, 'a', {}, { origin: 'adopted' })], { allowReplace: ['a'] }),
      ['not-ours'],
    ],
    ['taking a stranger of the name that differs', check([replaced], [actualServer(1, 'a')], [], { allowReplace: ['a'] }), ['name-taken']],
    ['two servers of one name', check([desiredServer('a')], [actualServer(1, 'a'), actualServer(2, 'a')]), ['ambiguous-name']],
    ['an id that does not exist', check([desiredServer('a', {}, { adoptId: 9 })], [actualServer(1, 'a')]), ['id-not-found']],
    ['deleting a protected server', check([], [actualServer(1, 'a')], [serverEntry(1, 'a', {}, { protect: true })]), ['protected']],
    [
      'more deletions than the limit',
      check([], [actualServer(1, 'a'), actualServer(2, 'b')], [serverEntry(1, 'a'), serverEntry(2, 'b')]),
      ['too-many-deletes'],
    ],
    [
      'not so many as were allowed',
      check([], [actualServer(1, 'a'), actualServer(2, 'b')], [serverEntry(1, 'a'), serverEntry(2, 'b')], {
        allowReplace: [],
        allowDeletes: 2,
      }),
      [],
    ],
  ] as const)('%s', (_reason, plan, expected) => {
    expect(refusals(plan)).toEqual(expected);
  });

  test('the id the user names settles an ambiguous name', () => {
    const plan = check([desiredServer('a', {}, { adoptId: 2 })], [actualServer(1, 'a'), actualServer(2, 'a')]);
    expect(first(plan)).toMatchObject({ action: 'adopt', remoteId: 2 });
  });

  test('a ledger of another account', () => {
    const plan = buildPlan(planInput({ ledger: { ...ledgerOf(serverEntry(1, 'a')), account: { id: 8, endpoint: 'https://api.test' } } }));
    expect(refusals(plan)).toContain('other-account');
  });
});

describe('servers that left the file', () => {
  test.each([
    ['are deleted when ict created them', [actualServer(1, 'a')], [serverEntry(1, 'a')], ['delete'], 0],
    ['are forgotten when ict adopted them', [actualServer(1, 'a')], [serverEntry(1, 'a', {}, { origin: 'adopted' })], ['forget'], 0],
    ['lose their record when they are gone', [], [serverEntry(1, 'a')], ['no-op'], 1],
    ['are never touched when nothing records them', [actualServer(1, 'a')], [], [], 0],
  ] as const)('%s', (_reason, actual, recorded, actions, records) => {
    const plan = check([], [...actual], [...recorded]);
    expect(plan.changes.map((change) => change.action)).toEqual(actions);
    expect(plan.records.filter((record) => record.entry === null)).toHaveLength(records);
  });

  test('strangers are counted, and deleted only under manage: account', () => {
    const actual = actualState({ servers: [actualServer(1, 'stranger')] });
    expect(buildPlan(planInput({ actual })).unmanaged).toEqual([{ kind: 'server', id: 1, name: 'stranger' }]);
    const plan = buildPlan(planInput({ actual, desired: desiredState({ manage: 'account' }) }));
    expect(plan.changes).toMatchObject([{ address: 'server.stranger', action: 'delete', remoteId: 1 }]);
    expect(plan.unmanaged).toEqual([]);
  });
});

describe('notes', () => {
  const codes = (plan: Plan): string[] => plan.notes.map((note) => note.code);
  test.each([
    [
      'backup and keys are compared with the record',
      { writeOnly: { imageId: 3492, backupPeriod: 7, sshKeys: ['key.a' as const] } },
      {},
      ['backup-at-creation', 'keys-at-creation'],
    ],
    ['a new image id is told', { writeOnly: { imageId: 1, backupPeriod: 0, sshKeys: [] } }, {}, ['image-id-at-creation']],
    ['a blocked server is named', {}, { state: 'blocked' as const }, ['server-blocked']],
    ['an unknown state is named', {}, { state: 'other' as const, rawState: 'Migrating' }, ['server-state-unknown']],
  ])('%s', (_reason, rest, actual, expected) => {
    expect(codes(check([desiredServer('a', {}, rest)], [actualServer(1, 'a', actual)], [serverEntry(1, 'a')]))).toEqual(expected);
  });

  const hold = { address: 'server.a', power: 'off', by: 'ict power', since: '2026-01-01T00:00:00.000Z' } as const;
  test.each([
    ['a held power state is no drift', hold, 'no-op', ['power-held']],
    ['until its end', { ...hold, until: '2026-01-02T00:00:00.000Z' }, 'power', []],
  ] as const)('%s', (_reason, held, action, expected) => {
    const input = planInput({
      desired: desiredState({ servers: [desiredServer('a')] }),
      actual: actualState({ servers: [actualServer(1, 'a', { isPowerOn: false })] }),
      ledger: { ...ledgerOf(serverEntry(1, 'a')), holds: [held] },
    });
    const plan = buildPlan(input);
    expect(first(plan).action).toBe(action);
    expect(codes(plan)).toEqual(expected);
  });
});
