import type { OperationEvent } from '#schemas/events/operation-event.ts';
import { countSteps } from '#schemas/plan/count-steps.ts';
import type { Plan } from '#schemas/plan/plan.ts';
import { t } from '#schemas/text/text.ts';
import type { Clock } from '#core/ports/clock.ts';
import type { RenderText } from '#core/text/render-text.ts';
import { showHiddenDeep } from '#core/text/show-hidden.ts';
import { renderFailure, renderRunStart } from './deploy-view.ts';
import { formatDuration } from '../terminal/format-duration.ts';
import type { CliIo } from '../terminal/cli-io.ts';
import type { Style } from '../terminal/style.ts';
import { ERASE_LINE } from '../terminal/terminal-codes.ts';

/** Shows a running apply. On a terminal one status line is redrawn below the finished steps; elsewhere only finished steps are written. */
export interface ProgressView {
  show(event: OperationEvent): void;
  close(): void;
}

const REDRAW_MS = 250;

/** How much of Ansible is shown: its own words, only what went wrong, or nothing because the command shows it itself. */
export type AnsibleWords = 'all' | 'failures' | 'none';

export function createProgressView(
  io: CliIo,
  render: RenderText,
  style: Style,
  clock: Pick<Clock, 'elapsed'>,
  words: AnsibleWords = 'all',
): ProgressView {
  const running = new Map<string, { readonly label: string; readonly startedAt: number; state: string }>();
  const begun = new Set<string>();
  let plan: Plan | undefined;
  let done = 0;
  let isDrawn = false;
  let task = '';
  const erase = (): void => {
    if (isDrawn) io.err(ERASE_LINE);
    isDrawn = false;
  };
  const draw = (): void => {
    if (!io.isStderrTty || running.size === 0) return;
    erase();
    const [oldest] = running.values();
    if (!oldest) return;
    const elapsed = render(formatDuration(clock.elapsed() - oldest.startedAt));
    const state = oldest.state === '' ? '' : ` · ${oldest.state}`;
    const what = `${oldest.label}${state} · ${elapsed}`;
    const line = render(t('{0} of {1} done, {2} running · {3}', done, countSteps(plan, begun), running.size, what));
    io.err(style.dim(line.slice(0, Math.max(20, io.columns - 1))));
    isDrawn = true;
  };
  const line = (text: string): void => {
    erase();
    io.err(`${text}\n`);
    draw();
  };
  const timer = io.isStderrTty ? setInterval(draw, REDRAW_MS) : undefined;
  timer?.unref();

  return {
    show: (given) => {
      const event = hasOwnLines(given) ? given : showHiddenDeep(given);
      switch (event.kind) {
        case 'step-started':
          begun.add(event.step);
          running.set(event.step, { label: `${event.address} ${render(event.text)}`, startedAt: clock.elapsed(), state: '' });
          draw();
          break;
        case 'step-progress': {
          const step = running.get(event.step);
          if (step) step.state = event.state;
          break;
        }
        case 'step-succeeded':
          done++;
          running.delete(event.step);
          line(`  ${style.green('✓')} ${event.address} ${render(event.text)} ${style.dim(render(formatDuration(event.elapsedMs)))}`);
          break;
        case 'step-failed':
          running.delete(event.step);
          line(`  ${style.red('✗')} ${event.address} ${style.dim(render(formatDuration(event.elapsedMs)))} ${render(event.text)}`);
          break;
        case 'step-skipped':
          line(`  ${style.yellow('–')} ${event.address} ${render(event.text)}`);
          break;
        case 'ansible-run-started':
          if (words !== 'none') line(renderRunStart(event, render, style));
          break;
        case 'ansible-line':
          // Ansible's own words are the output of a deploy, so they go to standard output as they come.
          if (words !== 'all') break;
          erase();
          io.out(`${event.text}\n`);
          draw();
          break;
        case 'ansible-task':
          task = event.task.name;
          break;
        case 'ansible-host-started':
          running.set(`host ${event.host}`, { label: `${event.host} ${task}`, startedAt: clock.elapsed(), state: '' });
          break;
        case 'ansible-host-result':
          if (event.item === undefined && event.status !== 'retry') running.delete(`host ${event.host}`);
          if (words === 'failures' && (event.status === 'failed' || event.status === 'unreachable'))
            line(renderFailure(event, io.cwd, style).trimEnd());
          break;
        case 'ansible-run-finished':
          for (const key of running.keys()) if (key.startsWith('host ')) running.delete(key);
          erase();
          break;
        case 'ansible-play':
        case 'ansible-recap':
          break;
        case 'plan-ready':
          plan = event.plan;
          break;
        case 'message':
          line(`${event.level === 'info' ? '' : style.yellow('! ')}${render(event.text)}`);
          break;
        case 'operation-started':
        case 'operation-finished':
        case 'confirmation-needed':
          break;
        default:
          event satisfies never;
      }
    },
    close: () => {
      clearInterval(timer);
      erase();
    },
  };
}

/** Words of Ansible's have lines, and a failed task's message too; a plan is shown by its own view. */
const hasOwnLines = ({ kind }: OperationEvent): boolean =>
  kind === 'ansible-line' || kind === 'ansible-host-result' || kind === 'plan-ready';
