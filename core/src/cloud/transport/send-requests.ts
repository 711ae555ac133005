import nodeFetch from 'node-fetch';
import type { CloudError } from '#core/ports/cloud-provider.ts';
import { classifyFailure } from './classify-failure.ts';
import type { NetworkAgents } from './network-agents.ts';
import { abortedBeforeSending, NotSentError } from './not-sent-error.ts';
import { redact } from './redact.ts';
import { describeRequest, isWrite, type ApiRequest, type Send } from './transport.ts';

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
