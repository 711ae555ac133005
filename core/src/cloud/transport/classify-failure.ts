import { CloudError } from '#core/ports/cloud-provider.ts';
import { NotSentError } from './not-sent-error.ts';
import { redact } from './redact.ts';
import { describeRequest, type ApiRequest } from './transport.ts';

/** Connection never came about: no byte of the request was sent. */
const unsentCodes = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_FAIL',
  'EAI_NODATA',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);
const tlsCode =
  /^(?:ERR_TLS_|ERR_SSL_|CERT_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|CRL_|HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH)/;
/** Node's words for a connection cut during the TLS handshake; its code is the same as for one cut later. */
const handshakeCut = /before secure TLS connection was established/i;

/** What a failed fetch means. The original error is not kept: it may hold headers; its code and redacted message are. */
export function classifyFailure(request: ApiRequest, failure: unknown, token: string): CloudError {
  const name = describeRequest(request);
  const { code, syscall, type, message } = readFailure(failure, token);
  const text = `${name}: ${message}`;
  const details = { request: name, cause: Object.assign(new Error(message), code === undefined ? {} : { code }) };
  if (request.signal.aborted) return new CloudError('aborted', `${name} was cancelled`, { request: name });
  if (type === 'max-size') return new CloudError('invalid-answer', `${name}: the answer is too large`, details);
  if (code !== undefined && tlsCode.test(code)) return new NotSentError('tls', text, details);
  const isUnsent = handshakeCut.test(message) || syscall === 'connect' || (code !== undefined && unsentCodes.has(code));
  return isUnsent ? new NotSentError('network', text, details) : new CloudError('network', text, details);
}

/** The fields of node-fetch's `FetchError` that are read; everything else is left behind. */
function readFailure(failure: unknown, token: string): { code?: string; syscall?: string; type?: string; message: string } {
  const fields: Record<string, unknown> = typeof failure === 'object' && failure !== null ? { ...failure } : {};
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const [code, syscall, type] = [text(fields['code']), text(fields['erroredSysCall']), text(fields['type'])];
  return {
    ...(code === undefined ? {} : { code }),
    ...(syscall === undefined ? {} : { syscall }),
    ...(type === undefined ? {} : { type }),
    message: redact(failure instanceof Error ? failure.message : 'the request failed', token),
  };
}
