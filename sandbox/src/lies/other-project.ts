import type { RequestFacts } from '../faults/fault-rule.ts';
import type { SandboxState } from '../store/state-schema.ts';
import { isRow } from './wire-row.ts';

/** Added to the ids of projects, so that they are not those of the account's first key. */
const OTHER_PROJECT = 1_000;

/** Ids of objects that the key of another project does not see: all up to these. */
export type ForeignIds = SandboxState['counters'];

const counters = { server: 'server', network: 'network', publicnetwork: 'network', sshkey: 'key' } as const;

/** Whether a request is about one object of the first project, which the other project's key must not reach. */
export const isForeignObject = ({ path }: RequestFacts, foreign: ForeignIds): boolean => {
  const [, kind, id] = /^\/(server|network|publicnetwork|sshkey)\/(\d+)(?:\/|$)/.exec(path) ?? [];
  return kind !== undefined && isKind(kind) && Number(id) <= foreign[counters[kind]];
};

/**
 * What the key of another project of the same account might show: the account's id and money as they are, other project ids, and of the
 * objects only those made with this key. The catalogue is everybody's, own images included.
 */
export const showOtherProject = (answer: unknown, request: RequestFacts, foreign: ForeignIds): unknown => {
  const kind = request.kind.slice(1);
  if (Array.isArray(answer) && isKind(kind))
    return answer.filter((row) => isRow(row) && Number(row['ID'] ?? row['Id']) > foreign[counters[kind]]);
  return withOtherIds(answer);
};

function isKind(kind: string): kind is keyof typeof counters {
  return Object.hasOwn(counters, kind);
}

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
