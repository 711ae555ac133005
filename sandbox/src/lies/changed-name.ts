import { variantOf } from '../faults/fault-names.ts';
import type { RequestFacts } from '../faults/fault-rule.ts';
import type { FaultSwitches } from '../faults/fault-switches.ts';

/** Length to which `rename-on-create=as=trimmed` cuts a name, characters. */
const TRIMMED_LENGTH = 4;

/** The name a new object is stored under: as it was sent, unless `rename-on-create` strikes. */
export const nameToStore = (name: string, request: RequestFacts, faults: FaultSwitches): string => {
  const rule = faults.take('rename-on-create', request);
  if (rule === undefined) return name;
  const variant = variantOf('rename-on-create', rule.as);
  switch (variant) {
    case 'underscore':
      return name.replaceAll('-', '_');
    case 'lower':
      return name.toLowerCase();
    case 'upper':
      return name.toUpperCase();
    case 'trimmed':
      return name.slice(0, TRIMMED_LENGTH);
    case 'suffix':
      return `${name}-1`;
    default: {
      const unknown: never = variant;
      throw new Error(`Unknown variant ${String(unknown)}`);
    }
  }
};
