import { t, type Text } from '#schemas/text/text.ts';
import { type FigureTable, findBeginning, rangeSeconds } from '../charts/figure-table.ts';
import type { FigureFormat } from '../charts/format-figures.ts';
import type { DashboardRange, DashboardServer } from '#schemas/protocol/dashboard.ts';

export interface Emptiness {
  /** Undefined: the project has not been read yet. */
  readonly servers: readonly DashboardServer[] | undefined;
  /** Undefined: the history has not been read yet. */
  readonly table: FigureTable | undefined;
  readonly range: DashboardRange;
  readonly nowSeconds: number;
}

/** Why there is nothing to see, or less than was asked for, and what to do; undefined when all of it is there. */
export function describeEmptiness({ servers, table, range, nowSeconds }: Emptiness, format: FigureFormat): Text | undefined {
  if (!servers) return t('The project is being read…');
  if (servers.length === 0) return t('There are no servers here yet. Apply creates those of the file.');
  if (!table) return t('The history is being read…');
  const beginning = findBeginning(table);
  if (beginning === undefined)
    return t(
      'Nothing is known of these servers in this range of time. An agent on each server tells its metrics: Apply installs it on new servers, Deploy on any. What is seen is kept while the servers view or a dashboard is open.',
    );
  // A little late is how every history begins.
  if (beginning - (nowSeconds - rangeSeconds[range]) <= rangeSeconds[range] / 20) return undefined;
  return t('What is known begins at {0}.', format.moment(beginning * 1000, nowSeconds * 1000));
}
