import type { Note } from '#schemas/plan/plan.ts';
import type { ActualServer, UnusableField } from '#schemas/state/actual.ts';
import type { PowerHold, ServerLedgerEntry } from '#schemas/state/ledger.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { DesiredServer } from '../../infra/desired-state.ts';
import { isSame } from './diff-fields.ts';

/** Says when a server is in a state in which the provider may not carry out what the plan wants. */
export function noteServerState(desired: DesiredServer, remote: ActualServer): Note[] {
  const base = { level: 'warning', address: desired.address, source: desired.source } as const;
  switch (remote.state) {
    case 'blocked':
      return [
        { ...base, code: 'server-blocked', text: t('is blocked by the provider (often a negative balance): changes to it may fail') },
      ];
    case 'other':
      return [{ ...base, code: 'server-state-unknown', text: t('is in the state "{0}", which ict does not know', remote.rawState) }];
    case 'new':
    case 'need-money':
    case 'active':
    // Refused by the plan of the server itself.
    case 'deleting':
    // Counts as gone, so there is no such server.
    case 'deleted':
      return [];
    default:
      return remote.state satisfies never;
  }
}

/** Says what of a server the provider reports in a form that ict does not use. */
export function noteUnusable(desired: DesiredServer, { unusable = [] }: ActualServer): Note[] {
  return unusable.map((field) => ({
    code: 'provider-text-unusable',
    level: 'warning',
    address: desired.address,
    source: desired.source,
    text: describeUnusable(field),
  }));
}

/** One of those fields in words. */
export function describeUnusable(field: UnusableField): Text {
  switch (field) {
    case 'name':
      return t('the provider reports a name with control characters: they are replaced');
    case 'ip':
      return t('the provider reports something else than an IP address: it is not used');
    case 'adminUser':
      return t('the provider reports a user name that cannot be one: it is not used. To name the user: ansible_user in `vars`');
    default:
      return field satisfies never;
  }
}

/** Values the API takes at creation and never reads back can only be compared with what we recorded. */
export function noteWriteOnly(desired: DesiredServer, entry: ServerLedgerEntry): Note[] {
  const { writeOnly } = entry;
  const base = { address: desired.address, source: desired.source } as const;
  const notes: Note[] = [];
  const { managedWriteOnly: managed } = desired;
  if (managed.has('backupPeriod') && desired.writeOnly.backupPeriod !== writeOnly.backupPeriod) {
    notes.push({
      ...base,
      code: 'backup-at-creation',
      level: 'warning',
      text: t('`backup` takes effect only at re-creation: the API can neither read nor change it'),
    });
  }
  if (managed.has('sshKeys') && !isSame([...desired.writeOnly.sshKeys].sort(), [...writeOnly.sshKeys].sort())) {
    notes.push({
      ...base,
      code: 'keys-at-creation',
      level: 'warning',
      text: t('`ssh_keys` take effect only at re-creation: the provider installs them when it creates the server'),
    });
  }
  if (managed.has('imageId') && writeOnly.imageId !== undefined && desired.writeOnly.imageId !== writeOnly.imageId) {
    notes.push({
      ...base,
      code: 'image-id-at-creation',
      level: 'info',
      text: t(
        'the image has a new id in the catalogue ({0}, was {1}); it takes effect only at re-creation',
        desired.writeOnly.imageId ?? '?',
        writeOnly.imageId,
      ),
    });
  }
  return notes;
}

/** Says who holds a power state against the file. */
export const noteHold = (desired: DesiredServer, hold: PowerHold): Note => ({
  code: 'power-held',
  level: 'info',
  address: desired.address,
  text: hold.until
    ? t('power is {0}, set by {1} until {2}', hold.power, hold.by, hold.until)
    : t('power is {0}, set by {1}', hold.power, hold.by),
  source: desired.source,
});

/** Says that the panel knows a server under another name: whoever reads a plan looks for it there. */
export const noteRenamed = (desired: DesiredServer, remote: ActualServer, entry: ServerLedgerEntry): Note[] =>
  remote.name === entry.name
    ? []
    : [
        {
          code: 'renamed-in-panel',
          level: 'warning',
          address: desired.address,
          text: t('renamed in the panel to "{0}" (id {1}), recorded as "{2}"', remote.name, remote.id, entry.name),
          source: desired.source,
        },
      ];
