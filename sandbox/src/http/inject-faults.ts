import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { FaultSwitches } from '../faults/fault-switches.ts';
import type { SandboxContext } from './sandbox-app.ts';

const SLOW_MS = 1_000;
const RETRY_AFTER_SECONDS = 1;
const htmlHeaders = { 'content-type': 'text/html; charset=utf-8' };

/** Faults that strike before the request is looked at: nothing is accepted then. `slow` waits real time, whatever the clock. */
export const strikeBefore = async (c: SandboxContext, faults: FaultSwitches): Promise<Response | undefined> => {
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
  return undefined;
};

/** Faults that spoil the answer of a request that was carried out. */
export const strikeAfter = (c: SandboxContext, faults: FaultSwitches, answer: Response): Response => {
  const request = c.get('facts');
  if (answer.status >= 400) {
    return faults.take('html-error', request) === undefined ? answer : htmlPage(answer.status, 'The request could not be served');
  }
  if (faults.take('reset-after-accept', request) !== undefined) return resetConnection(c);
  if (faults.take('empty-body', request) !== undefined) return new Response(null, { status: answer.status });
  if (faults.take('non-json', request) !== undefined) {
    return new Response('OK', { status: answer.status, headers: { 'content-type': 'text/plain; charset=utf-8' } });
  }
  return answer;
};

/** Cuts the connection with a RST, so that the client sees a reset rather than an end. */
function resetConnection(c: SandboxContext): Response {
  c.env.incoming.socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}

function htmlPage(status: number, title: string): Response {
  const page = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return new Response(page, { status, headers: htmlHeaders });
}
