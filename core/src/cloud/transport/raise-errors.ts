import type { Clock } from '#core/ports/clock.ts';
import { CloudError, type CloudErrorCode } from '#core/ports/cloud-provider.ts';
import { describeErrorBody, readErrorText } from '#schemas/cloud/error-body.ts';
import { type ApiAnswer, type ApiRequest, describeRequest, isWrite, type Link, NotSentError } from './transport.ts';

/** Turns an answer outside 2xx into a `CloudError`. What is said: `Message`, else `ModelState`, else the text, else the status. */
export const raiseErrors =
  (clock: Clock): Link =>
  (next) =>
  async (request) => {
    const answer = await next(request);
    if (answer.status >= 200 && answer.status < 300) return answer;
    throw errorFromAnswer(request, answer, readDate(answer) ?? clock.now());
  };

/** The provider's own time: a date in `Retry-After` is of that clock, and ours may have been set to anything. */
function readDate(answer: ApiAnswer): number | undefined {
  const atMs = Date.parse(answer.header('date') ?? '');
  return Number.isNaN(atMs) ? undefined : atMs;
}

/** The error an answer outside 2xx means; `nowMs` is what a date in `Retry-After` is compared with, milliseconds since the epoch. */
export function errorFromAnswer(request: Pick<ApiRequest, 'method' | 'path'>, answer: ApiAnswer, nowMs: number): CloudError {
  const body = readErrorText(answer.text);
  const said = describeErrorBody(body);
  const name = describeRequest(request);
  const statusLine = `${answer.status} ${answer.statusText}`.trim();
  const retryAfterMs = parseRetryAfter(answer.header('retry-after'), nowMs);
  const details = {
    status: answer.status,
    request: name,
    ...(said === undefined ? {} : { providerMessage: said }),
    ...(body.fields === undefined ? {} : { fields: body.fields }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  };
  const message = `${name}: ${statusLine}${said === undefined ? '' : `: ${said}`}`;
  // 407 comes from a proxy on the way, which kept the request to itself.
  if (answer.status === 407) return new NotSentError('network', message, details);
  return new CloudError(codeOf(request, answer, said), message, details);
}

function codeOf(request: Pick<ApiRequest, 'method'>, answer: ApiAnswer, said: string | undefined): CloudErrorCode {
  if (!isWrite(request) && isGoneMessage(answer, said)) return 'not-found';
  switch (answer.status) {
    case 401:
      return 'unauthorized';
    case 402:
      return 'need-money';
    case 403:
      return 'forbidden';
    case 404:
    case 410:
      // A web page instead of the API's words comes from a wrong endpoint or a gateway: it must not make a server "gone".
      return isHtml(answer) ? 'invalid-answer' : 'not-found';
    case 408:
      return 'timeout';
    case 409:
    case 423:
      return 'conflict';
    case 429:
      return 'rate-limited';
    default:
      if (answer.status >= 500) return 'server-error';
      return answer.status >= 400 ? 'invalid-request' : 'invalid-answer';
  }
}

/**
 * A deleted server answers `Server not found`; the status beside it was never recorded (API reference, section 3.7). Exactly these
 * words in a refusal say that it is gone. Any other "not found", and one in a failure of the provider's own (5xx), may be about
 * something else, so it says nothing about the object.
 */
const isGoneMessage = (answer: ApiAnswer, said: string | undefined): boolean =>
  answer.status >= 400 &&
  answer.status < 500 &&
  answer.text.trimStart().startsWith('{') &&
  said?.trim().toLowerCase() === 'server not found';

/** A web page where JSON was due. */
export const isHtml = (answer: ApiAnswer): boolean =>
  /\bhtml\b/i.test(answer.header('content-type') ?? '') || /^\s*<(?:!doctype|html)/i.test(answer.text);

/**
 * Reads a `Retry-After` header: whole seconds or an HTTP date. Gives milliseconds from now, never negative; undefined for
 * anything else.
 */
export function parseRetryAfter(value: string | undefined, nowMs: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  // A date starts with its weekday; without this check `Date.parse` would take "-5" or "1.5" for a year or a month.
  if (!/^[A-Za-z]{3,9},? /.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
}
