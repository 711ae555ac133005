import type { Action, Change, Impact, Origin } from '#schemas/plan/plan.ts';
import { t, tn, type Text } from '#schemas/text/text.ts';

/** Symbol of an action; words stand beside it everywhere, so that nothing hangs on a sign or a colour alone. */
export const actionSymbols: Readonly<Record<Action, string>> = {
  'no-op': ' ',
  create: '+',
  adopt: '>',
  resume: '?',
  update: '~',
  power: '~',
  link: '~',
  replace: '-/+',
  delete: '-',
  forget: '<',
};

/** What happens to one address. */
export function describeAction(action: Action): Text {
  switch (action) {
    case 'no-op':
      return t('no change');
    case 'create':
      return t('create');
    case 'adopt':
      return t('adopt');
    case 'resume':
      return t('resume');
    case 'update':
      return t('update');
    case 'power':
      return t('power');
    case 'link':
      return t('networks');
    case 'replace':
      return t('replace');
    case 'delete':
      return t('delete');
    case 'forget':
      return t('forget');
    default:
      return action satisfies never;
  }
}

/** How many of an action, for the summary. */
export function countAction(action: Action, count: number): Text {
  switch (action) {
    case 'no-op':
      return tn(count, '{0} unchanged', '{0} unchanged');
    case 'create':
      return tn(count, '{0} to create', '{0} to create');
    case 'adopt':
      return tn(count, '{0} to adopt', '{0} to adopt');
    case 'resume':
      return tn(count, '{0} to resume', '{0} to resume');
    case 'update':
      return tn(count, '{0} to update', '{0} to update');
    case 'power':
      return tn(count, '{0} to switch on or off', '{0} to switch on or off');
    case 'link':
      return tn(count, '{0} to link or unlink', '{0} to link or unlink');
    case 'replace':
      return tn(count, '{0} to replace', '{0} to replace');
    case 'delete':
      return tn(count, '{0} to delete', '{0} to delete');
    case 'forget':
      return tn(count, '{0} to forget', '{0} to forget');
    default:
      return action satisfies never;
  }
}

/** What a change costs. */
export function describeImpact(impact: Impact): Text {
  switch (impact) {
    case 'none':
      return t('no interruption');
    case 'reboot':
      return t('reboots');
    case 'downtime':
      return t('goes down');
    case 'new-address':
      return t('new address');
    case 'data-loss':
      return t('data is lost');
    case 'irreversible':
      return t('cannot be undone');
    default:
      return impact satisfies never;
  }
}

/** Who changed a field. */
export function describeOrigin(origin: Origin): Text {
  switch (origin) {
    case 'file':
      return t('file: changed in the file');
    case 'panel':
      return t('panel: changed in the panel');
    case 'both':
      return t('both: changed in the file and in the panel');
    case 'unknown':
      return t('unknown: no earlier apply is recorded');
    default:
      return origin satisfies never;
  }
}

/** Totals that are shown, in the order they are read. */
export const shownActions = ['create', 'adopt', 'resume', 'update', 'link', 'power', 'replace', 'delete', 'forget'] as const satisfies readonly Action[];

/** Whether a change only brings something into being: its fields are all new and are listed on request only. */
export const isCreation = (change: Change): boolean => change.action === 'create';
