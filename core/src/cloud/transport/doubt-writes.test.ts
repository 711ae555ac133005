import { expect, test } from 'vitest';
import { CloudError, type CloudErrorCode } from '#core/ports/cloud-provider.ts';
import { fakeSend, request } from '#test/cloud/fake-send.ts';
import { doubtWrites } from './doubt-writes.ts';
import { type ApiRequest, NotSentError } from './transport.ts';

const failure = (code: CloudErrorCode, status?: number): CloudError => new CloudError(code, code, status === undefined ? {} : { status });

test.each<[string, ApiRequest['method'], CloudError, CloudErrorCode]>([
  ['a cut connection', 'POST', failure('network'), 'answer-lost'],
  ['a timeout', 'PUT', failure('timeout'), 'answer-lost'],
  ['a cancellation on the way', 'DELETE', failure('aborted'), 'answer-lost'],
  ['an answer too large to read', 'POST', failure('invalid-answer'), 'answer-lost'],
  ['a broken server', 'POST', failure('server-error', 500), 'answer-lost'],
  ['a gateway without an answer', 'POST', failure('server-error', 504), 'answer-lost'],
  ['a request the server says it did not get whole', 'POST', failure('timeout', 408), 'answer-lost'],
  ['a server that is closed', 'POST', failure('server-error', 503), 'server-error'],
  ['too many calls', 'POST', failure('rate-limited', 429), 'rate-limited'],
  ['a refusal', 'POST', failure('invalid-request', 400), 'invalid-request'],
  ['a redirect, which nobody followed', 'POST', failure('invalid-answer', 302), 'invalid-answer'],
  ['no connection at all', 'POST', new NotSentError('network', 'refused'), 'network'],
  ['an untrusted certificate', 'POST', new NotSentError('tls', 'untrusted'), 'tls'],
  ['a read: it did nothing', 'GET', failure('network'), 'network'],
])('%s', async (_reason, method, given, expected) => {
  await expect(doubtWrites(fakeSend(given).send)(request(method))).rejects.toMatchObject({ code: expected });
});

test('a write in doubt still tells what happened', async () => {
  const cause = new CloudError('server-error', 'broken', { status: 500, providerMessage: 'Oops' });
  await expect(doubtWrites(fakeSend(cause).send)(request('POST'))).rejects.toMatchObject({
    message: 'POST /server may have been carried out: broken',
    details: { status: 500, providerMessage: 'Oops', cause },
  });
});
