import { commands, ProgressLocation, window } from 'vscode';
import { t, type Text, verbatim } from '#schemas/text/text.ts';
import type { ClientContext } from '../client-context.ts';
import type { Operation } from '../operations/operations.ts';
import { describeOperation, listFailedHosts } from '../views/operations/operation-nodes.ts';
import { inBackground } from './in-background.ts';

/**
 * Starts an operation and shows it until it ends: a notification that can cancel, then one message with the next step. The
 * operation goes on when the window is closed. Gives how it ended.
 */
export async function followOperation(context: ClientContext, title: string, file: string, words: readonly string[]): Promise<Operation> {
  const { operations, render } = context;
  const ended = await window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const { id, ended: end } = await operations.start(title, file, words);
      token.onCancellationRequested(() => operations.cancel(id));
      // The user may have been faster than the process.
      if (token.isCancellationRequested) operations.cancel(id);
      const subscription = operations.onDidChange((operation) => {
        if (operation.id === id) progress.report({ message: render(describeOperation(operation)) });
      });
      return end.finally(() => subscription.dispose());
    },
  );
  inBackground(context, showEnd(context, ended));
  return ended;
}

/** One message for how an operation ended, with the steps that help. */
async function showEnd(context: ClientContext, operation: Operation): Promise<void> {
  const { render, operations, log } = context;
  const { state, title, id } = operation;
  const text = render(endText(operation));
  if (state.status === 'done') {
    await window.showInformationMessage(text);
    return;
  }
  const [showOutput, again] = [render(t('Show output')), render(t('Deploy failed hosts again'))];
  const output = await operations.readOutput(id);
  const said = state.status === 'failed' ? (output.trim().split('\n').at(-1) ?? '') : '';
  const message = said === '' ? text : `${text} ${said}`;
  const steps = [...(listFailedHosts(operation).length > 0 ? [again] : []), showOutput];
  const chosen = await (state.status === 'cancelled' ? window.showWarningMessage : window.showErrorMessage)(message, ...steps);
  if (chosen === again) await commands.executeCommand('ict.retryFailed', { id });
  if (chosen !== showOutput) return;
  if (state.runs.length > 0) context.showAnsible();
  else {
    log.info(`${title}\n${output}`);
    log.show();
  }
}

function endText({ title, state }: Operation): Text {
  const what = verbatim(title);
  switch (state.status) {
    case 'done':
      return t('{0}: done.', what);
    case 'cancelled':
      return t('{0}: cancelled.', what);
    case 'failed':
    case 'running':
      return t('{0}: failed.', what);
    case 'lost':
      return t('{0}: its process ended without saying how. Plan again to see where it got to.', what);
    default:
      return state.status satisfies never;
  }
}
