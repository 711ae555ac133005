import type { RequestFacts } from '../faults/fault-rule.ts';
import type { Distorted } from './distort-answer.ts';
import { isRow } from './wire-row.ts';

/** Added to the ids of projects, so that they are not those of the account's first key. */
const OTHER_PROJECT = 1_000;

/**
 * What a key of another project of the same account would show: the account's id and money as they are, other project ids, and
 * nothing of the objects. The catalogue is everybody's. Own images are left where they are.
 */
export const showOtherProject = (answer: unknown, request: RequestFacts): Distorted => {
  if (/^\/(?:server|network|publicnetwork|sshkey)$/.test(request.kind) && request.method === 'GET') return { kind: 'value', value: [] };
  if (/^\/(?:server|network|publicnetwork|sshkey)\/\{id\}/.test(request.kind)) return { kind: 'missing' };
  return { kind: 'value', value: withOtherIds(answer) };
};

function withOtherIds(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withOtherIds);
  if (!isRow(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, old]) => [
      field,
      field === 'ProjectId' && typeof old === 'number' ? old + OTHER_PROJECT : withOtherIds(old),
    ]),
  );
}
