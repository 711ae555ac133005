import { costOfServer, type Priced } from '#core/infra/prices/cost-of-server.ts';
import type { Address } from '#schemas/infra/names.ts';
import type { PriceTable } from '#schemas/infra/prices.ts';
import type { Change, Note, Refusal } from '#schemas/plan/plan.ts';
import type { ActualServer, DataCentre } from '#schemas/state/actual.ts';
import { t, tn } from '#schemas/text/text.ts';
import type { Match } from './match-objects.ts';
import type { PlanInput } from './plan-input.ts';
import { toServerValues } from './server-values.ts';

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

/** What the servers of the project cost a month, roubles, by the user's table. */
export interface MonthlyCost {
  /** Everything ict manages as it is now. */
  readonly before: number;
  /** The same once the plan is carried out: what the plan does not touch counts as it is. */
  readonly after: number;
  /** Servers without a price afterwards. */
  readonly unknown: number;
  /** Those of them that the plan makes or changes. */
  readonly unknownAdded: number;
}

/**
 * Prices a plan by what it does, a partial one included. Both sums are over the same servers: those of the file that exist, those that
 * are recorded and still there, and those the plan would make.
 */
export function priceChanges(
  { actual, ledger }: Pick<PlanInput, 'actual' | 'ledger'>,
  table: PriceTable,
  changes: readonly Change[],
  matches: ReadonlyMap<Address, Match<ActualServer>>,
): MonthlyCost {
  const centres = actual.catalog.dataCentres;
  const now = new Map<Address, Priced>();
  const byId = new Map(actual.servers.map((server) => [server.id, server]));
  for (const entry of Object.values(ledger.entries)) {
    const server = entry.kind === 'server' ? byId.get(entry.id) : undefined;
    if (server && entry.kind === 'server') now.set(entry.address, toServerValues(server, String, entry.values));
  }
  for (const [address, match] of matches)
    if ('remote' in match && !now.has(address)) now.set(address, toServerValues(match.remote, String));
  const then = new Map(now);
  const touched = new Set<Address>();
  for (const { address, steps } of changes) {
    for (const step of steps) {
      if (step.kind === 'delete-server') then.delete(address);
      else if (step.kind === 'create-server') then.set(address, step.spec);
      else if (step.kind === 'resize-server') then.set(address, { ...step.to, dc: now.get(address)?.dc ?? '' });
      else continue;
      touched.add(address);
    }
  }
  const after = sumCosts([...then.values()], table, centres);
  const ofPlan = sumCosts(
    [...then].flatMap(([address, priced]) => (touched.has(address) ? [priced] : [])),
    table,
    centres,
  );
  return {
    before: sumCosts([...now.values()], table, centres).roubles,
    after: after.roubles,
    unknown: after.unknown,
    unknownAdded: ofPlan.unknown,
  };
}

/**
 * Refuses a plan that makes the project dearer than its budget allows, or that makes or changes servers without a price. A plan that
 * costs no more than before is never refused: it would forbid the way back.
 */
export function checkBudget(cost: MonthlyCost | undefined, budget: number | undefined): Refusal[] {
  if (cost === undefined || budget === undefined) return [];
  if (cost.unknownAdded > 0) {
    return [
      {
        kind: 'over-budget',
        text: t(
          '{0} servers have no price in the table, so `monthly_budget` cannot be checked. Add a line for their data centre, pool and disk type.',
          cost.unknownAdded,
        ),
      },
    ];
  }
  if (cost.after <= budget || cost.after <= cost.before) return [];
  return [
    {
      kind: 'over-budget',
      text: t(
        'By your price table the servers would cost {0} RUB a month instead of {1}; `monthly_budget` is {2}. Raise it, or ask for less.',
        cost.after,
        cost.before,
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
