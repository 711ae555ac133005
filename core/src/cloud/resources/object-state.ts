import type { ObjectState } from '#schemas/state/actual.ts';

const states: Readonly<Record<string, ObjectState>> = {
  new: 'new',
  // A public network's word for "being created" (API reference, section 8.2).
  frompool: 'new',
  active: 'active',
  blocked: 'blocked',
  needmoney: 'need-money',
  deleting: 'deleting',
  deleted: 'deleted',
};

/** Our word for the provider's `State`; one we do not know is `other`. */
export const toObjectState = (rawState: string): ObjectState => {
  const word = rawState.trim().toLowerCase();
  return Object.hasOwn(states, word) ? (states[word] ?? 'other') : 'other';
};
