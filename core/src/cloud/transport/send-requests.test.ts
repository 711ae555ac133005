import type { IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from 'vitest';
import { silentLogger } from '#core/ports/logger.ts';
import { request } from '#test/cloud/fake-send.ts';
import { startHttpServer, type Handler, type TestServer } from '#test/cloud/test-server.ts';
import { createNetworkAgents, type NetworkAgents } from './network-agents.ts';
import { sendRequests, type SendOptions } from './send-requests.ts';
import type { Send } from './transport.ts';

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
