import { describe, expect, test } from 'vitest';
import type { CallbackEvent } from '#schemas/ansible/callback-event.ts';
import type { RunVerdict } from '#schemas/events/ansible-event.ts';
import { counts } from '#test/helpers/deploy-samples.ts';
import { judgeRun, newTrace, trace } from './judge-run.ts';

const base = { v: 1, seq: 1, ts: 1 } as const;
const task = { id: 't', name: 'T', action: 'a' };
const begun: CallbackEvent = { event: 'run_start', ...base, playbook: '/p.yml', ansible: '2.14.18', pid: 1 };
const tasks: CallbackEvent = { event: 'task_start', ...base, task };
const nobody: CallbackEvent = { event: 'no_hosts_matched', ...base };
const away: CallbackEvent = { event: 'host_unreachable', ...base, host: 'web', task, changed: false, result: {} };
const failed: CallbackEvent = { event: 'host_failed', ...base, host: 'web', task, changed: false, ignored: false, result: {} };
const end = (stats: Parameters<typeof counts>[0] = {}): CallbackEvent => ({
  event: 'run_end',
  ...base,
  stats: { db: counts(), web: counts(stats) },
});

// The exit codes were tried on ansible-core 2.14 and 2.19, which agree.
describe('a run that ended', () => {
  test.each<[string, readonly CallbackEvent[], number | undefined, RunVerdict]>([
    ['well', [begun, tasks, end()], 0, 'done'],
    ['well, with a failure that was rescued', [begun, tasks, failed, end({ rescued: 1 })], 0, 'done'],
    ['well, in a play without tasks', [begun, end()], 0, 'done'],
    ['with nobody in its only play', [begun, nobody, end()], 0, 'no-hosts'],
    ['with nobody in one of its plays', [begun, nobody, tasks, end()], 0, 'done'],
    ['without a playbook, a role, a file of variables, a host of the limit, a password, a locale', [], 1, 'invalid'],
    ['without a role that an include asked for in the middle', [begun, tasks], 1, 'invalid'],
    ['with a failed task', [begun, tasks, failed, end({ failures: 1 })], 2, 'failed'],
    ['with a failed task, and its end not told', [begun, tasks, failed], 2, 'failed'],
    ['with a failed task and a host away', [begun, tasks, away, failed, end({ failures: 1, unreachable: 1 })], 2, 'failed'],
    ['at a wrong option', [], 2, 'invalid'],
    ['with a host away', [begun, tasks, away, end({ unreachable: 1 })], 4, 'unreachable'],
    ['with a host away, and its end not told', [begun, tasks, away], 4, 'unreachable'],
    ['at YAML that does not parse, or a module nobody knows', [], 4, 'invalid'],
    ['at an unknown module that an include brought', [begun, tasks], 4, 'invalid'],
    ['by its own hand, with several hosts failed', [begun, tasks, failed], 3, 'failed'],
    ['by `any_errors_fatal`', [begun, tasks, failed], 8, 'failed'],
    ['at a wrong setting', [], 5, 'invalid'],
    ['at letters it cannot read', [begun], 6, 'invalid'],
    ['by SIGINT that somebody else sent', [begun, tasks], 99, 'cancelled'],
    ['by an exception', [begun, tasks], 250, 'crashed'],
    ['by a signal', [begun, tasks], undefined, 'crashed'],
    ['with a host away that is ignored', [begun, tasks, away, end()], 0, 'done'],
  ])('%s', (_reason, events, exitCode, verdict) => {
    const seen = newTrace();
    for (const event of events) trace(seen, event);
    expect(judgeRun(seen, exitCode, false)).toBe(verdict);
  });

  test.each([0, 2, 4, 99, 250, undefined])('with %s after we have stopped it is cancelled', (exitCode) => {
    expect(judgeRun(newTrace(), exitCode, true)).toBe('cancelled');
  });
});
