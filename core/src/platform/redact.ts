/** Hides secrets wherever text leaves the program: log, events, streams. */
export type Redact = (text: string) => string;

/** Shorter values are too common to be hidden without mangling ordinary text. */
const MIN_LENGTH = 6;

const MASK = '***';

/** Makes the redactor for the secrets known so far; `secrets` is asked each time, so that later ones are hidden too. */
export function createRedactor(secrets: () => Iterable<string>): Redact {
  return (text) => {
    let result = text;
    for (const secret of secrets()) if (secret.length >= MIN_LENGTH) result = result.replaceAll(secret, MASK);
    return result.replace(/(authorization:?\s*bearer\s+)\S+/gi, `$1${MASK}`);
  };
}
