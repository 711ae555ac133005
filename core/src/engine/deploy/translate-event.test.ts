import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { callbackEvent, type CallbackEvent } from '#schemas/ansible/callback-event.ts';
import { operationEvent, type NewEvent } from '#schemas/events/operation-event.ts';
import { translateEvent } from './translate-event.ts';

const fixture = new URL('../../../../test/fixtures/ansible/ten-hosts.jsonl', import.meta.url);
const lines = (await readFile(fixture, 'utf8')).trimEnd().split('\n');
const events = lines.map((line) => callbackEvent.parse(JSON.parse(line)));

describe('a run of the agent over ten hosts', () => {
  test('is understood whole, and becomes events that can be kept', () => {
    const translated = events.flatMap((event) => translateEvent(event) ?? []);
    for (const event of translated) operationEvent.parse({ at: '2026-01-02T03:04:05.000Z', ...event });
    const kinds = new Map<string, number>();
    for (const { kind } of translated) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    expect(Object.fromEntries(kinds)).toEqual({
      'ansible-play': 1,
      'ansible-task': 29,
      'ansible-host-started': 190,
      'ansible-host-result': 210,
    });
  });

  test('counts as Ansible does', () => {
    const end = events.at(-1);
    if (end?.event !== 'run_end') throw new Error('no end');
    const whole = events
      .flatMap((event) => translateEvent(event) ?? [])
      .flatMap((event) => (event.kind === 'ansible-host-result' && event.item === undefined ? [event] : []));
    for (const [host, stats] of Object.entries(end.stats)) {
      const of = (...statuses: string[]) => whole.filter((event) => event.host === host && statuses.includes(event.status)).length;
      expect({ ok: of('ok', 'changed'), changed: of('changed'), skipped: of('skipped') }).toEqual({
        ok: stats.ok,
        changed: stats.changed,
        skipped: stats.skipped,
      });
    }
  });
});

const task = { id: 't1', name: 'Look', action: 'command', role: null, path: '/p/site.yml', line: 7 };
const base = { v: 1, seq: 1, ts: 1, host: 'web', task, changed: false, duration: 1.2345 } as const;
const result = (more: Partial<Extract<CallbackEvent, { result: unknown }>> & object): NewEvent | undefined =>
  translateEvent({ event: 'host_ok', ...base, result: {}, ...more } as CallbackEvent);

describe('a result', () => {
  test.each<[string, object, object]>([
    ['that is fine', { event: 'host_ok' }, { status: 'ok', elapsedMs: 1235, task: { id: 't1', path: '/p/site.yml', line: 7 } }],
    [
      'that changed something',
      { event: 'host_ok', changed: true, result: { diff: '+x', stdout: 'done' } },
      { status: 'changed', diff: '+x', output: 'done' },
    ],
    [
      'that failed',
      { event: 'host_failed', ignored: false, result: { msg: 'non-zero return code', stderr: 'no such file\n' } },
      { status: 'failed', message: 'non-zero return code\nno such file' },
    ],
    ['that failed and goes on', { event: 'host_failed', ignored: true, result: { msg: 'x' } }, { status: 'ignored', message: 'x' }],
    [
      'that failed with its words on standard output',
      { event: 'host_failed', ignored: false, result: { msg: 'm', stdout: 'why' } },
      { message: 'm\nwhy' },
    ],
    ['that failed and says the same twice', { event: 'host_failed', ignored: false, result: { msg: 'x', stderr: 'x' } }, { message: 'x' }],
    [
      'that failed with a message that is no text',
      { event: 'host_failed', ignored: false, result: { msg: { a: 1 }, stderr: 'y' } },
      { message: 'y' },
    ],
    [
      'that may not be shown',
      { event: 'host_failed', ignored: false, result: { censored: 'hidden by no_log' } },
      { message: 'hidden by no_log' },
    ],
    [
      'of a broken module',
      { event: 'host_failed', ignored: false, result: { msg: 'MODULE FAILURE', module_stderr: 'Traceback' } },
      { message: 'MODULE FAILURE\nTraceback' },
    ],
    ['out of reach', { event: 'host_unreachable', result: { msg: 'No route' } }, { status: 'unreachable', message: 'No route' }],
    ['skipped', { event: 'host_skipped' }, { status: 'skipped' }],
    ['tried again', { event: 'host_retry', retries: 3, result: { msg: 'not yet' } }, { status: 'retry', message: 'not yet' }],
    ['of an item', { event: 'item_ok', changed: true, item: 'a' }, { status: 'changed', item: 'a' }],
    ['of an item that failed', { event: 'item_failed', item: 'b', result: { msg: 'x' } }, { status: 'failed', item: 'b', message: 'x' }],
    ['of an item that was skipped', { event: 'item_skipped', item: 'c' }, { status: 'skipped', item: 'c' }],
    ['without a known start', { event: 'host_ok', duration: null }, { status: 'ok' }],
  ])('%s', (_reason, more, told) => {
    expect(result(more)).toMatchObject({ kind: 'ansible-host-result', host: 'web', ...told });
  });

  test('that is fine has no message', () => {
    expect(result({ result: { msg: 'all fine' } })).not.toHaveProperty('message');
  });
});
