import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildPlan } from '#core/engine/plan/build-plan.ts';
import { createTextRenderer } from '#core/text/render-text.ts';
import type { OperationEvent } from '#schemas/events/operation-event.ts';
import type { Plan } from '#schemas/plan/plan.ts';
import { t, verbatim } from '#schemas/text/text.ts';
import { findHidden, hostileText } from '#test/helpers/hidden-characters.ts';
import { actualServer, actualState, desiredServer, desiredState, planInput, source } from '#test/helpers/samples.ts';
import type { CliIo } from '../terminal/cli-io.ts';
import { guardIo } from '../terminal/guard-io.ts';
import { createStyle } from '../terminal/style.ts';
import { renderFailure, renderOutput } from './deploy-view.ts';
import { renderDiagnostics } from './diagnostics-view.ts';
import { renderPlan } from './plan-view.ts';
import { createProgressView } from './progress-view.ts';
import { shortenName } from './stats-view.ts';
import { renderTable } from './table-view.ts';

const render = createTextRenderer('en');
const style = createStyle({ environment: { NO_COLOR: '1' } } as unknown as CliIo, false);

/** What arrives at a terminal. */
function collect(): { readonly io: CliIo; readonly text: () => string } {
  let text = '';
  const take = (sent: string): void => void (text += sent);
  const io = { environment: {}, cwd: '/', isStderrTty: false, columns: 80, out: take, err: take } as unknown as CliIo;
  return { io: guardIo(io), text: () => text };
}

/** A plan in which every text that others have a hand in is `text`. */
function planWith(text: string): Plan {
  const plan = buildPlan(
    planInput({
      desired: desiredState({ servers: [desiredServer('web', { dc: text, image: text }), desiredServer('grown', { cpu: 2 })] }),
      actual: actualState({
        servers: [actualServer(1, 'grown', { dc: text, image: text, rawState: text, state: 'other' }), actualServer(2, `other ${text}`)],
      }),
    }),
  );
  const [first] = plan.changes;
  return {
    ...plan,
    changes: [...plan.changes, ...(first ? [{ ...first, address: `server.${text}` as const, reasons: [verbatim(text)] }] : [])],
    notes: [...plan.notes, { code: 'x', level: 'warning', address: `server.${text}`, text: t('State {0}', text) }],
    refusals: [...plan.refusals, { kind: 'not-ours', text: t('Refused: {0}', text) }],
    selection: { only: [text], except: [text] },
  };
}

const countLines = (text: string): number => text.split('\n').length;

test('a server name with line ends cannot forge a line of the plan above the question', () => {
  const view = { render, style, isFull: true };
  fc.assert(
    fc.property(hostileText, (text) => {
      const { io, text: shown } = collect();
      io.out(renderPlan(planWith(text), view));
      expect(findHidden(shown(), { lines: true })).toBeUndefined();
      expect(countLines(shown())).toBe(countLines(renderPlan(planWith('name'), view)));
    }),
    { numRuns: 1000 },
  );
});

test('no event writes more lines than it has', () => {
  const at = '2026-01-01T00:00:00.000Z';
  const eventsWith = (text: string): readonly OperationEvent[] => [
    { kind: 'step-started', at, step: text, address: `server.${text}`, text: t('create {0}', text) },
    { kind: 'step-progress', at, step: text, address: `server.${text}`, state: text, elapsedMs: 1 },
    { kind: 'step-succeeded', at, step: text, address: `server.${text}`, elapsedMs: 1, text: t('create {0}', text) },
    { kind: 'step-failed', at, step: text, address: `server.${text}`, elapsedMs: 1, code: text, text: verbatim(text) },
    { kind: 'step-skipped', at, step: text, address: `server.${text}`, text: verbatim(text) },
    { kind: 'message', at, level: 'warning', text: verbatim(text) },
    { kind: 'ansible-run-started', at, playbook: text, hosts: [text], tags: [text], number: 1, total: 1, isCheck: false },
  ];
  const show = (text: string): string => {
    const { io, text: shown } = collect();
    const view = createProgressView(io, render, style, { elapsed: () => 0 });
    for (const event of eventsWith(text)) view.show(event);
    view.close();
    return shown();
  };
  fc.assert(
    fc.property(hostileText, (text) => {
      expect(findHidden(show(text), { lines: true })).toBeUndefined();
      expect(countLines(show(text))).toBe(countLines(show('name')));
    }),
    { numRuns: 1000 },
  );
});

test('tables, problems and failures of hosts show what is hidden in them', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const { io, text: shown } = collect();
      io.out(renderTable(['head'], [[text], ['cell']], style));
      expect(countLines(shown())).toBe(4);
      const summary = t('Unknown key {0}', text);
      const problem = { code: 'unknown-key', severity: 'error', summary, detail: verbatim(text), fixes: [], related: [] } as const;
      io.out(renderDiagnostics([{ ...problem, source: { ...source, file: `/${text}` } }], { render, style, cwd: '/' }));
      const task = { id: text, name: text, path: `/${text}`, line: 1, role: text };
      io.out(
        renderFailure(
          { kind: 'ansible-host-result', run: 'r', host: text, task, status: 'failed', message: text, isChanged: false } as never,
          '/',
          style,
        ),
      );
      io.out(renderOutput(text, text, style));
      io.out(shortenName(text));
      expect(findHidden(shown(), { lines: true })).toBeUndefined();
    }),
    { numRuns: 1000 },
  );
});
