import { divide, isOnlyDoubt } from '#schemas/plan/left-out.ts';
import { toExitCode, type OperationResult } from '#core/operations/operation-result.ts';
import type { RenderText } from '#core/text/render-text.ts';
import { showHidden, showHiddenDeep } from '#core/text/show-hidden.ts';
import { flagFor, weighPlan } from '#core/engine/confirm.ts';
import type { Plan } from '#schemas/plan/plan.ts';
import { t, tn } from '#schemas/text/text.ts';
import type { CliHost } from '../terminal/host.ts';
import { formatFieldValue } from './field-value.ts';
import { renderDiagnostics } from './diagnostics-view.ts';
import { renderPlan } from './plan-view.ts';

/** Shows how an operation ended. What scripts read goes to standard output, the rest to standard error. */
export function showResult(
  host: CliHost,
  result: OperationResult,
  options: { readonly isFull: boolean; readonly isJson: boolean; readonly isDetailed?: boolean },
): number {
  const exitCode = toExitCode(result, options.isDetailed);
  if (options.isJson) {
    host.printJson(toJson(result, exitCode, host.render));
    return exitCode;
  }
  const { render, style, errorStyle, io } = host;
  const showPlan = (plan: Plan): void => io.out(renderPlan(plan, { render, style, isFull: options.isFull }));
  switch (result.kind) {
    case 'invalid':
      io.err(renderDiagnostics(result.diagnostics, { render, style: errorStyle, cwd: io.cwd }));
      host.complain(
        tn(countErrors(result), '{0} error in the infra file: nothing was done.', '{0} errors in the infra file: nothing was done.'),
      );
      break;
    case 'planned':
      io.err(renderDiagnostics(result.diagnostics, { render, style: errorStyle, cwd: io.cwd }));
      showPlan(result.plan);
      break;
    case 'nothing-to-do':
      showPlan(result.plan);
      break;
    case 'refused':
      host.complain(
        isOnlyDoubt(result.plan)
          ? t('Nothing was done: the state of the cloud is unknown. See the plan above; run it again later.')
          : t('Refused: nothing was done. The plan above says why.'),
      );
      break;
    case 'stale':
      host.complain(t('The saved plan no longer holds, nothing was done. What moved since it was made:'));
      io.err(renderStaleness(result, render));
      break;
    case 'not-confirmed':
      if (result.wasAsked) host.complain(t('Not confirmed: nothing was done.'));
      else
        host.complain(t('Not confirmed: nothing was done. Nobody can be asked here; to confirm beforehand: {0}', flagFor(result.needed)));
      break;
    case 'applied': {
      const { succeeded, failed, skipped, isInterrupted } = result.result;
      if (result.onlyForgot === true)
        host.complain(
          tn(
            succeeded.length,
            'Nothing was destroyed: {0} object is forgotten and stays in the account, since ict did not create it.',
            'Nothing was destroyed: {0} objects are forgotten and stay in the account, since ict did not create them.',
          ),
        );
      else if (failed.length + skipped.length === 0)
        host.say(tn(succeeded.length, 'Done: {0} step succeeded.', 'Done: {0} steps succeeded.'));
      else {
        host.complain(
          t('Not everything was done: {0} succeeded, {1} failed, {2} not started.', succeeded.length, failed.length, skipped.length),
        );
        for (const step of [...failed, ...skipped]) io.err(`  ${showHidden(step)}\n`);
        host.complain(
          isInterrupted ? t('Interrupted. Run apply again: it goes on from here.') : t('Run apply again: it does what is left.'),
        );
      }
      if (result.leftOut.length > 0) host.complain(t('Skipped, refused by the plan: {0}', result.leftOut.join(', ')));
      break;
    }
    default:
      result satisfies never;
  }
  return exitCode;
}

const countErrors = (result: Extract<OperationResult, { kind: 'invalid' }>): number =>
  result.diagnostics.filter((item) => item.severity === 'error').length;

function renderStaleness(result: Extract<OperationResult, { kind: 'stale' }>, render: RenderText): string {
  const staleness = showHiddenDeep(result.staleness);
  const lines: string[] = [];
  if (staleness.isFileChanged) lines.push(render(t('the infra file or one it includes')));
  if (staleness.isAccountChanged) lines.push(render(t('the account or the endpoint')));
  for (const { subject, field, before, now } of staleness.observations) {
    lines.push(`${subject} ${field}: ${render(formatFieldValue(field, before))} → ${render(formatFieldValue(field, now))}`);
  }
  for (const step of staleness.steps.added) lines.push(render(t('new step {0}', step)));
  for (const step of staleness.steps.gone) lines.push(render(t('step no longer needed {0}', step)));
  return lines.map((line) => `  ${line}\n`).join('');
}

/** The result for programs: stable names, rendered texts beside the codes. */
function toJson(result: OperationResult, exitCode: number, render: RenderText): unknown {
  const diagnostics = 'diagnostics' in result ? result.diagnostics.map((item) => ({ ...item, message: render(item.detail) })) : undefined;
  const steps =
    result.kind === 'applied'
      ? { run: result.run, succeeded: result.result.succeeded, failed: result.result.failed, skipped: result.result.skipped }
      : {};
  return {
    result: result.kind,
    exitCode,
    ...('plan' in result ? { plan: result.plan } : {}),
    ...(result.kind === 'planned' ? { confirmation: weighPlan(divide(result.plan).runnable) } : {}),
    ...(result.kind === 'applied' ? { leftOut: result.leftOut } : {}),
    ...(diagnostics ? { diagnostics } : {}),
    ...(result.kind === 'stale' ? { staleness: result.staleness } : {}),
    ...(result.kind === 'not-confirmed' ? { needed: flagFor(result.needed) } : {}),
    ...steps,
  };
}
