import type { ReadFailure } from '#schemas/metrics/metrics-event.ts';

/** A page could not be read. `message` is for logs. */
export class ReadError extends Error {
  override readonly name = 'ReadError';
  readonly code: ReadFailure;

  constructor(code: ReadFailure, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}
