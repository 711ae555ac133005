import { commands, ProgressLocation } from 'vscode';
import { exitCodes } from '#schemas/events/exit-code.ts';
import type { PlanResult } from '#schemas/plan/plan-result.ts';
import { t, type Text, verbatimLines } from '#schemas/text/text.ts';
import type { CliResult } from '../../operations/cli.ts';
import { window } from '../../text/editor-window.ts';
import type { ClientContext } from './client-context.ts';
import { inBackground } from './report-error.ts';

/** Runs the engine to its end under a notification that can cancel. Undefined: the user did. */
export async function runShown(
  { cli }: ClientContext,
  title: string,
  words: readonly string[],
  cwd: string,
  variables?: Readonly<Record<string, string>>,
): Promise<CliResult | undefined> {
  return window.withProgress({ location: ProgressLocation.Notification, title, cancellable: true }, async (_progress, token) => {
    const cancelled = new AbortController();
    token.onCancellationRequested(() => cancelled.abort());
    return cli.run(words, { cwd, signal: cancelled.signal, ...(variables ? { variables } : {}) }).catch((error: unknown) => {
      if (!cancelled.signal.aborted) throw error;
      return undefined;
    });
  });
}

/** Says why there is no plan: the first mistake in the file, or what the engine complained about. */
export function showPlanFailure(context: ClientContext, result: CliResult, made: PlanResult | undefined): void {
  const mistake = made?.diagnostics?.find(({ severity }) => severity === 'error')?.message;
  const complaint = result.stderr.trim();
  context.log.error(complaint === '' ? (mistake ?? `exit code ${result.exitCode}`) : complaint);
  if (mistake !== undefined) {
    showFailure(context, t('The infra file has mistakes, so there is no plan: {0}', mistake), 'problems');
    return;
  }
  if (result.exitCode === exitCodes.authentication) showFailure(context, describeRefusal(context), 'signIn');
  else
    showFailure(context, complaint === '' ? t('The engine ended with exit code {0}.', result.exitCode) : verbatimLines(complaint), 'log');
}

/** Why the provider lets nobody in. The engine's own words lead to the terminal. */
export const describeRefusal = ({ accounts }: Pick<ClientContext, 'accounts'>): Text =>
  accounts.isSignedIn ? t('The provider does not accept the token.') : t('Nobody is signed in here.');

/** Says what went wrong, with the one step that helps. Does not wait for the answer. */
export function showFailure(context: ClientContext, text: Text, way: 'signIn' | 'log' | 'problems'): void {
  const { render, log } = context;
  const steps = {
    signIn: { title: render(t('Sign in')), take: () => commands.executeCommand('ict.signIn') },
    log: { title: render(t('Show log')), take: () => log.show() },
    problems: { title: render(t('Show problems')), take: () => commands.executeCommand('workbench.actions.view.problems') },
  } as const;
  const { title, take } = steps[way];
  inBackground(
    context,
    window.showErrorMessage(render(text), title).then((chosen) => (chosen === title ? take() : undefined)),
  );
}
