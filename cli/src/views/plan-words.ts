import type { Action, Change, Impact, Origin } from '#schemas/plan/plan.ts';
import { t, type Text } from '#schemas/text/text.ts';

/** Symbol of an action; words stand beside it everywhere, so that nothing hangs on a sign or a colour alone. */
export const actionSymbols: Readonly<Record<Action, string>> = {
  'no-op': ' ',
  create: '+',
  recreate: '+!',
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
    case 'recreate':
      return t('recreate, the recorded one is gone');
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
      return t('{0} unchanged', count);
    case 'create':
      return t('{0} to create', count);
    case 'recreate':
      return t('{0} to recreate', count);
    case 'adopt':
      return t('{0} to adopt', count);
    case 'resume':
      return t('{0} to resume', count);
    case 'update':
      return t('{0} to update', count);
    case 'power':
      return t('{0} to switch on or off', count);
    case 'link':
      return t('{0} to link or unlink', count);
    case 'replace':
      return t('{0} to replace', count);
    case 'delete':
      return t('{0} to delete', count);
    case 'forget':
      return t('{0} to forget', count);
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
export const shownActions = [
  'create',
  'recreate',
  'adopt',
  'resume',
  'update',
  'link',
  'power',
  'replace',
  'delete',
  'forget',
] as const satisfies readonly Action[];

/** Whether a change only brings something into being: its fields are all new and are listed on request only. */
export const isCreation = (change: Change): boolean => change.action === 'create' || change.action === 'recreate';
