import type { LogOutputChannel } from 'vscode';
import type { RenderText } from '#core/text/render-text.ts';
import type { OperationEvent } from '#schemas/events/operation-event.ts';
import type { Operation } from '../operations/operations.ts';

/** Writes what an operation does into the log, a line for each thing worth reading later. */
export function logEvent(log: LogOutputChannel, render: RenderText, { title }: Operation, event: OperationEvent): void {
  switch (event.kind) {
    case 'operation-started':
      log.info(`${title}: ict ${event.operation} ${event.file} (${event.run}, ${event.pid})`);
      break;
    case 'step-succeeded':
      log.info(`${title}: ${event.address} ${render(event.text)} (${event.elapsedMs} ms)`);
      break;
    case 'step-failed':
      log.error(`${title}: ${event.address} ${render(event.text)}`);
      break;
    case 'message':
      if (event.level === 'error') log.error(`${title}: ${render(event.text)}`);
      else if (event.level === 'warning') log.warn(`${title}: ${render(event.text)}`);
      else log.info(`${title}: ${render(event.text)}`);
      break;
    case 'ansible-run-finished':
      log.info(`${title}: ${event.playbook} ${event.verdict} (${event.elapsedMs} ms)`);
      break;
    case 'operation-finished':
      log.info(`${title}: ${event.exitCode}`);
      break;
    default:
      // Progress, and what the views show while it happens.
      break;
  }
}
