import { describe, expect, test } from 'vitest';
import type { JournalEntry } from '#schemas/journal/journal-entry.ts';
import type { Step } from '#schemas/plan/step.ts';
import {
  actualKey,
  actualNetwork,
  actualServer,
  actualState,
  ledgerOf,
  networkEntry,
  presenceOf,
  serverEntry,
} from '#test/helpers/samples.ts';
import { makeStep } from '../plan/planned.ts';
import { replayRuns, settleRuns } from './recover-runs.ts';
import { replayJournal } from './replay-journal.ts';

const at = '2026-01-02T03:04:05.000Z';
const spec = {
  name: 'a',
  dc: 'SdnSpb',
  pool: 'base',
  image: 'Ubuntu20.04x64',
  imageId: 3492,
  cpu: 1,
  ramMb: 1024,
  diskGb: 10,
  diskType: 'SSD',
  backupPeriod: 7,
  sshKeys: [],
} as const;
const createServer: Step = makeStep('create-server', 'server.a', { spec: { ...spec, sshKeys: [] }, protect: true });
const createNetwork: Step = makeStep('create-network', 'network.n', { name: 'n', dc: 'SdnSpb', dhcp: true, protect: false });
const createKey: Step = makeStep('create-key', 'key.k', { title: 'k', publicKey: 'ssh-ed25519 AAAA', blob: 'AAAA' });
const deleteServer: Step = makeStep('delete-server', 'server.a', { remoteId: 1 });
const resize: Step = makeStep('resize-server', 'server.a', { from: { ...spec }, to: { ...spec, cpu: 2 } });

const started: JournalEntry = {
  kind: 'run-started',
  format: 1,
  at,
  run: 'r1',
  project: 'shop',
  command: 'ict apply',
  account: { id: 7, endpoint: 'https://api.test' },
};
const seen = (...ids: number[]): JournalEntry => ({ kind: 'seen', at, object: 'server', ids });
const begin = (step: Step): JournalEntry => ({ kind: 'begin', at, step });
const accepted = (step: Step, remoteId: number): JournalEntry => ({ kind: 'accepted', at, step: step.id, remoteId });

interface Circumstances {
  readonly ageMs?: number;
  readonly isSecondReading?: boolean;
  readonly isOtherAccount?: boolean;
}

const recover = (
  entries: JournalEntry[],
  actual = actualState(),
  before = ledgerOf(),
  { ageMs = 0, isSecondReading = false, isOtherAccount = false }: Circumstances = {},
) => {
  const replayed = replayRuns(before, [{ run: 'r1', entries: [started, ...entries] }]);
  const presence = presenceOf(actual, replayed.ledger);
  return settleRuns(replayed, actual, presence, { ageMs: () => ageMs, doubtMs: 600_000, isSecondReading, isOtherAccount });
};

describe('an interrupted creation', () => {
  test.each([
    ['is found by its name', [begin(createServer)], actualState({ servers: [actualServer(1, 'a', { state: 'new' })] }), 1],
    ['is known by the id that was accepted', [begin(createServer), accepted(createServer, 9)], actualState(), 9],
    [
      'is not mistaken for a namesake that was there before',
      [seen(1), begin(createServer)],
      actualState({ servers: [actualServer(1, 'a')] }),
      undefined,
    ],
    [
      'is the new one of two namesakes',
      [seen(1), begin(createServer), seen(3)],
      actualState({ servers: [actualServer(1, 'a'), actualServer(2, 'a')] }),
      2,
    ],
    ['is nothing when nothing is there', [begin(createServer)], actualState(), undefined],
    [
      'is not one that is being deleted',
      [begin(createServer)],
      actualState({ servers: [actualServer(1, 'a', { state: 'deleting' })] }),
      undefined,
    ],
    ['is found in another case', [begin(createServer)], actualState({ servers: [actualServer(1, ' A ')] }), 1],
    [
      'is looked up after its answer was lost for good',
      [begin(createServer), { kind: 'failure', at, step: createServer.id, code: 'answer-lost', message: '' }],
      actualState({ servers: [actualServer(4, 'a')] }),
      4,
    ],
  ] as const)('of a server %s', (_reason, entries, actual, id) => {
    expect(recover([...entries], actual).ledger.entries['server.a']?.id).toBe(id);
  });

  test('makes the object ours, protection and write-only values included', () => {
    const { ledger } = recover([begin(createServer)], actualState({ servers: [actualServer(1, 'a')] }));
    expect(ledger.entries['server.a']).toMatchObject({
      origin: 'created',
      protect: true,
      run: 'r1',
      writeOnly: { backupPeriod: 7, imageId: 3492 },
    });
    expect(ledger.account).toEqual({ id: 7, endpoint: 'https://api.test' });
  });

  test('of a network is found by name, of a key by its base64 part', () => {
    const { ledger } = recover(
      [begin(createNetwork), begin(createKey)],
      actualState({ networks: [actualNetwork(5, 'n')], keys: [actualKey(6, 'another title')] }),
    );
    expect([ledger.entries['network.n']?.id, ledger.entries['key.k']?.id]).toEqual([5, 6]);
  });

  test('does not take an object that another address records', () => {
    const { ledger } = recover(
      [begin(createNetwork)],
      actualState({ networks: [actualNetwork(5, 'n')] }),
      ledgerOf(networkEntry(5, 'other')),
    );
    expect(ledger.entries['network.n']).toBeUndefined();
  });

  test('with several new objects of the name is for a person to decide', () => {
    const { unsettled, ledger } = recover([begin(createServer)], actualState({ servers: [actualServer(1, 'a'), actualServer(2, 'a')] }));
    expect(unsettled.get('server.a')).toEqual({ kind: 'ambiguous', ids: [1, 2] });
    expect(ledger.unsettled).toHaveLength(1);
  });

  test('with a new server of its hardware under another name is for a person to decide', () => {
    const { unsettled } = recover([begin(createServer)], actualState({ servers: [actualServer(1, 'a_renamed')] }));
    expect(unsettled.get('server.a')).toEqual({ kind: 'look-alike', id: 1, name: 'a_renamed' });
  });

  test.each<[string, Circumstances, string | undefined]>([
    ['a moment ago', { ageMs: 0 }, 'too-early'],
    ['nine minutes ago', { ageMs: 540_000, isSecondReading: true }, 'too-early'],
    ['long ago, in the first reading', { ageMs: 600_000 }, 'due'],
    ['long ago, in the second reading', { ageMs: 600_000, isSecondReading: true }, undefined],
  ])('that shows nowhere and was sent %s', (_reason, circumstances, kind) => {
    const { unsettled, ledger } = recover([begin(createServer)], actualState(), ledgerOf(), circumstances);
    expect(unsettled.get('server.a')?.kind).toBe(kind);
    expect(ledger.unsettled?.length).toBe(kind === undefined ? undefined : 1);
  });

  test('is neither found nor given up in another account', () => {
    const old = { ageMs: 900_000, isSecondReading: true, isOtherAccount: true };
    const recovered = recover([begin(createServer)], actualState({ servers: [actualServer(5, 'a')] }), ledgerOf(), old);
    expect(recovered.ledger.entries).toEqual({});
    expect(recovered.ledger.unsettled).toMatchObject([{ step: { id: 'server.a/create-server' } }]);
  });

  test('is not what a list had left out and is older than what was seen: a person says whose it is', () => {
    const recovered = recover([seen(7), begin(createServer)], actualState({ servers: [actualServer(3, 'a'), actualServer(7, 'b')] }));
    expect([recovered.ledger.entries, recovered.unsettled.get('server.a')]).toMatchObject([{}, { kind: 'older', id: 3 }]);
  });

  test.each([
    ['has a row that cannot be read and was not there before', [{ kind: 'server' as const, id: 9 }], 'obscured'],
    ['has a row without a readable id', [{ kind: 'server' as const }], 'obscured'],
    ['has an unreadable row that was there before', [{ kind: 'server' as const, id: 7 }], undefined],
    ['has an unreadable row of another kind', [{ kind: 'network' as const, id: 9 }], undefined],
  ])('is not given up while the list %s', (_reason, unreadable, kind) => {
    const old = { ageMs: 900_000, isSecondReading: true };
    const recovered = recover([seen(7), begin(createServer)], actualState({ unreadable }), ledgerOf(), old);
    expect(recovered.unsettled.get('server.a')?.kind).toBe(kind);
  });

  test('stays open when the search for what it made ended with an error', () => {
    const lost: JournalEntry = { kind: 'failure', at, step: createServer.id, code: 'answer-lost', message: 'twin' };
    expect(recover([begin(createServer), lost]).unsettled.get('server.a')).toMatchObject({ kind: 'too-early' });
  });

  test('stays open over later runs, with what was seen before it was sent', () => {
    const first = recover([seen(1), begin(createServer)], actualState({ servers: [actualServer(1, 'a')] }));
    expect(first.ledger.unsettled).toMatchObject([{ knownIds: [1], run: 'r1' }]);
    const replayed = replayRuns(first.ledger, []);
    const actual = actualState({ servers: [actualServer(1, 'a'), actualServer(2, 'a')] });
    const later = settleRuns(replayed, actual, presenceOf(actual, first.ledger), {
      ageMs: () => 0,
      doubtMs: 600_000,
      isSecondReading: false,
      isOtherAccount: false,
    });
    expect(later.ledger.entries['server.a']?.id).toBe(2);
    expect(later.ledger.unsettled).toBeUndefined();
  });

  test('is settled once its address has an object again, by whatever way', () => {
    const actual = actualState({ servers: [actualServer(7, 'a')] });
    const { unsettled } = recover([begin(createServer)], actual, ledgerOf(serverEntry(7, 'a', {}, { origin: 'adopted' })));
    expect(unsettled.size).toBe(0);
  });
});

describe('an interrupted deletion', () => {
  test('that was carried out leaves no record', () => {
    expect(recover([begin(deleteServer)], actualState(), ledgerOf(serverEntry(1, 'a'))).ledger.entries).toEqual({});
  });

  test('keeps its record in another account, whose answers say nothing of it', () => {
    const { ledger } = recover([begin(deleteServer)], actualState(), ledgerOf(serverEntry(1, 'a')), { isOtherAccount: true });
    expect(ledger.entries['server.a']?.id).toBe(1);
  });

  test('that was not carried out keeps its record', () => {
    const { ledger } = recover([begin(deleteServer)], actualState({ servers: [actualServer(1, 'a')] }), ledgerOf(serverEntry(1, 'a')));
    expect(ledger.entries['server.a']?.id).toBe(1);
  });
});

test('a run cut off between two steps is told once', () => {
  expect(recover([]).notes).toMatchObject([{ code: 'run-interrupted', level: 'info' }]);
});

describe('replayJournal', () => {
  test('a success replaces the entry, a null drops it, a failure changes nothing', () => {
    const entry = serverEntry(1, 'a', { cpu: 2 });
    const after = (kind: JournalEntry) => replayJournal(ledgerOf(serverEntry(1, 'a')), [started, begin(resize), kind]);
    expect(after({ kind: 'success', at, step: resize.id, address: 'server.a', entry }).ledger.entries['server.a']).toEqual(entry);
    expect(after({ kind: 'success', at, step: resize.id, address: 'server.a', entry: null }).ledger.entries).toEqual({});
    const failed = after({ kind: 'failure', at, step: resize.id, code: 'task-failed', message: '' });
    expect(failed.ledger.entries['server.a']).toEqual(serverEntry(1, 'a'));
    expect(failed.pending).toEqual([]);
  });

  test('a step without an end is pending', () => {
    expect(replayJournal(ledgerOf(serverEntry(1, 'a')), [started, begin(resize), accepted(resize, 77)]).pending).toMatchObject([
      { run: 'r1', acceptedId: 77, begin: { step: { id: resize.id } } },
    ]);
  });
});
