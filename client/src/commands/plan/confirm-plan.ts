import { t, type Text } from '#schemas/text/text.ts';
import type { Plan } from '#schemas/plan/plan.ts';
import { canApply, divide } from '#schemas/plan/left-out.ts';
import { deletedAddresses } from '#schemas/plan/read-plan.ts';
import type { ClientContext } from '../context/client-context.ts';
import { actionTexts, deletionText } from '../../views/plan/plan-nodes.ts';
import { hostOf } from '../context/account-label.ts';
import { inBackground } from '../context/report-error.ts';
import type { ReadyPlan } from './make-plan.ts';
import { window } from '../../text/editor-window.ts';

/** Lines of a dialog that still fit a small screen. */
const SHOWN = 15;

/**
 * Asks for what a plan needs, as heavy as what it does: a button for changes, the typed name for one deletion, the typed
 * number for several. Account and everything that is deleted are named. Gives the arguments that hand the answer to the
 * engine; undefined: the user does not want it.
 */
export async function confirmPlan(context: ClientContext, ready: ReadyPlan, verb: Text): Promise<readonly string[] | undefined> {
  const { plan } = ready;
  if (!canApply(plan)) {
    showRefusals(context, plan);
    return undefined;
  }
  const answered = await askFor(context, ready, verb);
  // Nothing being recorded stood in the plan that was just read.
  const isRecordless = plan.notes.some(({ code }) => code === 'empty-ledger');
  return answered && [...answered, ...(isRecordless ? ['--allow-empty-ledger'] : [])];
}

async function askFor(context: ClientContext, { plan, confirmation }: ReadyPlan, verb: Text): Promise<readonly string[] | undefined> {
  const { render } = context;
  const title = titleOfConfirmation(context, plan, verb);
  switch (confirmation?.kind) {
    case undefined:
    case 'none':
      return ['--yes'];
    case 'yes': {
      const detail = [render(confirmation.question), '', ...describeChanges(context, plan)].join('\n');
      const chosen = await window.showWarningMessage(title, { modal: true, detail }, render(verb));
      return chosen === undefined ? undefined : ['--yes'];
    }
    case 'name':
    case 'count': {
      const expected = String(confirmation.expected);
      const typed = await window.showInputBox({
        title,
        prompt: render(confirmation.question),
        placeHolder: expected,
        ignoreFocusOut: true,
        validateInput: (value) => (value === '' || value.trim() === expected ? undefined : render(t('Expected: {0}', expected))),
      });
      if (typed?.trim() !== expected) return undefined;
      const { recreated } = confirmation;
      const deletions = (confirmation.kind === 'name' ? 1 : confirmation.expected) - recreated.length;
      const confirms = confirmation.kind === 'name' ? ['--confirm', expected] : ['--allow-deletes', String(deletions)];
      return [...recreated.flatMap((address) => ['--recreate', address]), ...(deletions > 0 ? confirms : [])];
    }
    default:
      return confirmation satisfies never;
  }
}

/** What is done, to which project, in which account. */
export function titleOfConfirmation({ render, accounts }: ClientContext, plan: Plan, verb: Text): string {
  return render(t('{0} · {1} · {2}', verb, plan.project, accounts.current?.name ?? hostOf(plan.account.endpoint)));
}

/** Lines of a dialog: deletions first and all of them, then as many of the other changes as fit. */
export function describeChanges({ render }: Pick<ClientContext, 'render'>, plan: Plan): readonly string[] {
  const deletions: readonly string[] = deletedAddresses(plan);
  const others = plan.changes.filter(({ action, address }) => action !== 'no-op' && !deletions.includes(address));
  const leftOut = divide(plan).leftOut;
  const lines = others
    .filter(({ address }) => !leftOut.includes(address))
    .map(({ address, action }) => `${render(actionTexts[action])}: ${address}`);
  return [
    ...(deletions.length > 0 ? [render(deletionText(deletions))] : []),
    ...(leftOut.length > 0 ? [render(t('Skipped, refused by the plan: {0}', leftOut.join(', ')))] : []),
    ...(lines.length > SHOWN ? [...lines.slice(0, SHOWN - 1), render(t('and {0} more', lines.length - SHOWN + 1))] : lines),
  ];
}

function showRefusals(context: ClientContext, plan: Plan): void {
  const { render, log } = context;
  for (const { text } of plan.refusals) log.warn(render(text));
  const [first] = plan.refusals;
  const showPlan = render(t('Show plan'));
  const asked = window.showErrorMessage(render(t('The plan is refused: {0}', first?.text ?? '')), showPlan);
  inBackground(
    context,
    asked.then((chosen) => (chosen === showPlan ? context.plan.focus() : undefined)),
  );
}
