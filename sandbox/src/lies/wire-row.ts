import type { FaultRule } from '../faults/fault-rule.ts';

/** An object of an answer, before a fault has changed it. */
export type WireRow = Readonly<Record<string, unknown>>;

/** Whether a value of an answer is an object. */
export const isRow = (value: unknown): value is WireRow => typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a rule is about this object: by its id, by its name, or about every one when the rule has neither. */
export const isAbout = ({ id, objectName }: FaultRule, value: unknown): boolean => {
  if (id === undefined && objectName === undefined) return true;
  if (!isRow(value)) return false;
  return (id !== undefined && idOf(value) === id) || (objectName !== undefined && nameOf(value) === objectName);
};

/** Public networks have `Id`, everything else `ID`. */
const idOf = (row: WireRow): unknown => row['ID'] ?? row['Id'];

/** Keys have a `Title`; data centres are known by their technical name. */
const nameOf = (row: WireRow): unknown => row['TechTitle'] ?? row['Name'] ?? row['Title'];
