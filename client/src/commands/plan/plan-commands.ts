import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

import { hasChanges } from '#schemas/plan/read-plan.ts';
import { t } from '#schemas/text/text.ts';
import type { ClientContext } from '../context/client-context.ts';
import { listFailedHosts } from '../../views/operations/operation-nodes.ts';
import { summarize } from '../../views/plan/plan-nodes.ts';
import { confirmPlan, describeChanges, titleOfConfirmation } from './confirm-plan.ts';
import { followOperation } from '../operations/follow-operation.ts';
import { inBackground } from '../context/report-error.ts';
import { makePlan, type ReadyPlan } from './make-plan.ts';
import { pickTarget, selectBy, type Target, titleOf } from '../context/pick-target.ts';
import { isRow } from '../context/row-selection.ts';
import { openStorage } from '../context/workspace-files.ts';
import { window } from '../../text/editor-window.ts';

/** Handlers of `ict.plan`, `ict.apply`, `ict.deploy` and what belongs to them. */
export const planCommands = {
  /** Compares and shows the plan; changes nothing. */
  'ict.plan': async (context: ClientContext, argument: unknown, selection: unknown) => {
    const target = await pickTarget(context, argument, selection);
    const made = target && (await makePlan(context, target));
    if (!made) return;
    await context.plan.focus();
    const apply = context.render(t('Apply'));
    const text =
      hasChanges(made.plan) || made.plan.refusals.length > 0 ? summarize(made.plan) : t('No changes: the panel is equal to the file.');
    const asked = window.showInformationMessage(context.render(text), ...(hasChanges(made.plan) ? [apply] : []));
    inBackground(
      context,
      asked.then((chosen) => (chosen === apply ? applyTarget(context, target) : undefined)),
    );
  },
  'ict.apply': async (context: ClientContext, argument: unknown, selection: unknown) => {
    const target = await pickTarget(context, argument, selection);
    if (target) await applyTarget(context, target);
  },
  'ict.deploy': async (context: ClientContext, argument: unknown, selection: unknown) => {
    const target = await pickTarget(context, argument, selection);
    if (target) await deploy(context, target);
  },
  /** Runs the playbooks again on the hosts that the last deploy did not end well on. */
  'ict.retryFailed': async (context: ClientContext, argument: unknown) => {
    const { operations, operationsView, render } = context;
    const named = isRow(argument) ? (operationsView.resolve(argument) ?? operations.get(argument.id)) : undefined;
    const operation = named ?? operations.list.find((one) => listFailedHosts(one).length > 0);
    if (!operation) {
      void window.showInformationMessage(render(t('No deploy has failed on a host.')));
      return;
    }
    context.showAnsible();
    const words = ['deploy', operation.file, '--retry-failed', '--as-is'];
    await followOperation(context, render(t('Deploy failed hosts again')), operation.file, words);
  },
} as const;

/** Shows the plan, asks, and applies exactly that plan: should anything move meanwhile, the engine refuses. */
const applyTarget = (context: ClientContext, target: Target): Promise<void> =>
  withSavedPlan(context, target, async (made, saved) => {
    if (!hasChanges(made.plan)) {
      void window.showInformationMessage(context.render(t('No changes: the panel is equal to the file.')));
      return;
    }
    const answer = await confirmPlan(context, made, t('Apply'));
    if (!answer) return;
    await followOperation(context, titleOf(t('Apply'), target, context.render), target.file, ['apply', '--plan', saved, ...answer]);
  });

/** Compares first; a difference is shown and confirmed, then exactly that is applied by the same operation that deploys. */
const deploy = (context: ClientContext, target: Target): Promise<void> =>
  withSavedPlan(context, target, async (made, saved) => {
    const isEqual = !hasChanges(made.plan) && made.plan.refusals.length === 0;
    const answer = hasChanges(made.plan)
      ? await askForDifference(context, made, saved)
      : isEqual
        ? ['--as-is']
        : ['--plan', saved, '--yes'];
    if (!answer) return;
    context.showAnsible();
    const words = ['deploy', target.file, ...selectBy('--limit', target.names), ...answer];
    await followOperation(context, titleOf(t('Deploy'), target, context.render), target.file, words);
  });

/** Makes a plan and keeps it in a file until the work is done. Without a plan nothing is done; that has been said. */
async function withSavedPlan(
  context: ClientContext,
  target: Target,
  work: (made: ReadyPlan, saved: string) => Promise<void>,
): Promise<void> {
  // A file of its own: what was confirmed may not be replaced by the plan of another command.
  const saved = join(await openStorage(context), `plan-${randomUUID()}.json`);
  try {
    const made = await makePlan(context, target, ['--out', saved]);
    if (made) await work(made, saved);
  } finally {
    await rm(saved, { force: true });
  }
}

/** Arguments of the deploy; undefined: the user does not want it. */
async function askForDifference(context: ClientContext, made: ReadyPlan, saved: string): Promise<readonly string[] | undefined> {
  const { render } = context;
  const [both, asIs] = [render(t('Apply and deploy')), render(t('Deploy as it is'))];
  const detail = [render(t('The panel differs from the file.')), '', ...describeChanges(context, made.plan)].join('\n');
  const title = titleOfConfirmation(context, made.plan, t('Deploy'));
  const chosen = await window.showWarningMessage(title, { modal: true, detail }, both, asIs);
  if (chosen === asIs) return ['--as-is'];
  const answer = chosen === both ? await confirmPlan(context, made, t('Apply and deploy')) : undefined;
  return answer && ['--plan', saved, ...answer];
}
