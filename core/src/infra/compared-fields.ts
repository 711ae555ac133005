import type { ServerValues } from '#schemas/state/values.ts';
import type { InheritedField } from './expand/expanded-infra.ts';

/** The field of an entry for each value of a server that is compared with the panel: what users write, and read in a plan. */
export const serverFields = {
  dc: 'dc',
  pool: 'pool',
  image: 'image',
  cpu: 'cpu',
  ramMb: 'ram',
  diskGb: 'disk',
  diskType: 'disk_type',
  networks: 'networks',
  power: 'power',
} as const satisfies Record<keyof ServerValues, InheritedField>;

/** The values of a server that are compared. */
export const comparedValues = Object.keys(serverFields) as readonly (keyof ServerValues)[];
