import { describe, expect, test } from 'vitest';
import type { CloudErrorCode } from '#core/ports/cloud-provider.ts';
import { request } from '#test/cloud/fake-send.ts';
import { classifyFailure } from './classify-failure.ts';
import { NotSentError } from './not-sent-error.ts';

const failure = (fields: { code?: string; erroredSysCall?: string; type?: string; message?: string }): Error =>
  Object.assign(new Error(fields.message ?? 'request to https://x failed'), fields);

describe('classifyFailure', () => {
  test.each<[string, Error, CloudErrorCode, boolean]>([
    ['nobody listens', failure({ code: 'ECONNREFUSED', erroredSysCall: 'connect' }), 'network', true],
    ['no such host', failure({ code: 'ENOTFOUND', erroredSysCall: 'getaddrinfo' }), 'network', true],
    ['no name server', failure({ code: 'EAI_AGAIN' }), 'network', true],
    ['no connection in time', failure({ code: 'ETIMEDOUT', erroredSysCall: 'connect' }), 'network', true],
    ['silence later on', failure({ code: 'ETIMEDOUT', erroredSysCall: 'read' }), 'network', false],
    ['cut', failure({ code: 'ECONNRESET', erroredSysCall: 'read' }), 'network', false],
    ['cut while writing', failure({ code: 'EPIPE', erroredSysCall: 'write' }), 'network', false],
    [
      'cut in the handshake',
      failure({ code: 'ECONNRESET', message: 'Client network socket disconnected before secure TLS connection was established' }),
      'network',
      true,
    ],
    ['a self-signed certificate', failure({ code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }), 'tls', true],
    ['an expired certificate', failure({ code: 'CERT_HAS_EXPIRED' }), 'tls', true],
    ['another host in the certificate', failure({ code: 'ERR_TLS_CERT_ALTNAME_INVALID' }), 'tls', true],
    ['no TLS spoken', failure({ code: 'EPROTO' }), 'tls', true],
    ['a body without end', failure({ type: 'max-size' }), 'invalid-answer', false],
    ['a body cut short', failure({ code: 'ERR_STREAM_PREMATURE_CLOSE' }), 'network', false],
    ['anything else', failure({}), 'network', false],
  ])('%s', (_reason, given, code, isUnsent) => {
    const error = classifyFailure(request('POST'), given, 'secret');
    expect(error.code).toBe(code);
    expect(error instanceof NotSentError).toBe(isUnsent);
  });

  test('a cancelled call is cancelled, whatever broke because of it', () => {
    const given = request('GET', AbortSignal.abort());
    expect(classifyFailure(given, failure({ code: 'ECONNRESET' }), 'secret').code).toBe('aborted');
  });

  test('keeps no token: neither in the message, nor in the cause, nor in the fields of the original', () => {
    const given = Object.assign(failure({ code: 'EPIPE', message: 'cannot send Bearer secret-token' }), {
      headers: { Authorization: 'Bearer secret-token' },
    });
    const error = classifyFailure(request(), given, 'secret-token');
    const { cause } = error.details;
    expect(cause).toMatchObject({ code: 'EPIPE', message: 'cannot send Bearer ***' });
    expect(JSON.stringify([error.message, error.details, cause, { ...(cause as object) }, (cause as Error).stack])).not.toContain(
      'secret-token',
    );
  });

  test('something thrown that is no error', () => {
    expect(classifyFailure(request(), 'odd', 'secret')).toMatchObject({ code: 'network', message: 'GET /server: the request failed' });
  });
});
