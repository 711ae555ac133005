import nodeFetch from 'node-fetch';
import { CloudError } from '#core/ports/cloud-provider.ts';
import type { NetworkAgents } from './network-agents.ts';
import { redact } from './redact.ts';
import { abortedBeforeSending, type ApiRequest, describeRequest, isWrite, NotSentError, type Send } from './transport.ts';

/** Largest answer that is read, bytes. A list of some thousand servers is a few megabytes. */
export const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

export interface SendOptions {
  /** `https://api.1cloud.ru`; a path and a trailing slash are kept and dropped. */
  readonly endpoint: string;
  /** Asked before each call, so a renewed token is taken up. */
  readonly token: () => string | Promise<string>;
  readonly version: string;
  readonly agents: () => NetworkAgents;
  readonly fetch?: typeof nodeFetch;
  /** Default {@link MAX_ANSWER_BYTES}. */
  readonly maxAnswerBytes?: number;
}

/**
 * The last link: one HTTP call with node-fetch, its body read to the end. The token is added here and nowhere else, and what
 * comes back as an error text is cleaned of it. Redirects are not followed: the token must not travel to another host.
 */
export function sendRequests(options: SendOptions): Send {
  const fetch = options.fetch ?? nodeFetch;
  const base = options.endpoint.replace(/\/+$/, '');
  return async (request) => {
    const token = await readToken(options, request);
    if (request.signal.aborted) throw abortedBeforeSending(request);
    const { reads, writes } = options.agents();
    try {
      const response = await fetch(base + request.path, {
        method: request.method,
        headers: {
          Accept: 'application/json',
          Authorization: `Bearer ${token}`,
          'User-Agent': `ict/${options.version}`,
          ...(request.body === undefined ? {} : { 'Content-Type': 'application/json; charset=utf-8' }),
        },
        body: request.body === undefined ? null : JSON.stringify(request.body),
        agent: isWrite(request) ? writes : reads,
        redirect: 'manual',
        signal: request.signal,
        size: options.maxAnswerBytes ?? MAX_ANSWER_BYTES,
      });
      const text = await response.text();
      const { headers, status, statusText } = response;
      return {
        status,
        statusText: redact(statusText, token),
        header: (name) => headers.get(name) ?? undefined,
        headers: Object.fromEntries(headers),
        text: response.ok ? text : redact(text, token),
      };
    } catch (failure) {
      throw classifyFailure(request, failure, token);
    }
  };
}

async function readToken(options: SendOptions, request: ApiRequest): Promise<string> {
  const name = describeRequest(request);
  const refuse = (why: string): CloudError => new NotSentError('unauthorized', `${name}: ${why}`, { request: name });
  let token: string;
  try {
    token = (await options.token()).trim();
  } catch {
    // Its message may quote the secret it could not decode.
    throw refuse('the token could not be read');
  }
  if (token === '') throw refuse('there is no token');
  if (!/^[\x21-\x7e]+$/.test(token)) throw refuse('the token holds characters that no token has');
  return token;
}

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
