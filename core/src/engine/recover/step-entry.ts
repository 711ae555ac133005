import type { StepOf } from '#schemas/plan/step.ts';
import type { LedgerEntry, ServerLedgerEntry } from '#schemas/state/ledger.ts';

/** A step that brings an object into being. */
export type CreateStep = StepOf<'create-key'> | StepOf<'create-network'> | StepOf<'create-server'>;

export const isCreateStep = (step: { readonly kind: string }): step is CreateStep =>
  step.kind === 'create-key' || step.kind === 'create-network' || step.kind === 'create-server';

/** Name the created object gets in the cloud. */
export const createdName = (step: CreateStep): string =>
  step.kind === 'create-key' ? step.title : step.kind === 'create-network' ? step.name : step.spec.name;

/**
 * What the ledger records from the moment the provider accepted a create: the object is ours and must never become an
 * orphan, also when waiting for it fails. Links and power are recorded by their own steps.
 */
export function entryForCreated(step: CreateStep, id: number, run: string): LedgerEntry {
  const base = { address: step.address, name: createdName(step), id, origin: 'created', run } as const;
  switch (step.kind) {
    case 'create-key':
      return { kind: 'key', ...base, protect: false, values: { blob: step.blob } };
    case 'create-network':
      return { kind: 'network', ...base, protect: step.protect, values: { dc: step.dc, dhcp: step.dhcp } };
    case 'create-server': {
      const { dc, pool, image, imageId, cpu, ramMb, diskGb, diskType, backupPeriod, sshKeys } = step.spec;
      const entry: ServerLedgerEntry = {
        kind: 'server',
        ...base,
        protect: step.protect,
        values: { dc, pool, image, cpu, ramMb, diskGb, diskType, networks: [], power: 'on' },
        writeOnly: { imageId, backupPeriod, sshKeys },
      };
      return entry;
    }
    default:
      return step satisfies never;
  }
}
