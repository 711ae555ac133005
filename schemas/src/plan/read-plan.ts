import type { Address } from '../infra/names.ts';
import type { Change } from './plan.ts';

/** The one place that knows whether a plan holds work. */
export const hasChanges = (value: { readonly changes: readonly Change[] }): boolean =>
  value.changes.some((change) => change.action !== 'no-op');

/** Addresses whose remote object a plan deletes, replaced ones included. */
export const deletedAddresses = (value: { readonly changes: readonly Change[] }): readonly Address[] =>
  value.changes.filter((change) => change.action === 'delete' || change.action === 'replace').map((change) => change.address);

/** Addresses whose recorded object is gone and which a plan would make anew. */
export const recreatedAddresses = (value: { readonly changes: readonly Change[] }): readonly Address[] =>
  value.changes.filter((change) => change.action === 'recreate').map((change) => change.address);
