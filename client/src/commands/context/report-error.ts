import type { ClientContext } from './client-context.ts';
import { window } from '../../text/editor-window.ts';

/** Says what went wrong: a sentence for the user, the stack for the log. */
export function reportError({ log }: Pick<ClientContext, 'log'>, error: unknown): void {
  log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  void window.showErrorMessage(error instanceof Error ? error.message : String(error));
}

/** Lets a message wait for its answer without keeping its command waiting. */
export function inBackground(context: Pick<ClientContext, 'log'>, work: PromiseLike<unknown>): void {
  work.then(
    () => undefined,
    (error: unknown) => reportError(context, error),
  );
}
