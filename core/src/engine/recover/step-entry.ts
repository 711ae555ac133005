import type { ResourceKind } from '#schemas/infra/names.ts';
import { type CreateStep, createStepKinds } from '#schemas/plan/create-step.ts';
import type { LedgerEntry } from '#schemas/state/ledger.ts';
import type { StoredMoment } from '../../ports/clock.ts';

export const isCreateStep = (step: { readonly kind: string }): step is CreateStep =>
  (createStepKinds as readonly string[]).includes(step.kind);

/** Kind of the object that a create brings into being. */
export const createdKind = ({ kind }: CreateStep): ResourceKind =>
  kind === 'create-key' ? 'key' : kind === 'create-network' ? 'network' : 'server';

/** Name that the created object is asked to have. */
export const createdName = (step: CreateStep): string =>
  step.kind === 'create-key' ? step.title : step.kind === 'create-network' ? step.name : step.spec.name;

/** What is known of an object that the provider has made. `name`: where it is not the one that was asked for. */
export interface CreatedObject {
  readonly id: number;
  readonly name?: string | undefined;
  readonly createdAt?: string | undefined;
  /** When its creation was accepted, where it was not read since. */
  readonly unseen?: StoredMoment | undefined;
}

/**
 * What the ledger records from the moment the provider accepted a create: the object is ours and must never become an
 * orphan, also when waiting for it fails. Links and power are recorded by their own steps.
 */
export function entryForCreated(step: CreateStep, { id, name, createdAt, unseen }: CreatedObject, run: string): LedgerEntry {
  const base = {
    address: step.address,
    name: name ?? createdName(step),
    id,
    origin: 'created',
    run,
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(unseen === undefined ? {} : { unseen }),
    ...(step.replacedIds === undefined ? {} : { replacedIds: step.replacedIds }),
  } as const;
  switch (step.kind) {
    case 'create-key':
      return { kind: 'key', ...base, protect: false, values: { blob: step.blob } };
    case 'create-network':
      return { kind: 'network', ...base, protect: step.protect, values: { dc: step.dc, dhcp: step.dhcp } };
    case 'create-server': {
      const { dc, pool, image, imageId, cpu, ramMb, diskGb, diskType, backupPeriod, sshKeys } = step.spec;
      return {
        kind: 'server',
        ...base,
        protect: step.protect,
        values: { dc, pool, image, cpu, ramMb, diskGb, diskType, networks: [], power: 'on' },
        writeOnly: { imageId, backupPeriod, sshKeys },
      };
    }
    default:
      return step satisfies never;
  }
}
