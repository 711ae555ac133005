import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { type CloudClient, createCloudClient } from '#core/cloud/create-cloud-client.ts';
import type { Environment } from '#core/cloud/transport/network-agents.ts';
import { systemClock } from '#core/platform/clock.ts';
import { silentLogger } from '#core/ports/logger.ts';
import { startConnectProxy } from './connect-proxy.ts';
import { fastSettings, serverSpec, signal } from './sandbox-cloud.ts';
import { startHttpServer, startTlsServer } from './test-server.ts';
import { certificatePath } from './tls-fixture.ts';

afterEach(() => vi.unstubAllEnvs());

function start(endpoint: string, environment: Environment): CloudClient {
  // The proxy's library reads the process itself.
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'])
    vi.stubEnv(name, environment[name]);
  const settings = { ...fastSettings, attempts: 2 };
  const client = createCloudClient({ endpoint, token: () => 'token', clock: systemClock, logger: silentLogger, settings, environment });
  onTestFinished(() => client.close());
  return client;
}

async function startTls() {
  const server = await startTlsServer((_, response) => response.end('[]'));
  onTestFinished(() => server.close());
  return server;
}

describe('a certificate nobody vouches for', () => {
  test('is told as `tls`, at the first try, for reads and writes', async () => {
    const server = await startTls();
    const client = start(server.endpoint, {});
    await expect(client.servers.list(signal)).rejects.toMatchObject({ code: 'tls', message: expect.stringContaining('certificate') });
    await expect(client.servers.create(serverSpec(), signal)).rejects.toMatchObject({ code: 'tls' });
    expect(server.requests).toHaveLength(0);
  });

  test.each(['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'])('is trusted when %s names it', async (variable) => {
    const server = await startTls();
    expect(await start(server.endpoint, { [variable]: certificatePath }).servers.list(signal)).toEqual({ items: [], unreadable: [] });
  });

  test('an endpoint that speaks no TLS is told as `tls` as well', async () => {
    const server = await startHttpServer((_, response) => response.end('[]'));
    onTestFinished(() => server.close());
    await expect(start(server.endpoint.replace('http:', 'https:'), {}).servers.list(signal)).rejects.toMatchObject({ code: 'tls' });
  });
});

describe('a proxy', () => {
  const proxied = async (refusal?: string) => {
    const server = await startTls();
    const proxy = await startConnectProxy(server.port, refusal);
    onTestFinished(() => proxy.close());
    return { server, proxy };
  };

  test('carries reads and writes to a host that only it can find, with the extra certificate', async () => {
    const { proxy, server } = await proxied();
    const client = start('https://api.ict.test', { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: certificatePath });
    expect(await client.servers.list(signal)).toEqual({ items: [], unreadable: [] });
    expect(await client.servers.delete(5, signal)).toBe(true);
    expect(proxy.targets).toEqual(['api.ict.test:443', 'api.ict.test:443']);
    expect(server.requests.map(({ headers, method }) => [method, headers.host])).toEqual([
      ['GET', 'api.ict.test'],
      ['DELETE', 'api.ict.test'],
    ]);
  });

  test('never sees the token', async () => {
    const { proxy } = await proxied();
    await start('https://api.ict.test', { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: certificatePath }).servers.list(signal);
    expect(JSON.stringify(proxy.headers)).not.toMatch(/bearer|token/i);
  });

  test('that does not know the certificate’s issuer fails with `tls`', async () => {
    const { proxy } = await proxied();
    await expect(start('https://api.ict.test', { HTTPS_PROXY: proxy.url }).servers.list(signal)).rejects.toMatchObject({ code: 'tls' });
  });

  test('that wants a password is a `network` failure, and no write is in doubt', async () => {
    const { proxy, server } = await proxied('407 Proxy Authentication Required');
    const client = start('https://api.ict.test', { HTTPS_PROXY: proxy.url, SSL_CERT_FILE: certificatePath });
    await expect(client.servers.create(serverSpec(), signal)).rejects.toMatchObject({ code: 'network', details: { status: 407 } });
    expect(server.requests).toHaveLength(0);
  });

  test('is never used for a loopback endpoint', async () => {
    const { proxy, server } = await proxied();
    const environment = { HTTPS_PROXY: proxy.url, HTTP_PROXY: proxy.url, ALL_PROXY: proxy.url, SSL_CERT_FILE: certificatePath };
    expect(await start(server.endpoint, environment).servers.list(signal)).toEqual({ items: [], unreadable: [] });
    expect(proxy.targets).toEqual([]);
  });

  test('that is down is a `network` failure, without its password', async () => {
    const { proxy } = await proxied();
    await proxy.close();
    const client = start('https://api.ict.test', { HTTPS_PROXY: proxy.url.replace('//', '//user:hunter2@') });
    const error = await client.servers.create(serverSpec(), signal).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'network' });
    expect(JSON.stringify([String(error), error])).not.toContain('hunter2');
  });
});
