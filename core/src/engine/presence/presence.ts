import type { ResourceKind } from '#schemas/infra/names.ts';
import type { ActualState } from '#schemas/state/actual.ts';
import type { CloudErrorCode } from '../../ports/cloud-provider.ts';

/** Names one remote object among all kinds: `server:12`. */
export type ObjectKey = `${ResourceKind}:${number}`;

export const objectKey = (kind: ResourceKind, id: number): ObjectKey => `${kind}:${id}`;

/** A recorded object that a plan has to know about. */
export interface RecordedObject {
  readonly kind: ResourceKind;
  readonly id: number;
}

/** Why nobody can tell whether an object is there. */
export type PresenceDoubt =
  /** Its row of the list cannot be read: it exists, but nothing is known of it. */
  | { readonly kind: 'unreadable' }
  /** Its creation was accepted a short time ago, and it was never read: it may not show yet. */
  | { readonly kind: 'not-shown-yet' }
  /** It is not listed, and asking for it by its id failed. */
  | { readonly kind: 'unanswered'; readonly code: CloudErrorCode };

/**
 * What was found out about recorded objects: each is in `ActualState`, or in one of these. Only `gone` may be acted on; an object
 * that is in none of them was not looked for and counts as unknown.
 */
export interface Presence {
  /** Ids of what was read, by kind. */
  readonly present: Readonly<Record<ResourceKind, ReadonlySet<number>>>;
  /** Proven: not found by its id, and the list lacks it, read one after the other; or its state says deleted. */
  readonly gone: ReadonlySet<ObjectKey>;
  readonly unknown: ReadonlyMap<ObjectKey, PresenceDoubt>;
  /** Kinds whose list lacked an object that is there, or has a row without a readable id: what it lacks proves nothing. */
  readonly incomplete: ReadonlySet<ResourceKind>;
}

/** Whether a recorded object is there. `present` says nothing of its state. */
export type Verdict =
  { readonly kind: 'present' } | { readonly kind: 'gone' } | { readonly kind: 'unknown'; readonly doubt: PresenceDoubt };

/** The one question that plan, apply, recovery and destroy ask. Pure. */
export function judgePresence(presence: Presence, { kind, id }: RecordedObject): Verdict {
  if (presence.present[kind].has(id)) return { kind: 'present' };
  const key = objectKey(kind, id);
  if (presence.gone.has(key)) return { kind: 'gone' };
  return { kind: 'unknown', doubt: presence.unknown.get(key) ?? { kind: 'unanswered', code: 'not-found' } };
}

/** Ids of everything that was read. */
export const presentIds = (actual: ActualState): Presence['present'] => ({
  server: new Set(actual.servers.map(({ id }) => id)),
  network: new Set(actual.networks.map(({ id }) => id)),
  key: new Set(actual.keys.map(({ id }) => id)),
});
