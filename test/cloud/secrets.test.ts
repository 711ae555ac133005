import { describe, expect, test } from 'vitest';
import { silentLogger } from '#core/ports/logger.ts';
import { systemClock } from '#core/platform/clock.ts';
import { createCloudClient } from '#core/cloud/create-cloud-client.ts';
import { accept, createActiveServer, fastSettings, ignore, serverSpec, signal, startSandboxCloud } from './sandbox-cloud.ts';
import { startHttpServer } from './test-server.ts';

/** Everything an error carries, its causes and stacks included. */
function unfold(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const fields = JSON.stringify(
    Object.fromEntries(Object.getOwnPropertyNames(error).map((name) => [name, String(Reflect.get(error, name))])),
  );
  const { details } = error as { details?: unknown };
  return [error.message, error.stack, fields, JSON.stringify(details), unfold(error.cause)].join('\n');
}

describe('a server’s password', () => {
  test('is in no result and in no line of the log, whatever is done', async () => {
    const cloud = await startSandboxCloud();
    const { lines, provider, sandbox } = cloud;
    const server = await createActiveServer(cloud);
    const password = sandbox.state.servers[0]?.adminPassword ?? '';
    expect(password).toMatch(/^\w{8}$/);
    sandbox.faults.set('server-error=GET /account,times=1');
    const results = [
      server,
      await provider.readAll(signal),
      await provider.readServer(server.id, signal),
      await provider.setPower(server.id, 'off', accept, ignore, signal),
      await provider.listTasks(server.id, signal),
      await provider.readServer(1, signal),
      await provider.createServer(serverSpec({ imageId: 1 }), signal).catch(unfold),
    ];
    expect(JSON.stringify(results)).not.toContain(password);
    expect(JSON.stringify(results)).not.toMatch(/password/i);
    expect(lines.length).toBeGreaterThan(8);
    expect(lines.join('\n')).not.toContain(password);
  });
});

describe('the token', () => {
  test('is in no error and in no line of the log, even when the provider repeats it', async () => {
    const server = await startHttpServer((request, response, count) => {
      const authorization = String(request.headers.authorization);
      if (count === 1) response.writeHead(400).end(JSON.stringify({ Message: `Bad header "${authorization}"` }));
      else if (count === 2) response.writeHead(500, authorization.replace('Bearer ', '')).end(`<html>${authorization}</html>`);
      else response.destroy();
    });
    const cloud = await startSandboxCloud({ client: { endpoint: server.endpoint }, settings: { attempts: 1 } });
    const errors = [];
    for (let call = 1; call <= 3; call += 1) errors.push(unfold(await cloud.client.servers.list(signal).catch((error: unknown) => error)));
    await server.close();
    errors.push(unfold(await cloud.client.servers.list(signal).catch((error: unknown) => error)));
    errors.push(unfold(await cloud.provider.createServer(serverSpec(), signal).catch((error: unknown) => error)));
    expect(errors[0]).toContain('Bad header');
    expect(errors[1]).toContain('server-error');
    expect(errors.join('\n') + cloud.lines.join('\n')).not.toContain(cloud.sandbox.token);
  });

  test.each([
    ['a wrong one', 'wrong'],
    ['none', ''],
  ])('%s is told as such, after one try', async (_reason, token) => {
    const { client, sandbox } = await startSandboxCloud({ client: { token: () => token } });
    await expect(client.account.get(signal)).rejects.toMatchObject({ code: 'unauthorized' });
    expect(sandbox.requests.recent().length).toBeLessThanOrEqual(1);
  });
});

test('nobody listens: a read and a write both fail with `network`, as nothing was sent', async () => {
  const server = await startHttpServer((_, response) => response.end());
  await server.close();
  const settings = { ...fastSettings, attempts: 2 };
  const options = { endpoint: server.endpoint, token: () => 'token', clock: systemClock, logger: silentLogger, settings, environment: {} };
  const client = createCloudClient(options);
  await expect(client.servers.list(signal)).rejects.toMatchObject({ code: 'network', details: { request: 'GET /server' } });
  await expect(client.servers.create(serverSpec(), signal)).rejects.toMatchObject({
    code: 'network',
    details: { request: 'POST /server' },
  });
  expect(server.requests).toHaveLength(0);
  client.close();
});
