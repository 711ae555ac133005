/** A line for the log, for developers: English, without secrets (the redactor stands behind it all the same). */
export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

export const silentLogger: Logger = { debug: () => undefined, warn: () => undefined };
