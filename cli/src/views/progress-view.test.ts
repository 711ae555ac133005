import { expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import type { OperationEvent } from '#schemas/events/operation-event.ts';
import type { Plan } from '#schemas/plan/plan.ts';
import { verbatim } from '#schemas/text/text.ts';
import type { CliIo } from '../terminal/cli-io.ts';
import { createStyle } from '../terminal/style.ts';
import { createProgressView } from './progress-view.ts';
import { ERASE_LINE } from '../terminal/terminal-codes.ts';

const at = '2026-01-01T00:00:00.000Z';
const web = { step: 'create web', address: 'server.web' } as const;
const db = { step: 'create db', address: 'server.db' } as const;
const plan = { changes: [{ steps: [{ id: web.step }] }, { steps: [{ id: db.step }] }] } as unknown as Plan;
const create = verbatim('create server');

/** What begins a line that takes the place of the last one. */
const ERASE = ERASE_LINE;

/** What a terminal, or a file, gets of some events. */
function show(events: readonly OperationEvent[], isTty: boolean, columns = 80): string {
  let written = '';
  const io = {
    environment: { NO_COLOR: '1' },
    isStderrTty: isTty,
    columns,
    cwd: '/',
    err: (text: string) => (written += text),
    out: () => undefined,
  } as unknown as CliIo;
  const view = createProgressView(io, createTextRenderer('en', {}), createStyle(io, false), { elapsed: () => 5000 });
  for (const event of events) view.show(event);
  view.close();
  return written;
}

const events: readonly OperationEvent[] = [
  { kind: 'plan-ready', at, plan },
  { kind: 'step-started', at, ...web, text: create },
  { kind: 'step-progress', at, ...web, state: 'New', elapsedMs: 1 },
  { kind: 'step-started', at, ...db, text: create },
  { kind: 'step-succeeded', at, ...web, elapsedMs: 12_000, text: create },
];

test('a terminal is told how much of the whole is done, on one line that is drawn anew', () => {
  const lines = show(events, true).replaceAll(ERASE, '\n').split('\n');
  expect(lines.filter((line) => line !== '')).toEqual([
    '0 of 2 done, 1 running · server.web create server · 0.0 s',
    '0 of 2 done, 2 running · server.web create server · New · 0.0 s',
    '  ✓ server.web create server 12 s',
    '1 of 2 done, 1 running · server.db create server · 0.0 s',
  ]);
});

test('the line fits a narrow terminal', () => {
  for (const line of show(events, true, 30).replaceAll(ERASE, '\n').split('\n')) if (line.includes('done,')) expect(line).toHaveLength(29);
});

test('a file gets what has ended only', () => {
  const failed: OperationEvent = { kind: 'step-failed', at, ...db, elapsedMs: 1000, code: 'x', text: verbatim('no money') };
  const skipped: OperationEvent = { kind: 'step-skipped', at, ...db, text: verbatim('not started') };
  expect(show([...events, failed, skipped], false)).toBe(
    '  ✓ server.web create server 12 s\n  ✗ server.db 1.0 s no money\n  – server.db not started\n',
  );
});
