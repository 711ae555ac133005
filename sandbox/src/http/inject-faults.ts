import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { FaultSwitches } from '../faults/fault-switches.ts';
import { distortAnswer } from '../lies/distort-answer.ts';
import { makeHostile } from '../lies/hostile-text.ts';
import { isForeignObject } from '../lies/other-project.ts';
import { toRussian } from '../lies/russian-messages.ts';
import { notFound } from '../errors/api-error.ts';
import type { SandboxContext } from '../context/sandbox-context.ts';
import type { RequestContext } from './sandbox-app.ts';

const SLOW_MS = 1_000;
const RETRY_AFTER_SECONDS = 1;
/** About something else than the object that was asked for: a client that matches on the words takes it for gone. */
const NOT_FOUND_ELSEWHERE = 'An error has occurred. vCloud session was not found.';
const htmlHeaders = { 'content-type': 'text/html; charset=utf-8' };
const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };

/** Faults that strike before the request is looked at: nothing is accepted then. `slow` waits real time, whatever the clock. */
export const strikeBefore = async (c: RequestContext, { faults, foreign }: SandboxContext): Promise<Response | undefined> => {
  const request = c.get('facts');
  const slow = faults.take('slow', request);
  if (slow !== undefined) await sleep(slow.ms ?? SLOW_MS);
  if (faults.take('reset-before-accept', request) !== undefined) return resetConnection(c);
  const limit = faults.take('rate-limit', request);
  if (limit !== undefined) {
    c.header('Retry-After', String(limit.retryAfter ?? RETRY_AFTER_SECONDS));
    return c.json({ Message: 'Too many requests.' }, 429);
  }
  const broken = faults.take('server-error', request);
  if (broken !== undefined) return htmlPage(broken.status ?? 500, 'Server Error in Application');
  const lost = faults.take('says-not-found', request);
  if (lost !== undefined) return jsonAnswer(lost.status ?? 500, { Message: lost.message ?? NOT_FOUND_ELSEWHERE });
  if (foreign !== undefined && isForeignObject(request, foreign) && faults.take('other-project', request) !== undefined) {
    return jsonAnswer(404, notFound(nounOf(request.kind)).toBody());
  }
  return undefined;
};

/** Faults that spoil the answer of a request that was carried out. */
export const strikeAfter = async (c: RequestContext, context: SandboxContext, routed: Response): Promise<Response> => {
  const { faults } = context;
  const request = c.get('facts');
  const answer = routed.status < 400 ? await distort(c, context, routed) : routed;
  if (answer.status >= 400) return refuse(c, faults, answer);
  const slow = faults.take('slow-accept', request);
  if (slow !== undefined) await sleep(slow.ms ?? SLOW_MS);
  if (faults.take('reset-after-accept', request) !== undefined) return resetConnection(c);
  if (faults.take('empty-body', request) !== undefined) return new Response(null, { status: answer.status });
  if (faults.take('non-json', request) !== undefined) {
    return new Response('OK', { status: answer.status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  }
  if (faults.take('error-as-200', request) !== undefined) return jsonAnswer(answer.status, { Message: 'An error has occurred.' });
  return answer;
};

/** Cuts the connection with a RST, so that the client sees a reset rather than an end. */
export const resetConnection = (c: RequestContext): Response => {
  c.env.incoming.socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
};

/** What the lying faults make of a JSON answer; any other answer passes. */
async function distort(c: RequestContext, { faults, foreign }: SandboxContext, answer: Response): Promise<Response> {
  const text = faults.list().length === 0 || !isJson(answer) ? '' : await answer.clone().text();
  if (text === '') return answer;
  return jsonAnswer(answer.status, distortAnswer(JSON.parse(text) as unknown, c.get('facts'), faults, foreign));
}

/** Faults of refusals: as a page, in Russian, with hostile text, or with a status that says nothing was wrong. */
async function refuse(c: RequestContext, faults: FaultSwitches, answer: Response): Promise<Response> {
  const request = c.get('facts');
  if (faults.take('html-error', request) !== undefined) return htmlPage(answer.status, 'The request could not be served');
  if (!isJson(answer) || faults.list().length === 0) return answer;
  const russian = faults.take('russian-errors', request);
  const body: unknown = JSON.parse(await answer.clone().text());
  const spoken = jsonAnswer(russian?.status ?? answer.status, makeHostile(russian === undefined ? body : toRussian(body), request, faults));
  if (faults.take('refusal-as-200', request) === undefined) return spoken;
  return new Response(await spoken.text(), { status: 200, headers: spoken.headers });
}

function nounOf(kind: string): Parameters<typeof notFound>[0] {
  return kind.startsWith('/server') ? 'Server' : kind.startsWith('/sshkey') ? 'SSH key' : 'Network';
}

function isJson(answer: Response): boolean {
  return answer.headers.get('content-type')?.includes('json') === true;
}

function jsonAnswer(status: number, value: unknown): Response {
  return new Response(JSON.stringify(value), { status, headers: jsonHeaders });
}

function htmlPage(status: number, title: string): Response {
  const page = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return new Response(page, { status, headers: htmlHeaders });
}
