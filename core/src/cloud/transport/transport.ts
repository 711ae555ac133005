import { CloudError } from '#core/ports/cloud-provider.ts';

/** One call of the REST API, before it has a token or a host. */
export interface ApiRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/server/12`: never a query, never a secret; it stands in logs and errors. */
  readonly path: string;
  /** Sent as JSON. */
  readonly body?: unknown;
  readonly signal: AbortSignal;
}

/** An answer with its whole body, still unparsed. */
export interface ApiAnswer {
  readonly status: number;
  readonly statusText: string;
  /** Value of a header, its name in any case. */
  readonly header: (name: string) => string | undefined;
  /** All headers, names in lower case; missing where nobody needs them. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly text: string;
}

/** Carries a request out. Throws `CloudError` only. */
export type Send = (request: ApiRequest) => Promise<ApiAnswer>;

/** One link of the chain: does its part and hands the request to the next. */
export type Link = (next: Send) => Send;

/** A call that changes something: repeating it can do harm. */
export const isWrite = (request: Pick<ApiRequest, 'method'>): boolean => request.method !== 'GET';

/** The call's name in logs and errors. */
export const describeRequest = (request: Pick<ApiRequest, 'method' | 'path'>): string => `${request.method} ${request.path}`;

/** A failure before a single byte of the request left: it is certain that nothing was carried out. */
export class NotSentError extends CloudError {}

/** The caller gave up while its request still waited for its turn. */
export const abortedBeforeSending = (request: ApiRequest): NotSentError =>
  new NotSentError('aborted', `${describeRequest(request)} was cancelled before it was sent`, { request: describeRequest(request) });
