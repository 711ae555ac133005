import type { ValuePath } from '#core/infra/parse/position-tree.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { valueKindAt } from './value-kind.ts';

/** Unit and documented limits of a value, where its meaning does not say them already. */
export function limitsAt(path: ValuePath): Text | undefined {
  switch (valueKindAt(path)) {
    case 'core-count':
      return t('Documented: 1 to 8 cores.');
    case 'memory-size':
      return t('Documented: 512 MB, 768 MB, then whole gigabytes up to 16 GB; Windows needs at least 1 GB.');
    case 'disk-size':
      return t('Documented: 10 to 250 GB in steps of 10 GB; Windows needs at least 40 GB. A disk can only grow.');
    case 'cron':
      return t('Five fields: minute, hour, day of the month, month, weekday (0 and 7 are Sunday).');
    case 'duration':
      return t('Units: `s`, `m`, `h`, `d`.');
    case 'target-name':
      return t('Names of server entries, of single servers such as `web-1`, or of groups.');
    default:
      return undefined;
  }
}
