import type { RenderText } from '#core/text/render-text.ts';
import { showHiddenDeep } from '#core/text/show-hidden.ts';
import type { Change, FieldChange, Plan } from '#schemas/plan/plan.ts';
import { countChanges, divide, wholeRefusals } from '#schemas/plan/left-out.ts';
import { describePanel } from '#core/engine/plan/panel-facts.ts';
import { hasChanges } from '#schemas/plan/read-plan.ts';
import { t, tn, type Text } from '#schemas/text/text.ts';
import type { Style } from '../terminal/style.ts';
import { formatFieldValue } from './field-value.ts';
import { actionSymbols, countAction, describeAction, describeImpact, describeOrigin, isCreation, shownActions } from './plan-words.ts';

export interface PlanViewOptions {
  readonly render: RenderText;
  readonly style: Style;
  /** Unchanged addresses, all fields of new servers and small notes too. */
  readonly isFull: boolean;
}

/** A plan as text: summary first and last, between them only what changes. */
export function renderPlan(given: Plan, options: PlanViewOptions): string {
  // A name with a line end in it would write a line of its own above the question.
  const plan = showHiddenDeep(given);
  const { render, style, isFull } = options;
  const lines: string[] = [];
  const summary = renderSummary(plan, options);
  lines.push(style.bold(`${render(t('Plan for {0}', plan.project))} · ${new URL(plan.account.endpoint).host}`), summary, '');
  if (plan.selection) {
    const words = [...plan.selection.only, ...plan.selection.except.map((item) => `!${item}`)].join(' ');
    lines.push(style.yellow(render(t('This plan is partial ({0}): the rest of the file was not compared.', words))), '');
  }
  const shown = plan.changes.filter((change) => isFull || change.action !== 'no-op');
  for (const change of shown) lines.push(...renderChange(change, options));
  if (shown.length > 0) lines.push('');

  const notes = plan.notes.filter((note) => isFull || note.level === 'warning');
  if (notes.length > 0) {
    lines.push(style.bold(render(t('Notes'))));
    for (const note of notes) lines.push(`  ${style.yellow('!')} ${note.address ? `${note.address} ` : ''}${render(note.text)}`);
    lines.push('');
  }
  if (plan.refusals.length > 0) {
    const isWhole = wholeRefusals(plan).length > 0;
    lines.push(style.bold(style.red(render(isWhole ? t('Apply will refuse') : t('Apply will skip')))));
    for (const refusal of plan.refusals) lines.push(`  ${style.red('x')} ${render(refusal.text)}`);
    lines.push('');
  }
  if (plan.cost) lines.push(renderCost(plan.cost, options), '');
  if (plan.unmanaged.length > 0) lines.push(...renderUnmanaged(plan, options), '');
  if (shown.length > 0) lines.push(summary);
  while (lines.at(-1) === '') lines.pop();
  return `${lines.join('\n')}\n`;
}

/** One line: how many of each. */
export function renderSummary(plan: Plan, { render, style }: Pick<PlanViewOptions, 'render' | 'style'>): string {
  if (!hasChanges(divide(plan).runnable))
    return plan.refusals.length === 0
      ? style.green(render(t('No changes: the panel is equal to the file.')))
      : style.yellow(render(t('Nothing to apply: everything that differs is refused.')));
  const { counts: totals, skipped } = countChanges(plan);
  const counts = shownActions.filter((action) => totals[action] > 0).map((action) => render(countAction(action, totals[action])));
  if (skipped > 0) counts.push(render(t('{0} skipped', skipped)));
  const reboots = divide(plan).runnable.changes.filter((change) => change.impacts.includes('reboot')).length;
  if (reboots > 0) counts.push(render(tn(reboots, '{0} reboot', '{0} reboots')));
  return render(t('Changes: {0}.', counts.join(', ')));
}

function renderChange(change: Change, options: PlanViewOptions): string[] {
  const { render, style, isFull } = options;
  const paint = colourOf(change, style);
  const impacts = change.impacts.filter((impact) => impact !== 'none').map((impact) => render(describeImpact(impact)));
  const head = [
    `${paint(actionSymbols[change.action].padStart(3))} ${style.bold(change.address)}`,
    render(describeAction(change.action)),
    ...(isCreation(change) && !isFull ? [renderSpec(change.fields, render)] : []),
    ...(impacts.length > 0 ? [style.yellow(impacts.join(', '))] : []),
  ].filter((part) => part !== '');
  // Why something new is created is plain; a note tells when it is not.
  const reasons = isCreation(change) && !isFull ? '' : change.reasons.map(render).join('; ');
  const lines = [head.join(' · ') + (reasons === '' ? '' : style.dim(`  (${reasons})`))];
  if (change.panel) lines.push(`      ${style.dim(render(describePanel(change.panel)))}`);
  if (isCreation(change) && !isFull) return lines;
  const width = Math.max(0, ...change.fields.map((field) => field.field.length));
  if (change.action === 'adopt' && change.fields.length > 0) lines.push(style.dim(`      ${render(t('the next plan would change:'))}`));
  for (const field of change.fields) lines.push(`      ${field.field.padEnd(width)}  ${renderField(field, change, options)}`);
  return lines;
}

function renderField(field: FieldChange, change: Change, { render, style }: PlanViewOptions): string {
  const value = (shown: FieldChange['actual']): string => render(formatFieldValue(field.field, shown));
  if (isCreation(change)) return value(field.desired);
  const recorded = field.origin === 'both' || field.origin === 'panel' ? `, ${render(t('recorded {0}', value(field.recorded)))}` : '';
  return `${value(field.actual)} → ${style.bold(value(field.desired))}  ${style.dim(render(describeOrigin(field.origin)) + recorded)}`;
}

/** The hardware of a new server in one line. */
function renderSpec(fields: readonly FieldChange[], render: RenderText): string {
  const value = (name: string): string | undefined => {
    const field = fields.find((item) => item.field === name);
    return field && render(formatFieldValue(name, field.desired));
  };
  const cpu = value('cpu');
  if (cpu === undefined) return fields.map((field) => `${field.field} ${value(field.field) ?? ''}`).join(', ');
  const power = value('power') === 'off' ? render(t('powered off')) : undefined;
  const parts = [
    render(tn(Number(cpu), '{0} core', '{0} cores')),
    value('ram'),
    `${value('disk') ?? ''} ${value('disk_type') ?? ''}`,
    value('image'),
    value('dc'),
    value('networks'),
    power,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

function renderCost({ before, after, unknown }: NonNullable<Plan['cost']>, { render }: PlanViewOptions): string {
  const known =
    before === after ? t('By your price table: {0} RUB a month.', after) : t('By your price table: {0} → {1} RUB a month.', before, after);
  return unknown === 0
    ? render(known)
    : `${render(known)} ${render(tn(unknown, '{0} server has no price.', '{0} servers have no price.'))}`;
}

function renderUnmanaged(plan: Plan, { render, style, isFull }: PlanViewOptions): string[] {
  const count = (kind: string): number => plan.unmanaged.filter((item) => item.kind === kind).length;
  const parts: Text[] = [
    tn(count('server'), '{0} server', '{0} servers'),
    tn(count('network'), '{0} network', '{0} networks'),
    tn(count('key'), '{0} key', '{0} keys'),
  ].filter((text) => text.plural !== undefined && text.plural.count > 0);
  const head = render(t('Not in the file, not touched: {0}.', parts.map(render).join(', ')));
  const names = isFull ? plan.unmanaged.map((item) => `  ${item.kind}.${item.name} (${item.id})`) : [];
  return [style.dim(head), ...names];
}

function colourOf(change: Change, style: Style): (text: string) => string {
  switch (change.action) {
    case 'create':
    case 'recreate':
      return style.green;
    case 'delete':
    case 'replace':
      return style.red;
    case 'adopt':
    case 'forget':
      return style.cyan;
    case 'update':
    case 'power':
    case 'link':
    case 'resume':
      return style.yellow;
    case 'no-op':
      return style.dim;
    default:
      return change.action satisfies never;
  }
}
