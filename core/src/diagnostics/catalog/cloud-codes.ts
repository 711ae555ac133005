import { t } from '#schemas/text/text.ts';
import type { CodeInfo } from './code-info.ts';

/** Problems found by comparing the file with what the cloud offers. */
export const cloudCodes = {
  'unknown-data-centre': {
    severity: 'error',
    summary: t('Unknown data centre'),
    explanation: t(
      'The provider offers no data centre of this title, short title or technical name. It would not refuse the name but quietly use its default data centre, so ict checks it first. `ict catalog dc` lists what is offered.',
    ),
  },
  'ambiguous-data-centre': {
    severity: 'error',
    summary: t('Ambiguous data centre'),
    explanation: t(
      'The provider uses this title for more than one data centre in different cities. Technical names are unique: write one of them.',
    ),
  },
  'unknown-image': {
    severity: 'error',
    summary: t('Unknown image'),
    explanation: t(
      'The provider offers no image of this display name, technical name or id; images come and go with the versions of operating systems. `ict catalog images` lists what is offered now.',
    ),
  },
  'ambiguous-image': {
    severity: 'error',
    summary: t('Ambiguous image'),
    explanation: t('More than one image has this name. Ids are unique, technical names nearly always: write one of them.'),
  },
  'image-not-offered': {
    severity: 'error',
    summary: t('Image is not offered in this data centre'),
    explanation: t('An image of your own exists in one data centre only. Choose a common image, or the data centre where the image is.'),
  },
  'pool-not-offered': {
    severity: 'error',
    summary: t('Pool is not offered in this data centre'),
    explanation: t(
      'Some data centres have only the base pool, some only the high-performance one. Choose the other pool or another data centre.',
    ),
  },
  'backup-not-offered': {
    severity: 'error',
    summary: t('Backups are not offered in this data centre'),
    explanation: t('The provider makes no backups in this data centre. Remove `backup`, or choose another data centre.'),
  },
  'disk-below-image': {
    severity: 'error',
    summary: t('Disk is smaller than the image needs'),
    explanation: t(
      'Each image has a smallest disk on which it can start, and the provider refuses less. Make the disk larger or choose a smaller image.',
    ),
  },
  'network-other-data-centre': {
    severity: 'error',
    summary: t('Network is in another data centre'),
    explanation: t(
      'A private network exists in one data centre, and only servers of the same data centre can be linked to it. Make a second network for the other servers.',
    ),
  },
} as const satisfies Readonly<Record<string, CodeInfo>>;
