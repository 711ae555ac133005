import { CloudError, type CloudErrorCode } from '#core/ports/cloud-provider.ts';

/** What a look at something remote means for the one who waits for it. */
export type Verdict<Result> =
  | { readonly kind: 'done'; readonly result: Result }
  /** Not yet. `state` is the provider's own word, for people. */
  | { readonly kind: 'wait'; readonly state: string };

export const done = <Result>(result: Result): Verdict<Result> => ({ kind: 'done', result });
export const waitFor = (state: string): Verdict<never> => ({ kind: 'wait', state });

/** Failures that may be over by the next look. */
const passing: ReadonlySet<CloudErrorCode> = new Set(['network', 'timeout', 'rate-limited', 'server-error', 'invalid-answer']);
/** Looks that may fail in a row; each has already been repeated by the transport. */
const MAX_FAILED_LOOKS = 3;

/** A task runs on while the connection is bad, so a failed look is forgiven a few times before the wait fails. */
export const isForgiven = (error: unknown, failedInARow: number): boolean =>
  error instanceof CloudError && passing.has(error.code) && failedInARow < MAX_FAILED_LOOKS;

/** The next pause of a wait: it grows gently, to three times the first. */
export const nextIntervalMs = (currentMs: number, firstMs: number): number => Math.min(currentMs * 1.2, firstMs * 3);

/** A wait that ran out of time. */
export const taskTimeout = (what: string, timeoutMs: number, state: string): CloudError =>
  new CloudError('task-timeout', `${what}: still "${state}" after ${timeoutMs} ms`, state === '' ? {} : { providerMessage: state });

/** A wait that the caller gave up; what was waited for goes on in the cloud. */
export const abortedWait = (what: string, state: string): CloudError =>
  new CloudError('aborted', `${what}: stopped waiting, it goes on in the cloud`, state === '' ? {} : { providerMessage: state });
