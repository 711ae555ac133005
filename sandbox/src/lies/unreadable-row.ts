import { variantOf } from '../faults/fault-names.ts';
import type { FaultRule, RequestFacts } from '../faults/fault-rule.ts';
import type { FaultSwitches } from '../faults/fault-switches.ts';
import { isAbout, isRow, type WireRow } from './wire-row.ts';

/** Paths whose answers are objects with an id and a name. */
const objectPaths = /^\/(?:server|network|publicnetwork|sshkey|image)(?:\/\{id\})?$/;

/**
 * Makes one row of a list, or the object asked for by its id, unreadable (`unreadable-row`): the row a rule names by id or name, else
 * the first.
 */
export const spoilRow = (value: unknown, request: RequestFacts, faults: FaultSwitches): unknown => {
  if (request.method !== 'GET' || !objectPaths.test(request.kind)) return value;
  return faults.takeAll('unreadable-row', request).reduce((answer, rule) => {
    if (!Array.isArray(answer)) return isRow(answer) && isAbout(rule, answer) ? spoil(answer, rule) : answer;
    const index = answer.findIndex((row) => isRow(row) && isAbout(rule, row));
    return answer.map((row: unknown, at) => (at === index && isRow(row) ? spoil(row, rule) : row));
  }, value);
};

function spoil(row: WireRow, rule: FaultRule): unknown {
  const variant = variantOf('unreadable-row', rule.as);
  switch (variant) {
    case 'null-name':
      return { ...row, ['Title' in row ? 'Title' : 'Name']: null };
    case 'no-cpu':
      return without(row, 'CPU', 'State');
    case 'text-id':
      return { ...without(row, 'ID', 'Id'), ID: `srv-${String(row['ID'] ?? row['Id'])}` };
    case 'string':
      return `#${String(row['ID'] ?? row['Id'])}`;
    default: {
      const unknown: never = variant;
      throw new Error(`Unknown variant ${String(unknown)}`);
    }
  }
}

function without(row: WireRow, ...names: readonly string[]): WireRow {
  return Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
}
