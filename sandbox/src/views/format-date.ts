/** Moscow, all year: the provider's dates without an offset are in it. */
const MOSCOW_MS = 3 * 3_600_000;

/** `2019-02-02T21:17:11.64`: Moscow time without an offset, trailing zeros of the fraction cut; the form of stored objects. */
export const formatStoredDate = (epochMs: number): string => {
  const [seconds = '', fraction = ''] = new Date(epochMs + MOSCOW_MS).toISOString().replace('Z', '').split('.');
  const digits = fraction.replace(/0+$/, '');
  return digits === '' ? seconds : `${seconds}.${digits}`;
};

/** `2023-06-19T09:00:00`: UTC without an offset, to the second; what the name `BalanceTillDateUtc` promises. */
export const formatUtcDate = (epochMs: number): string => new Date(epochMs).toISOString().replace(/\.\d+Z$/, '');

/** `2023-05-13T16:57:15.495094+03:00`: with microseconds and an offset; the form of the create answer. */
export const formatCreateDate = (epochMs: number): string =>
  `${new Date(epochMs + MOSCOW_MS).toISOString().replace('Z', '')}000+03:00`.replace(/0+(?=\+)/, '').replace('.+', '+');
