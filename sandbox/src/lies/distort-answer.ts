import type { RequestFacts } from '../faults/fault-rule.ts';
import type { FaultSwitches } from '../faults/fault-switches.ts';
import { distortList } from './distort-list.ts';
import { makeHostile } from './hostile-text.ts';
import { showOtherProject } from './other-project.ts';
import { spoilRow } from './unreadable-row.ts';

/** What an answer became: its value, or "there is no such object". */
export type Distorted = { readonly kind: 'value'; readonly value: unknown } | { readonly kind: 'missing' };

/**
 * Passes the JSON of a successful answer through every fault that makes the cloud lie about its objects, in one order: whose objects
 * they are, which rows a list has, what the rows hold. So the faults combine freely. The state of the sandbox stays as it is.
 */
export const distortAnswer = (answer: unknown, request: RequestFacts, faults: FaultSwitches): Distorted => {
  const foreign = faults.take('other-project', request) === undefined ? undefined : showOtherProject(answer, request);
  if (foreign?.kind === 'missing') return foreign;
  const seen = foreign === undefined ? answer : foreign.value;
  const listed = Array.isArray(seen) ? distortList(seen, request, faults) : seen;
  return { kind: 'value', value: makeHostile(spoilRow(listed, request, faults), request, faults) };
};
