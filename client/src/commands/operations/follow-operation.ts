import { commands, ProgressLocation } from 'vscode';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { t, type Text, verbatim } from '#schemas/text/text.ts';
import type { ClientContext } from '../context/client-context.ts';
import type { Operation, StartedOperation } from '../../operations/operations.ts';
import { describeOperation, listFailedHosts } from '../../views/operations/operation-nodes.ts';
import { inBackground } from '../context/report-error.ts';
import { describeRefusal } from '../context/run-shown.ts';
import { window } from '../../text/editor-window.ts';

/**
 * Starts an operation and shows it until it ends: a notification that can cancel, then one message with the next step. The
 * operation goes on when the window is closed. Gives how it ended.
 */
export async function followOperation(context: ClientContext, title: string, file: string, words: readonly string[]): Promise<Operation> {
  const ended = await showRunning(context, title, () => context.operations.start(title, file, words));
  inBackground(context, showEnd(context, ended));
  return ended;
}

/** Shows what an earlier window has started and what goes on, as if this one had. */
export function followEarlier(context: ClientContext): void {
  const { operations } = context;
  for (const { id, title, state } of operations.list)
    if (state.status === 'running')
      inBackground(
        context,
        showRunning(context, title, () => Promise.resolve({ id, ended: operations.whenEnded(id) })).then((ended) =>
          showEnd(context, ended),
        ),
      );
}

function showRunning(context: ClientContext, title: string, begin: () => Promise<StartedOperation>): Thenable<Operation> {
  const { operations, render } = context;
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (progress, token) => {
    const { id, ended } = await begin();
    const stop = (): void => {
      operations.cancel(id);
      showStopping(context, title, id, ended);
    };
    token.onCancellationRequested(stop);
    // The user may have been faster than the process.
    if (token.isCancellationRequested) stop();
    const subscription = operations.onDidChange((operation) => {
      if (operation.id === id) progress.report({ message: render(describeOperation(operation)) });
    });
    return ended.finally(() => subscription.dispose());
  });
}

/** The editor takes a notification away as soon as it is cancelled, and what has begun goes on. */
function showStopping({ operations, render }: ClientContext, title: string, id: string, end: Promise<unknown>): void {
  const text = render(t('{0}: stopping. What has begun is finished; cancel again to leave now', verbatim(title)));
  void window.withProgress({ location: ProgressLocation.Notification, title: text, cancellable: true }, (_progress, token) => {
    token.onCancellationRequested(() => operations.cancel(id));
    return end;
  });
}

/** One message for how an operation ended, with the steps that help. */
async function showEnd(context: ClientContext, operation: Operation): Promise<void> {
  const { render, operations } = context;
  const { state, id } = operation;
  if (state.status === 'done') {
    await window.showInformationMessage(render(endText(operation)));
    return;
  }
  const output = await operations.readOutput(id);
  const steps = listSteps(context, operation, output);
  const isRefused = state.exitCode === exitCodes.authentication;
  const reason = isRefused ? render(describeRefusal(context)) : (output.trim().split('\n').at(-1) ?? '');
  const message = [render(endText(operation)), state.status === 'failed' ? reason : ''].filter((part) => part !== '').join(' ');
  const show = state.status === 'cancelled' ? window.showWarningMessage : window.showErrorMessage;
  const chosen = await show(message, ...steps.map((step) => step.title));
  await steps.find((step) => step.title === chosen)?.take();
}

interface Step {
  readonly title: string;
  readonly take: () => unknown;
}

/** What helps after an operation that did not end well, the best first. */
function listSteps(context: ClientContext, operation: Operation, output: string): readonly Step[] {
  const { render, log } = context;
  const { state, title, id, words } = operation;
  const isRefused = state.exitCode === exitCodes.authentication;
  // No reason of its own has an exit code of its own: Ansible is missing or does not run.
  const isUnable = words[0] === 'deploy' && state.exitCode === exitCodes.unclassified && state.runs.length === 0;
  const showOutput = (): void => {
    if (state.runs.length > 0) context.showAnsible();
    else {
      log.info(`${title}\n${output}`);
      log.show();
    }
  };
  return [
    ...(isRefused ? [{ title: render(t('Sign in')), take: () => commands.executeCommand('ict.signIn') }] : []),
    ...(isUnable ? [{ title: render(t('Check what deploying needs')), take: () => commands.executeCommand('ict.doctor') }] : []),
    ...(listFailedHosts(operation).length > 0
      ? [{ title: render(t('Deploy failed hosts again')), take: () => commands.executeCommand('ict.retryFailed', { id }) }]
      : []),
    { title: render(t('Show output')), take: showOutput },
  ];
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
