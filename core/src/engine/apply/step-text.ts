import type { Step } from '#schemas/plan/step.ts';
import { t, type Text } from '#schemas/text/text.ts';

/** What a step does, for people; the address stands before it wherever it is shown. */
export function describeStep(step: Step): Text {
  switch (step.kind) {
    case 'create-key':
      return t('create key');
    case 'delete-key':
      return t('delete key');
    case 'create-network':
      return t('create network');
    case 'delete-network':
      return t('delete network');
    case 'create-server':
      return t('create server');
    case 'await-server':
      return t('wait until it is created');
    case 'resize-server':
      return t('resize');
    case 'power-server':
      return step.power === 'on' ? t('power on') : t('power off');
    case 'reboot-server':
      return step.isHard ? t('reboot hard') : t('reboot');
    case 'link-network':
      return t('link to {0}', step.network);
    case 'unlink-network':
      return t('unlink from {0}', step.network);
    case 'delete-server':
      return t('delete server');
    case 'adopt':
      return t('adopt');
    case 'forget':
      return t('forget');
    default:
      return step satisfies never;
  }
}
