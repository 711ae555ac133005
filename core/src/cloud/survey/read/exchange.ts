/** One GET as it went: what checks and transcripts are made from. */
export interface Exchange {
  readonly path: string;
  /** 0: no answer came. */
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Milliseconds of the last attempt. */
  readonly elapsedMs: number;
  /** The parsed answer; undefined when it was empty or no JSON. */
  readonly body: unknown;
  /** Characters of an answer that is no JSON. */
  readonly otherBytes?: number;
  /** Attempts before the last one that were answered. */
  readonly earlier?: readonly EarlierAttempt[];
}

/** An attempt that the transport repeated: too many requests, or a failure of the server. */
export interface EarlierAttempt {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Parses an answer's text; a text that is no JSON is kept as its length alone, since nobody knows what is in it. */
export const toBody = (text: string): Pick<Exchange, 'body' | 'otherBytes'> => {
  if (text.trim() === '') return { body: undefined };
  try {
    return { body: JSON.parse(text) as unknown };
  } catch {
    return { body: undefined, otherBytes: text.length };
  }
};

/** An object of an answer. */
export type Row = Readonly<Record<string, unknown>>;

/** Whether a value of an answer is an object. */
export const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The objects of a list, other rows left out. */
export const rowsOf = (body: unknown): readonly Row[] => (Array.isArray(body) ? body.filter(isRow) : []);

/** The id of an object: public networks have `Id`. */
export const idOf = (row: Row): unknown => row['ID'] ?? row['Id'];
