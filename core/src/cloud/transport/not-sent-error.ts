import { CloudError } from '#core/ports/cloud-provider.ts';
import { describeRequest, type ApiRequest } from './transport.ts';

/** A failure before a single byte of the request left: it is certain that nothing was carried out. */
export class NotSentError extends CloudError {}

/** The caller gave up while its request still waited for its turn. */
export const abortedBeforeSending = (request: ApiRequest): NotSentError =>
  new NotSentError('aborted', `${describeRequest(request)} was cancelled before it was sent`, { request: describeRequest(request) });
