/** A date of the provider: its own text, and the moment it means. */
export interface WireMoment {
  /** The text as it came, for showing and for logs. */
  readonly raw: string;
  /** Milliseconds since the epoch; undefined for a text that is no date and for the zero date `0001-01-01`. */
  readonly epochMs: number | undefined;
}

const MOSCOW = '+03:00';
const shape = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,7}))?(Z|[+-]\d{2}:\d{2})?$/;

/**
 * Reads both forms of the provider's dates: with an offset (`2023-05-13T16:57:15.495094+03:00`, in the create answer) and without
 * (`2019-02-02T21:17:11.64`, on stored objects); 0 to 7 digits of fraction [client, obs. 2023]. No offset is taken as Moscow time
 * [inferred], so never order dates of different kinds by it.
 */
export const parseWireDate = (raw: string): WireMoment => {
  const match = shape.exec(raw.trim());
  if (match === null) return { raw, epochMs: undefined };
  const [, seconds, fraction = '', offset = MOSCOW] = match;
  const epochMs = Date.parse(`${seconds}.${fraction.padEnd(3, '0').slice(0, 3)}${offset}`);
  return { raw, epochMs: Number.isNaN(epochMs) || seconds?.startsWith('0001-') ? undefined : epochMs };
};
