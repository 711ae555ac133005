import { t } from '#schemas/text/text.ts';
import type { CodeInfo } from './code-info.ts';

/** Problems of one server's own values that need no catalogue of the cloud. */
export const serverCodes = {
  'missing-hardware': {
    severity: 'error',
    summary: t('Hardware is missing'),
    explanation: t(
      'A server needs `cpu`, `ram` and `disk`. ict has no default for them, because hardware costs money. Write them in the entry, in `defaults`, or take a named size with `size:`.',
    ),
  },
  'missing-dc': {
    severity: 'error',
    summary: t('Data centre is missing'),
    explanation: t(
      'The provider quietly takes its own default data centre when none is named, and a server cannot move later. Write `dc` in the entry or, for all servers and networks, in `defaults`.',
    ),
  },
  'missing-image': {
    severity: 'error',
    summary: t('Image is missing'),
    explanation: t(
      'A server starts from an operating system image, and changing it later means replacing the server. Write `image` in the entry or in `defaults`; `ict catalog images` lists what is offered.',
    ),
  },
  'above-documented-range': {
    severity: 'warning',
    summary: t('Beyond the documented range'),
    explanation: t(
      'The provider documents 1 to 8 cores, up to 16384 MB of memory and up to 250 GB of disk. Some data centres offer more, and the API decides when the server is made; it may refuse this value.',
    ),
  },
  'ram-step': {
    severity: 'error',
    summary: t('Memory in a step that is not offered'),
    explanation: t(
      'The provider sells memory in steps: 512, 768, 1024 MB, and from there whole gigabytes (2048, 3072 …). It refuses anything between.',
    ),
  },
  'disk-step': {
    severity: 'error',
    summary: t('Disk in a step that is not offered'),
    explanation: t('The provider sells disks in steps of 10 GB and refuses anything between.'),
  },
  'below-minimum': {
    severity: 'error',
    summary: t('Less than the provider sells'),
    explanation: t(
      'A Linux server has at least 512 MB of memory and 10 GB of disk, a Windows server at least 1024 MB and 40 GB. The provider refuses less.',
    ),
  },
} as const satisfies Readonly<Record<string, CodeInfo>>;
