import { t } from '#schemas/text/text.ts';
import type { CodeInfo } from './code-info.ts';

/** Problems of names: what refers to what. */
export const referenceCodes = {
  'unknown-size': {
    severity: 'error',
    summary: t('Unknown size'),
    explanation: t('`size` takes a name from the section `sizes`, of this file or an included one. Define the size or correct the name.'),
  },
  'unknown-ssh-key': {
    severity: 'error',
    summary: t('Unknown SSH key'),
    explanation: t(
      '`ssh_keys` of a server lists names from the section `ssh_keys` at the top level, where each name gets a path or a public key. Define the key or correct the name.',
    ),
  },
  'unknown-network': {
    severity: 'error',
    summary: t('Unknown network'),
    explanation: t(
      '`networks` of a server lists names from the section `networks` at the top level. Define the network or correct the name.',
    ),
  },
  'unknown-notify': {
    severity: 'error',
    summary: t('Unknown channel'),
    explanation: t(
      '`notify` of an alert or schedule lists names from the section `notify` at the top level. A message to an unknown channel would reach nobody. Define the channel or correct the name.',
    ),
  },
  'unknown-target': {
    severity: 'error',
    summary: t('Unknown server or group'),
    explanation: t(
      'Groups, alerts and schedules name server entries (`web`), single instances (`web-1`) or groups. Nothing of that name is in the file.',
    ),
  },
  'repeated-item': {
    severity: 'warning',
    summary: t('Name is listed twice'),
    explanation: t('The same name stands twice in one list. The second one has no effect; perhaps another name was meant.'),
  },
  'group-cycle': {
    severity: 'error',
    summary: t('Groups contain each other'),
    explanation: t(
      'A group contains itself, directly or through other groups, so the set of its servers cannot be found out. Take one of the names out.',
    ),
  },
  'group-name-clash': {
    severity: 'error',
    summary: t('Group and server have the same name'),
    explanation: t(
      'Each server entry is also an Ansible group, and commands take both kinds of names. With one name for two things nobody could tell which is meant. Rename the group.',
    ),
  },
  'name-clash': {
    severity: 'error',
    summary: t('Two servers get the same name'),
    explanation: t(
      'With `count` an entry `web` makes `web-1`, `web-2` and so on; another entry already has one of these names, or one that differs in upper and lower case only. Servers are found by name, and `Web-1` and `web-1` are one host name, so each may exist once. Rename one entry.',
    ),
  },
  'id-not-unique': {
    severity: 'error',
    summary: t('One id for several servers'),
    explanation: t(
      '`id` names one existing server that ict shall take over. It cannot stand in an entry that makes several servers, and no two entries may name the same one. Write an entry without `count` for it.',
    ),
  },
  'too-many-servers': {
    severity: 'error',
    summary: t('Too many servers'),
    explanation: t(
      'One project has at most 10 000 servers, those of `count` included. More is most likely a slip in `count`, and would take memory and hours of requests. Lower `count`, or split the project into several files.',
    ),
  },
  'server-name-too-long': {
    severity: 'error',
    summary: t('Server name is too long'),
    explanation: t('A server name has at most 50 characters, the number that `count` adds included. Shorten the name of the entry.'),
  },
} as const satisfies Readonly<Record<string, CodeInfo>>;
