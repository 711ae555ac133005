import type { Action, Change, FieldChange, FieldValue, Impact, Origin, Plan } from '#schemas/plan/plan.ts';
import { hasChanges } from '#schemas/plan/read-plan.ts';
import { countChanges } from '#schemas/plan/left-out.ts';
import { joinTexts, t, type Text, tn, verbatim } from '#schemas/text/text.ts';

/** A row of the plan view, free of the editor's types. */
export type PlanNode =
  | { readonly kind: 'summary'; readonly id: string; readonly label: Text; readonly detail: Text }
  | { readonly kind: 'change'; readonly id: string; readonly change: Change; readonly children: readonly PlanNode[] }
  /** `isNew`: of something that is not there yet, where there is no old value and nobody has changed it. */
  | { readonly kind: 'field'; readonly id: string; readonly field: FieldChange; readonly isNew: boolean }
  | { readonly kind: 'reason'; readonly id: string; readonly text: Text }
  | {
      readonly kind: 'notice';
      readonly id: string;
      readonly level: 'info' | 'warning' | 'refusal';
      readonly text: Text;
      readonly address?: string;
    };

/** Rows of a plan: what it comes to, what stands against it, then resource → field → why. Unchanged resources are left out. */
export function buildPlanNodes(plan: Plan): readonly PlanNode[] {
  const changes = plan.changes.filter(({ action }) => action !== 'no-op');
  const summary: PlanNode = {
    kind: 'summary',
    id: 'summary',
    label: hasChanges(plan) ? summarize(plan) : t('No changes: the panel is equal to the file.'),
    detail: verbatim(`${plan.project} · ${new Date(plan.createdAt).toLocaleTimeString()}`),
  };
  const notices: readonly PlanNode[] = [
    ...plan.refusals.map((item, index) => toNotice(item, `refusal:${index}`, 'refusal')),
    ...plan.notes.map((item, index) => toNotice(item, `note:${index}`, item.level)),
  ];
  return [summary, ...notices, ...changes.map(toChangeNode)];
}

const toNotice = (
  item: { readonly text: Text; readonly address?: string | undefined },
  id: string,
  level: 'info' | 'warning' | 'refusal',
): PlanNode => ({
  kind: 'notice',
  id,
  level,
  text: item.text,
  ...(item.address === undefined ? {} : { address: item.address }),
});

function toChangeNode(change: Change): PlanNode {
  const { address, action, fields } = change;
  // What stands behind a field already is no further reason.
  const reasons = change.reasons.filter(({ text }) => !fields.some(({ origin }) => originTexts[origin].text === text));
  return {
    kind: 'change',
    id: address,
    change,
    children: [
      ...fields.map((field): PlanNode => ({
        kind: 'field',
        id: `${address}/${field.field}`,
        field,
        isNew: action === 'create' || action === 'recreate',
      })),
      ...reasons.map((text, index): PlanNode => ({ kind: 'reason', id: `${address}#${index}`, text })),
    ],
  };
}

/** "2 to create, 1 to delete". */
export function summarize(plan: Plan): Text {
  const { counts, skipped } = countChanges(plan);
  const parts: Text[] = [];
  for (const [action, count] of Object.entries(counts)) {
    const text = totalTexts[action as Action]?.(count);
    if (text && count > 0) parts.push(text);
  }
  if (skipped > 0) parts.push(t('{0} skipped', skipped));
  return joinTexts(parts);
}

const totalTexts: Readonly<Partial<Record<Action, (count: number) => Text>>> = {
  create: (count) => t('{0} to create', count),
  recreate: (count) => t('{0} to recreate', count),
  adopt: (count) => t('{0} to adopt', count),
  resume: (count) => t('{0} to resume', count),
  update: (count) => t('{0} to update', count),
  power: (count) => t('{0} to switch on or off', count),
  link: (count) => t('{0} to link', count),
  replace: (count) => t('{0} to replace', count),
  delete: (count) => t('{0} to delete', count),
  forget: (count) => t('{0} to forget', count),
};

/** A change in one word. */
export const actionTexts: Readonly<Record<Action, Text>> = {
  'no-op': t('no change'),
  create: t('create'),
  recreate: t('recreate, the recorded one is gone'),
  adopt: t('adopt'),
  resume: t('resume'),
  update: t('update'),
  power: t('power'),
  link: t('link'),
  replace: t('replace'),
  delete: t('delete'),
  forget: t('forget'),
};

export const impactTexts: Readonly<Record<Impact, Text>> = {
  none: t('no interruption'),
  reboot: t('reboots'),
  downtime: t('downtime'),
  'new-address': t('gets a new address'),
  'data-loss': t('data is lost'),
  irreversible: t('cannot be undone'),
};

export const originTexts: Readonly<Record<Origin, Text>> = {
  file: t('changed in the file'),
  panel: t('changed in the panel'),
  both: t('changed in file and panel'),
  unknown: t('nobody knows who changed it'),
};

/** A value with its unit, as the infra file writes it. */
export function formatValue(field: string, value: FieldValue | undefined): string {
  if (value === undefined) return '–';
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'number' && field === 'ram') return value % 1024 === 0 ? `${value / 1024} GB` : `${value} MB`;
  return typeof value === 'number' && field === 'disk' ? `${value} GB` : String(value);
}

/** How many objects a plan deletes and which, for the words of a confirmation. */
export const deletionText = (names: readonly string[]): Text =>
  tn(names.length, '{0} object is deleted: {1}', '{0} objects are deleted: {1}', names.join(', '));
