import type { RequestFacts } from '../faults/fault-rule.ts';
import type { FaultSwitches } from '../faults/fault-switches.ts';
import { distortList } from './distort-list.ts';
import { makeHostile } from './hostile-text.ts';
import { type ForeignIds, showOtherProject } from './other-project.ts';
import { spoilRow } from './unreadable-row.ts';

/**
 * Passes the JSON of a successful answer through every fault that makes the cloud lie about its objects, in one order: whose objects
 * they are, which rows a list has, what the rows hold. So the faults combine freely. The state of the sandbox stays as it is.
 */
export const distortAnswer = (answer: unknown, request: RequestFacts, faults: FaultSwitches, foreign: ForeignIds | undefined): unknown => {
  const isOther = foreign !== undefined && !request.kind.includes('{id}') && faults.take('other-project', request) !== undefined;
  const seen = isOther ? showOtherProject(answer, request, foreign) : answer;
  const listed = Array.isArray(seen) ? distortList(seen, request, faults) : seen;
  return makeHostile(spoilRow(listed, request, faults), request, faults);
};
