import type { FieldChange, FieldValue, Origin } from '#schemas/plan/plan.ts';
import type { NetworkValues } from '#schemas/state/values.ts';

/** As `serverFields` of the infra file, for networks. */
export const networkFields = { dc: 'dc', dhcp: 'dhcp' } as const satisfies Record<keyof NetworkValues, string>;

/**
 * Compares two states of an object field by field. The origin comes from a three-way comparison: a field that moved
 * away from what we recorded was changed by the file, by the panel, or by both.
 */
export function diffFields<Values extends Record<string, FieldValue>>(
  names: Readonly<Record<keyof Values & string, string>>,
  desired: Values,
  actual: Values,
  recorded: Values | undefined,
): FieldChange[] {
  const keys = Object.keys(names) as (keyof Values & string)[];
  return keys
    .filter((key) => !isSame(desired[key], actual[key]))
    .map((key) => ({
      field: names[key],
      desired: desired[key] as FieldValue,
      actual: actual[key] as FieldValue,
      ...(recorded === undefined ? {} : { recorded: recorded[key] as FieldValue }),
      origin: toOrigin(desired[key] as FieldValue, actual[key] as FieldValue, recorded?.[key]),
    }));
}

/** Equality of two field values; lists are compared as they stand, callers sort them. */
export function isSame(left: FieldValue | undefined, right: FieldValue | undefined): boolean {
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((item, index) => item === right[index]);
  return left === right;
}

function toOrigin(desired: FieldValue, actual: FieldValue, recorded: FieldValue | undefined): Origin {
  if (recorded === undefined) return 'unknown';
  if (isSame(recorded, actual)) return 'file';
  return isSame(recorded, desired) ? 'panel' : 'both';
}
