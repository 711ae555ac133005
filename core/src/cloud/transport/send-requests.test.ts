import type { IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import type { CloudErrorCode } from '#core/ports/cloud-provider.ts';
import { silentLogger } from '#core/ports/logger.ts';
import { request } from '#test/cloud/fake-send.ts';
import { type Handler, startHttpServer, type TestServer } from '#test/cloud/test-server.ts';
import { createNetworkAgents, type NetworkAgents } from './network-agents.ts';
import { classifyFailure, type SendOptions, sendRequests } from './send-requests.ts';
import { NotSentError, type Send } from './transport.ts';

const TOKEN = 'c0ffee'.repeat(10);
const open: (TestServer | NetworkAgents)[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(handler: Handler, options: Partial<SendOptions> = {}): Promise<{ server: TestServer; send: Send }> {
  const server = await startHttpServer(handler);
  const agents = createNetworkAgents(server.endpoint, {}, silentLogger);
  open.push(agents, server);
  return {
    server,
    send: sendRequests({ endpoint: server.endpoint, token: () => TOKEN, version: '1.2.3', agents: () => agents, ...options }),
  };
}

async function readBody(message: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of message) text += String(chunk);
  return text;
}

describe('sendRequests', () => {
  test('sends method, path, token, name and JSON', async () => {
    let body = '';
    const { server, send } = await start((message, response) => {
      void readBody(message).then((text) => {
        body = text;
        response.end('done');
      });
    });
    const given = { ...request('POST'), body: { Name: 'веб' } };
    expect(await send(given)).toMatchObject({ status: 200, text: 'done' });
    const [seen] = server.requests;
    expect(`${seen?.method} ${seen?.url}`).toBe('POST /server');
    expect(seen?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      'user-agent': 'ict/1.2.3',
      accept: 'application/json',
      'content-type': 'application/json; charset=utf-8',
    });
    expect(JSON.parse(body)).toEqual({ Name: 'веб' });
  });

  test('asks for the token each time, so a renewed one is taken up', async () => {
    const tokens = ['first', 'second'];
    const { server, send } = await start((_, response) => response.end(), { token: async () => ` ${tokens.shift() ?? ''}\n` });
    await send(request());
    await send(request());
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(['Bearer first', 'Bearer second']);
  });

  test.each([
    ['no token', () => '', /there is no token/],
    ['a token with a line break', () => 'abc\r\nX-Evil: 1', /characters that no token has/],
    ['a keychain that fails, quoting the secret', () => Promise.reject(new Error(`cannot decode ${TOKEN}`)), /could not be read/],
  ])('%s: nothing is sent', async (_reason, token, words) => {
    const { server, send } = await start((_, response) => response.end(), { token });
    const error = await send(request()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'unauthorized', message: expect.stringMatching(words) });
    expect(String(error)).not.toContain(TOKEN);
    expect(server.requests).toHaveLength(0);
  });

  test('reads connect once, writes each time anew: a kept connection may die under a write', async () => {
    const ports: (number | undefined)[] = [];
    const { server, send } = await start((message, response) => {
      ports.push(message.socket.remotePort);
      response.end('ok');
    });
    for (const method of ['GET', 'POST', 'GET', 'POST'] as const) await send(request(method));
    expect(server.requests.map(({ headers }) => headers.connection)).toEqual(['keep-alive', 'close', 'keep-alive', 'close']);
    expect(ports[2]).toBe(ports[0]);
    expect(new Set(ports).size).toBe(3);
  });

  test('does not follow a redirect: the token stays here', async () => {
    const elsewhere = await startHttpServer((_, response) => response.end());
    open.push(elsewhere);
    const { send } = await start((_, response) => response.writeHead(302, { location: `${elsewhere.endpoint}/server` }).end());
    expect((await send(request())).status).toBe(302);
    expect(elsewhere.requests).toHaveLength(0);
  });

  test('keeps a path of the endpoint, without a double slash', async () => {
    const { server, send } = await start((_, response) => response.end());
    const agents = createNetworkAgents(server.endpoint, {}, silentLogger);
    open.push(agents);
    await sendRequests({ endpoint: `${server.endpoint}/api/`, token: () => TOKEN, version: '1', agents: () => agents })(request());
    await send(request());
    expect(server.requests.map(({ url }) => url)).toEqual(['/api/server', '/server']);
  });

  test.each([
    ['plain', {}, (text: string) => Buffer.from(text)],
    ['unpacked', { 'content-encoding': 'gzip' }, (text: string) => gzipSync(text)],
  ])('an answer larger than the limit is refused, counted %s', async (_reason, headers, encode) => {
    const { send } = await start((_, response) => response.writeHead(200, headers).end(encode('x'.repeat(5000))), { maxAnswerBytes: 1000 });
    await expect(send(request())).rejects.toMatchObject({ code: 'invalid-answer' });
  });

  test('cleans an error text of the token and of passwords, and leaves a good answer alone', async () => {
    const text = JSON.stringify({ Message: `Token ${TOKEN} is bad`, AdminPassword: 'Ab12Cd34' });
    const { send } = await start((_, response, count) => response.writeHead(count === 1 ? 400 : 200).end(text));
    expect((await send(request())).text).toBe('{"Message":"Token *** is bad","AdminPassword":"***"}');
    expect((await send(request())).text).toBe(text);
  });

  test('a connection that is cut is a network failure, without the token', async () => {
    const { send } = await start((message) => message.socket.destroy());
    const error = await send(request()).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'network' });
    expect(JSON.stringify([String(error), error, (error as Error).cause])).not.toContain(TOKEN);
  });

  test('a body that is cut is a network failure', async () => {
    const { send } = await start((_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    await expect(send(request())).rejects.toMatchObject({ code: 'network' });
  });

  test('a cancelled call ends at once', async () => {
    const stop = new AbortController();
    const { send } = await start(() => stop.abort());
    await expect(send(request('GET', stop.signal))).rejects.toMatchObject({ code: 'aborted' });
  });

  test('a call that is cancelled before is not sent', async () => {
    const { send, server } = await start((_, response) => response.end());
    await expect(send(request('POST', AbortSignal.abort()))).rejects.toMatchObject({ code: 'aborted' });
    expect(server.requests).toHaveLength(0);
  });

  test('gives headers in any case, and undefined for one that is missing', async () => {
    const { send } = await start((_, response) => response.writeHead(200, { 'Retry-After': '5' }).end());
    const { header } = await send(request());
    expect([header('RETRY-AFTER'), header('x-none')]).toEqual(['5', undefined]);
  });
});

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
