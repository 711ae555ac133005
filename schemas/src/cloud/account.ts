import * as z from 'zod';
import { orAbsent, wireInt, wireList, wireNumber, withUpperCaseId } from './wire-values.ts';

/** Money of one project, roubles [client]. */
export const wireProjectBalance = z.looseObject({
  ProjectId: orAbsent(wireInt),
  Balance: orAbsent(z.looseObject({ Real: orAbsent(wireNumber), Bonus: orAbsent(wireNumber), Test: orAbsent(wireNumber) })),
});

/**
 * GET `/account` [client], which clients use as the health check of a token. `Balance` was announced as removed in 2020: absent
 * says nothing about the money, read `/customer/balance`.
 */
export const wireAccount = z.preprocess(
  withUpperCaseId,
  z.looseObject({
    ID: orAbsent(wireInt),
    FirstName: orAbsent(z.string()),
    LastName: orAbsent(z.string()),
    Email: orAbsent(z.string()),
    Balance: orAbsent(wireNumber),
    BalanceTillDateUtc: orAbsent(z.string()),
    ProjectBalances: wireList(wireProjectBalance),
  }),
);
export type WireAccount = z.output<typeof wireAccount>;

/**
 * GET `/customer/balance`: a JSON string with a number in it, `"123.45"`; two clients strip the quotes [client]. A comma is read as
 * the decimal point, thousands may be set apart by spaces, and a bare number is taken too [inferred]. Roubles.
 */
export const wireBalance = z.union([z.number(), z.string().transform((value) => value.replace(/["\s\u00a0\u202f]/g, ''))]).pipe(wireNumber);
export type WireBalance = z.output<typeof wireBalance>;
