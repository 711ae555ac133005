import { CloudError } from '#core/ports/cloud-provider.ts';
import { describeRequest, isWrite, type Link, NotSentError } from './transport.ts';

/**
 * Turns a failure of a write into `answer-lost` unless it is certain that the write was not carried out. The API has no
 * idempotency key, so a write in doubt must be looked up, not repeated. Certain are a refusal (3xx, 4xx), 503, and a failure
 * before anything was sent. Not certain are a cut connection, a timeout, a cancellation on the way, and other 5xx.
 */
export const doubtWrites: Link = (next) => async (request) => {
  try {
    return await next(request);
  } catch (error) {
    if (!isWrite(request) || !(error instanceof CloudError) || isCertain(error)) throw error;
    const message = `${describeRequest(request)} may have been carried out: ${error.message}`;
    throw new CloudError('answer-lost', message, { ...error.details, cause: error });
  }
};

function isCertain(error: CloudError): boolean {
  const { status } = error.details;
  if (error instanceof NotSentError || status === 503) return true;
  return status !== undefined && status >= 300 && status < 500 && status !== 408;
}
