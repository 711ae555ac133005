import { describe, expect, test } from 'vitest';
import type { Plan } from '#schemas/plan/plan.ts';
import type { LedgerEntry } from '#schemas/state/ledger.ts';
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
  privateLink,
  serverEntry,
} from '#test/helpers/samples.ts';
import { buildPlan } from './build-plan.ts';

const actionsOf = (plan: Plan): string[] => plan.changes.map((change) => `${change.action} ${change.address}`);

describe('networks', () => {
  test.each([
    ['are created', [], [], ['create network.back'], []],
    ['are adopted by name', [actualNetwork(5, 'back')], [], ['adopt network.back'], []],
    ['are left alone when equal', [actualNetwork(5, 'back')], [networkEntry(5, 'back')], ['no-op network.back'], []],
    [
      'are not replaced: the API can only rename',
      [actualNetwork(5, 'back', { values: { dc: 'SdnSpb', dhcp: false } })],
      [networkEntry(5, 'back')],
      ['no-op network.back'],
      ['replace-impossible'],
    ],
    ['of one name are ambiguous', [actualNetwork(5, 'back'), actualNetwork(6, 'back')], [], ['no-op network.back'], ['ambiguous-name']],
  ] as const)('%s', (_reason, networks, recorded, actions, refusals) => {
    const plan = buildPlan(
      planInput({
        desired: desiredState({ networks: [desiredNetwork('back')] }),
        actual: actualState({ networks: [...networks] }),
        ledger: ledgerOf(...recorded),
      }),
    );
    expect(actionsOf(plan)).toEqual(actions);
    expect(plan.refusals.map((refusal) => refusal.kind)).toEqual(refusals);
  });

  test('links follow the file: what is missing is linked, what is too much is unlinked', () => {
    const plan = buildPlan(
      planInput({
        desired: desiredState({ networks: [desiredNetwork('back')], servers: [desiredServer('a', { networks: ['network.back'] })] }),
        actual: actualState({
          networks: [actualNetwork(5, 'back'), actualNetwork(6, 'other')],
          servers: [actualServer(1, 'a', { links: [privateLink(6)] })],
        }),
        ledger: ledgerOf(networkEntry(5, 'back'), serverEntry(1, 'a')),
      }),
    );
    expect(plan.changes.flatMap((change) => change.steps.map((step) => step.id))).toEqual([
      'server.a/unlink-network:id:6',
      'server.a/link-network:network.back',
    ]);
    expect(plan.changes.at(-1)).toMatchObject({
      action: 'link',
      fields: [{ field: 'networks', actual: ['id:6'], desired: ['network.back'], origin: 'both' }],
    });
  });

  test('the public network is no link of ours', () => {
    const shared = { ...privateLink(274), isPrivate: false };
    const plan = buildPlan(
      planInput({
        desired: desiredState({ servers: [desiredServer('a')] }),
        actual: actualState({ servers: [actualServer(1, 'a', { links: [shared] })] }),
        ledger: ledgerOf(serverEntry(1, 'a')),
      }),
    );
    expect(actionsOf(plan)).toEqual(['no-op server.a']);
  });
});

describe('keys', () => {
  test.each([
    ['are created', [], [], ['create key.laptop'], ['create-key']],
    ['are adopted by their base64 part, whatever the title', [actualKey(3, 'old title')], [], ['adopt key.laptop'], ['adopt']],
    ['are left alone when equal', [actualKey(3, 'laptop')], [keyEntry(3, 'laptop')], ['no-op key.laptop'], []],
    [
      'are replaced, old before new so that no orphan can be left, when the key changed',
      [actualKey(3, 'laptop', 'BBBB')],
      [keyEntry(3, 'laptop', 'BBBB')],
      ['replace key.laptop'],
      ['delete-key', 'create-key'],
    ],
    [
      'are only added when the old one is not ours',
      [actualKey(3, 'laptop', 'BBBB')],
      [keyEntry(3, 'laptop', 'BBBB', { origin: 'adopted' })],
      ['create key.laptop'],
      ['create-key'],
    ],
  ] as const)('%s', (_reason, keys, recorded, actions, steps) => {
    const plan = buildPlan(
      planInput({
        desired: desiredState({ keys: [desiredKey('laptop')] }),
        actual: actualState({ keys: [...keys] }),
        ledger: ledgerOf(...recorded),
      }),
    );
    expect(actionsOf(plan)).toEqual(actions);
    expect(plan.changes.flatMap((change) => change.steps.map((step) => step.kind))).toEqual(steps);
  });

  test('a key renamed in the file stays ours and is not deleted', () => {
    const plan = buildPlan(
      planInput({
        desired: desiredState({ keys: [desiredKey('notebook')] }),
        actual: actualState({ keys: [actualKey(3, 'laptop')] }),
        ledger: ledgerOf(keyEntry(3, 'laptop')),
      }),
    );
    expect(actionsOf(plan)).toEqual(['adopt key.notebook', 'no-op key.laptop']);
    expect(plan.changes[0]?.steps).toMatchObject([{ kind: 'adopt', entry: { origin: 'created', id: 3 } }]);
    expect(plan.records).toEqual([{ address: 'key.laptop', entry: null }]);
  });
});

describe('order', () => {
  test('keys, networks, servers, links; deletions last, networks after their servers', () => {
    const plan = buildPlan(
      planInput({
        desired: desiredState({
          keys: [desiredKey('laptop')],
          networks: [desiredNetwork('back')],
          servers: [
            desiredServer('a', { networks: ['network.back'] }, { writeOnly: { imageId: 1, backupPeriod: 0, sshKeys: ['key.laptop'] } }),
          ],
        }),
        actual: actualState({ servers: [actualServer(1, 'old')], networks: [actualNetwork(6, 'gone')] }),
        ledger: ledgerOf(networkEntry(6, 'gone'), serverEntry(1, 'old')),
        policy: { allowReplace: [], allowDeletes: 2 },
      }),
    );
    expect(actionsOf(plan)).toEqual([
      'create key.laptop',
      'create network.back',
      'create server.a',
      'delete server.old',
      'delete network.gone',
    ]);
    const after = Object.fromEntries(plan.changes.flatMap((change) => change.steps.map((step) => [step.id, step.after])));
    expect(after).toMatchObject({
      'server.a/create-server': ['key.laptop/create-key'],
      'server.a/link-network:network.back': ['server.a/create-server', 'network.back/create-network'],
      'network.gone/delete-network': ['server.old/delete-server'],
    });
  });
});

describe('a partial plan', () => {
  const selection = { only: ['server.a'], except: [], isSelected: (address: string) => address === 'server.a' };

  test('holds what was selected and what that cannot do without', () => {
    const plan = buildPlan(
      planInput({
        desired: desiredState({
          networks: [desiredNetwork('back'), desiredNetwork('other')],
          servers: [desiredServer('a', { networks: ['network.back'] }), desiredServer('b')],
        }),
        selection,
      }),
    );
    expect(actionsOf(plan)).toEqual(['create network.back', 'create server.a']);
    expect(plan.selection).toEqual({ only: ['server.a'], except: [] });
  });

  test('observes only what it is about', () => {
    const plan = buildPlan(
      planInput({
        desired: desiredState({ servers: [desiredServer('a'), desiredServer('b')] }),
        actual: actualState({ servers: [actualServer(1, 'a'), actualServer(2, 'b')] }),
        ledger: ledgerOf(serverEntry(1, 'a'), serverEntry(2, 'b')),
        selection,
      }),
    );
    expect(Object.keys(plan.observations)).toEqual(['server:1']);
  });
});

describe('deleting a network that servers are linked to', () => {
  const linked = (id: number, name: string) => actualServer(id, name, { links: [privateLink(6)] });
  const plan = (recorded: readonly LedgerEntry[], desired = desiredState()): Plan =>
    buildPlan(
      planInput({
        desired,
        actual: actualState({ networks: [actualNetwork(6, 'back')], servers: [linked(1, 'a')] }),
        ledger: ledgerOf(networkEntry(6, 'back'), ...recorded),
        policy: { allowReplace: [], allowDeletes: 9 },
      }),
    );

  test.each([
    ['is refused when a stranger is linked', plan([]), ['network-in-use']],
    ['is refused when an adopted server would be forgotten', plan([serverEntry(1, 'a', {}, { origin: 'adopted' })]), ['network-in-use']],
    ['goes on when the server is deleted too', plan([serverEntry(1, 'a')]), []],
    ['goes on when the server is unlinked first', plan([serverEntry(1, 'a')], desiredState({ servers: [desiredServer('a')] })), []],
  ] as const)('%s', (_reason, made, refusals) => {
    expect(made.refusals.map((refusal) => refusal.kind)).toEqual(refusals);
  });
});
