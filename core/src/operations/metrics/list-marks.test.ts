import { expect, test } from 'vitest';
import type { DeployRecord } from '#schemas/deploy/deploy-record.ts';
import type { HistorySummary } from '../../ports/history.ts';
import { listMarks } from './list-marks.ts';

const T0 = Date.UTC(2026, 10, 22);
const at = (minutes: number): string => new Date(T0 + minutes * 60_000).toISOString();
const apply = (minutes: number, more: Partial<HistorySummary> = {}): HistorySummary => ({
  run: `run-${minutes}`,
  finishedAt: at(minutes),
  command: 'ict apply',
  exitCode: 0,
  plan: {
    changes: [
      { address: 'server.web', action: 'create' },
      { address: 'server.db', action: 'no-op' },
      { address: 'network.back', action: 'create' },
    ],
  },
  result: { succeeded: [], failed: [], skipped: [] },
  ...more,
});
const deploy = (minutes: number, more: Partial<DeployRecord> = {}): DeployRecord => ({
  format: 1,
  run: `run-${minutes}`,
  kind: 'deploy',
  startedAt: at(minutes - 1),
  finishedAt: at(minutes),
  command: 'ict deploy',
  exitCode: 0,
  isCheck: false,
  limit: [],
  versions: { ict: '1', ansible: '2' },
  hosts: { web: { address: 'server.web', outcome: 'ok' }, db: { address: 'server.db', outcome: 'skipped' } },
  playbooks: [],
  ...more,
});
/** Newest first, at most so many, as the store gives them. */
const open = (applies: readonly HistorySummary[], deploys: readonly DeployRecord[]) => ({
  listApplies: (limit: number) => Promise.resolve(applies.slice(0, limit)),
  listDeploys: (limit: number) => Promise.resolve(deploys.slice(0, limit)),
});

test('applies, power commands and deploys in the order of time, with the servers they touched', async () => {
  const power = (minutes: number, action: string) =>
    apply(minutes, { command: `ict power ${action}`, plan: { changes: [{ address: 'server.db', action: 'power' }] } });
  const history = open(
    [power(9, 'reboot'), power(7, 'start'), power(5, 'stop'), apply(3, { exitCode: 9 }), apply(1), apply(-1)],
    [deploy(6, { exitCode: 10 }), deploy(4), deploy(2, { kind: 'agent' })],
  );
  const marks = await listMarks(history, T0);
  expect(marks.map(({ kind, text, servers }) => `${kind} ${text.text}: ${servers.join(' ')}`)).toEqual([
    'apply applied: server.web',
    'deploy metrics agent installed: server.web',
    'apply applied in part: server.web',
    'deploy deployed: server.web',
    'power switched off: server.db',
    'deploy deployed in part: server.web',
    'power switched on: server.db',
    'power rebooted: server.db',
  ]);
});

test('what touched no server, checks and commands are no marks', async () => {
  const nothing = apply(1, { plan: { changes: [{ address: 'key.me', action: 'create' }] } });
  expect(await listMarks(open([nothing], [deploy(3, { isCheck: true }), deploy(2, { kind: 'command' })]), T0)).toEqual([]);
});

test('goes back as far as it must, and no farther', async () => {
  const limits: number[] = [];
  const many = Array.from({ length: 5000 }, (_, index) => apply(-index * 60));
  const { listDeploys, listApplies } = open(many, []);
  const history = {
    listDeploys,
    listApplies: (limit: number) => {
      limits.push(limit);
      return listApplies(limit);
    },
  };
  expect(await listMarks(history, T0 - 100 * 3_600_000)).toHaveLength(101);
  expect(limits).toEqual([50, 200]);
});
