import * as z from 'zod';

/** What the provider said about a failed call. Both may be missing: a body may be empty or no JSON at all [client]. */
export interface WireErrorBody {
  readonly message?: string;
  /** Field → messages; the key `""` is the whole request, keys may be dotted (`model.Name`) [client: panel]. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
}

const messages = z.union([z.array(z.string()), z.string().transform((one) => [one])]);

const errorObject = z
  .looseObject({
    Message: z.string().nullish().catch(undefined),
    ModelState: z.record(z.string(), messages).nullish().catch(undefined),
  })
  .transform(({ Message, ModelState }): WireErrorBody => ({
    ...(Message === undefined || Message === null || Message === '' ? {} : { message: Message }),
    ...(ModelState === undefined || ModelState === null || Object.keys(ModelState).length === 0 ? {} : { fields: ModelState }),
  }));

/**
 * A parsed error body: `{Message}` [client], `{Message, ModelState}` [client: panel, inferred on the API], or a JSON document of
 * this form inside a JSON string [client: panel]. Anything else says nothing and becomes an empty object.
 */
export const wireErrorBody = z.preprocess(unwrapJsonString, z.union([errorObject, z.unknown().transform((): WireErrorBody => ({}))]));

/** Longest piece of a text body that is kept as a message, characters. */
const TEXT_LIMIT = 300;

/**
 * Reads the text of an error answer in the order `Message` → `ModelState` → text → nothing; an HTML page is cut down to its words.
 * Never match on the wording, except on "not found" without regard to case.
 */
export const readErrorText = (text: string): WireErrorBody => {
  const parsed = parseJson(text);
  if (parsed !== undefined) {
    const body = wireErrorBody.parse(parsed.value);
    if (body.message !== undefined || body.fields !== undefined) return body;
    if (typeof parsed.value !== 'string') return {};
    return shorten(parsed.value);
  }
  return shorten(text.replace(/<(style|script)\b.*?<\/\1>/gis, ' ').replace(/<[^>]*>/g, ' '));
};

/** One line for people and logs: the message, else the first field's, else undefined. */
export const describeErrorBody = (body: WireErrorBody): string | undefined => {
  const fields = Object.entries(body.fields ?? {}).flatMap(([field, lines]) =>
    lines.map((line) => (field === '' ? line : `${field}: ${line}`)),
  );
  return [...(body.message === undefined ? [] : [body.message]), ...fields].join(' ') || undefined;
};

function unwrapJsonString(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  return parseJson(value)?.value ?? value;
}

function parseJson(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

function shorten(text: string): WireErrorBody {
  const words = text.replace(/\s+/g, ' ').trim();
  return words === '' ? {} : { message: words.length > TEXT_LIMIT ? `${words.slice(0, TEXT_LIMIT)}…` : words };
}
