import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CloudErrorCode } from '#core/ports/cloud-provider.ts';
import { answer, fakeSend, request } from '#test/cloud/fake-send.ts';
import { createScriptedClock } from '#test/cloud/scripted-clock.ts';
import { errorFromAnswer, isHtml, parseRetryAfter, raiseErrors } from './raise-errors.ts';
import { NotSentError } from './transport.ts';

const html = '<!DOCTYPE html><html><head><title>404</title></head><body><h1>Page not found</h1></body></html>';
const read = { method: 'GET' as const, path: '/server/5' };
const write = { method: 'POST' as const, path: '/server/5/action' };

describe('errorFromAnswer', () => {
  test.each<[number, CloudErrorCode]>([
    [301, 'invalid-answer'],
    [400, 'invalid-request'],
    [401, 'unauthorized'],
    [402, 'need-money'],
    [403, 'forbidden'],
    [404, 'not-found'],
    [405, 'invalid-request'],
    [407, 'network'],
    [408, 'timeout'],
    [409, 'conflict'],
    [410, 'not-found'],
    [415, 'invalid-request'],
    [423, 'conflict'],
    [429, 'rate-limited'],
    [500, 'server-error'],
    [502, 'server-error'],
    [503, 'server-error'],
    [599, 'server-error'],
  ])('%i is %s', (status, code) => {
    expect(errorFromAnswer(write, answer(status), 0)).toMatchObject({ code, details: { status, request: 'POST /server/5/action' } });
  });

  test.each<[string, number, unknown, CloudErrorCode]>([
    ['in the recorded words of a refusal', 400, { Message: 'Server not found' }, 'not-found'],
    ['not by a failure of the provider: its words may be about anything', 500, { Message: 'Server not found' }, 'server-error'],
    ['not by other words: the session may be what is missing', 400, { Message: 'vCloud session was not found.' }, 'invalid-request'],
    ['not in another language without a status that says so', 400, { Message: 'Сервер не найден' }, 'invalid-request'],
    ['in any language with such a status', 404, { Message: 'Сервер не найден' }, 'not-found'],
    ['in any case', 400, { Message: 'SERVER NOT FOUND' }, 'not-found'],
    ['but not a web page: a server must not vanish because of a gateway', 404, html, 'invalid-answer'],
    ['nor a web page with another status', 500, html, 'server-error'],
    ['an empty 404 is the API itself', 404, '', 'not-found'],
    ['a refused token stays refused', 401, { Message: 'User not found' }, 'unauthorized'],
  ])('a read is missing: %s', (_reason, status, body, code) => {
    expect(errorFromAnswer(read, answer(status, body), 0).code).toBe(code);
  });

  test('a write that names something missing is a wrong request, not a missing server', () => {
    expect(errorFromAnswer(write, answer(400, { Message: 'Network not found' }), 0).code).toBe('invalid-request');
  });

  test('a proxy that wants a password kept the request to itself', () => {
    expect(errorFromAnswer(write, answer(407), 0)).toBeInstanceOf(NotSentError);
  });

  test('tells the fields of a ModelState', () => {
    const error = errorFromAnswer(
      write,
      answer(400, { Message: 'The request is invalid.', ModelState: { RAM: ['too much', 'too odd'] } }),
      0,
    );
    expect(error.details.fields).toEqual({ RAM: ['too much', 'too odd'] });
    expect(error.details.providerMessage).toContain('The request is invalid.');
    expect(error.message).toMatch(/^POST \/server\/5\/action: 400: The request is invalid\./);
  });

  test.each([
    ['the message', { Message: 'No money' }, 'No money'],
    ['the words of a web page', '<html><body><h1>Server  Error</h1></body></html>', 'Server Error'],
    ['the bare text', 'Service is closed', 'Service is closed'],
    ['nothing where there is nothing', '', undefined],
    ['nothing from JSON of another kind, which could hold anything', { AdminPassword: 'Ab12Cd34' }, undefined],
  ])('says %s', (_reason, body, expected) => {
    const { details, message } = errorFromAnswer(write, answer(500, body), 0);
    expect(details.providerMessage).toBe(expected);
    expect(message).not.toContain('Ab12Cd34');
  });

  test('shortens what is long', () => {
    expect(errorFromAnswer(write, answer(500, 'x'.repeat(5000)), 0).message.length).toBeLessThan(500);
  });

  test('reads how long to wait', () => {
    const error = errorFromAnswer(write, answer(429, '', { 'retry-after': 'Thu, 01 Jan 1970 00:01:00 GMT' }), 15_000);
    expect(error.details.retryAfterMs).toBe(45_000);
  });
});

describe('raiseErrors', () => {
  test.each([0, 1e12, 4e12])(
    'compares a date in Retry-After with the date of the same answer, whatever our clock says: %d',
    async (nowMs) => {
      const headers = { date: 'Thu, 01 Jan 2026 00:00:00 GMT', 'retry-after': 'Thu, 01 Jan 2026 00:00:20 GMT' };
      const sent = raiseErrors(createScriptedClock(nowMs))(fakeSend(answer(429, '', headers)).send)(request());
      await expect(sent).rejects.toMatchObject({ details: { retryAfterMs: 20_000 } });
    },
  );

  test.each([200, 201, 204])('lets %i pass', async (status) => {
    expect((await raiseErrors(createScriptedClock())(fakeSend(answer(status)).send)(request())).status).toBe(status);
  });

  test('raises the rest', async () => {
    await expect(raiseErrors(createScriptedClock())(fakeSend(answer(401)).send)(request())).rejects.toMatchObject({ code: 'unauthorized' });
  });
});

test.each([
  [answer(200, html), true],
  [answer(200, '  <HTML>'), true],
  [answer(200, '', { 'content-type': 'text/html; charset=utf-8' }), true],
  [answer(200, '{}', { 'content-type': 'application/json' }), false],
  [answer(200, ''), false],
])('isHtml %#', (given, expected) => expect(isHtml(given)).toBe(expected));

const now = Date.parse('2025-06-01T12:00:00Z');

test.each([
  ['seconds', '120', 120_000],
  ['nothing to wait for', '0', 0],
  ['a date to come', 'Sun, 01 Jun 2025 12:00:30 GMT', 30_000],
  ['a date gone by', 'Sun, 01 Jun 2025 11:00:00 GMT', 0],
  ['the old form of a date', 'Sunday, 01-Jun-25 12:00:10 GMT', 10_000],
  ['no header', undefined, undefined],
  ['an empty header', '', undefined],
  ['a negative number is no date in the year -5', '-5', undefined],
  ['a fraction', '1.5', undefined],
  ['words', 'later', undefined],
  ['words that look like a date', 'Later, maybe', undefined],
])('%s', (_reason, header, expected) => expect(parseRetryAfter(header, now)).toBe(expected));

test('never gives a negative pause or a crash', () => {
  fc.assert(
    fc.property(fc.string(), (header) => {
      const pauseMs = parseRetryAfter(header, now);
      expect(pauseMs === undefined || pauseMs >= 0).toBe(true);
    }),
  );
});
