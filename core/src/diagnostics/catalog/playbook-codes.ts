import { t } from '#schemas/text/text.ts';
import type { CodeInfo } from './code-info.ts';

/** Problems of playbooks and their variables. */
export const playbookCodes = {
  'playbook-source': {
    severity: 'error',
    summary: t('Playbook needs either `path` or `name`'),
    explanation: t(
      'A playbook is your own file, given with `path`, or one that comes with ict, given with `name`. With both or neither there is nothing certain to run.',
    ),
  },
  'unknown-playbook': {
    severity: 'error',
    summary: t('Unknown playbook'),
    explanation: t(
      'A word in `playbooks` is the name of a playbook that comes with ict. One of your own is given by its path: a word with a slash or the ending `.yml` or `.yaml`, or `path:`.',
    ),
  },
  'playbook-missing': {
    severity: 'warning',
    summary: t('Playbook not found'),
    explanation: t(
      'There is no file under the path of this playbook. Paths start at the folder of the infra file. Servers can be made without it, but `ict deploy` needs it: correct the path or create the file.',
    ),
  },
  'playbook-variable': {
    severity: 'error',
    summary: t('Variable does not suit its playbook'),
    explanation: t(
      'A playbook that comes with ict says which values its variables may have, and refuses others when it runs. Values with `{{ … }}` are left to Ansible.',
    ),
  },
  'playbook-variable-missing': {
    severity: 'warning',
    summary: t('Playbook lacks a variable'),
    explanation: t(
      'This playbook cannot run without the variable. Write it in `vars` of the playbook, the server, a group or `defaults`; for `app` the section `app` of the server gives it.',
    ),
  },
} as const satisfies Readonly<Record<string, CodeInfo>>;
