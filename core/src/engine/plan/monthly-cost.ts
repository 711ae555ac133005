import { costOfServer, type Priced } from '#core/infra/prices/cost-of-server.ts';
import type { PriceTable } from '#schemas/infra/prices.ts';
import type { Note, Refusal } from '#schemas/plan/plan.ts';
import type { DataCentre } from '#schemas/state/actual.ts';
import { t, tn } from '#schemas/text/text.ts';

/** Cost of many servers, and how many of them no line of the table fits. */
export function sumCosts(
  servers: readonly Priced[],
  table: PriceTable,
  centres: readonly DataCentre[],
): { roubles: number; unknown: number } {
  const costs = servers.map((server) => costOfServer(server, table, centres));
  const known = costs.filter((cost) => cost !== undefined);
  return { roubles: Math.round(known.reduce((sum, cost) => sum + cost, 0) * 100) / 100, unknown: costs.length - known.length };
}

/** Refuses a plan after which the file's servers would cost more than its budget, or cannot be priced at all. */
export function checkBudget(after: { roubles: number; unknown: number } | undefined, budget: number | undefined): Refusal[] {
  if (after === undefined || budget === undefined) return [];
  if (after.unknown > 0) {
    return [
      {
        kind: 'over-budget',
        text: t(
          '{0} servers have no price in the table, so `monthly_budget` cannot be checked. Add a line for their data centre, pool and disk type.',
          after.unknown,
        ),
      },
    ];
  }
  if (after.roubles <= budget) return [];
  return [
    {
      kind: 'over-budget',
      text: t(
        'The servers of the file would cost {0} RUB a month by your price table; `monthly_budget` is {1}. Raise it, or ask for less.',
        after.roubles,
        budget,
      ),
    },
  ];
}

/** Days in a month, as the vendor's own calculator counts them: 720 hours (API reference, section 5). */
const DAYS_PER_MONTH = 30;

/** The panel wants a week's money for big orders (API reference, section 12); below that a plan says how long it lasts. */
const COVERED_DAYS = 7;

/** Warns when the balance would not carry the servers of the file for a week. */
export function noteBalance(roublesAMonth: number, balance: number | undefined): Note[] {
  if (balance === undefined || roublesAMonth === 0) return [];
  const days = Math.max(0, Math.floor(balance / (roublesAMonth / DAYS_PER_MONTH)));
  if (days >= COVERED_DAYS) return [];
  const text = tn(
    days,
    'the balance ({1} RUB) covers {0} day of the servers in the file, by your price table',
    'the balance ({1} RUB) covers {0} days of the servers in the file, by your price table',
    balance,
  );
  return [{ code: 'balance-low', level: 'warning', text }];
}
