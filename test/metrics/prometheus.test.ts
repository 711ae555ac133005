import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as z from 'zod';
import { metricsEvent } from '#schemas/metrics/metrics-event.ts';
import { type AgentLab, openAgentLab } from './agent-lab.ts';

/** What a real Prometheus answered to each query, of this one host. */
const recorded = await readFile('test/fixtures/metrics/prometheus-2.42.0.json', 'utf8');
const INSTANCE = '127.0.50.9:9100';
const answers = z.record(z.string(), z.unknown());

let lab: AgentLab;
const servers: Server[] = [];
beforeEach(async () => {
  lab = await openAgentLab();
  await lab.write(lab.fileOf('web', 'db'));
  const { code, err } = await lab.run(['apply', '--yes']);
  if (code !== 0) throw new Error(err);
});
afterEach(async () => {
  for (const server of servers.splice(0)) server.close();
  await lab.close();
});

async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The HTTP API of Prometheus: an instant query by GET, an error as it words one. */
const prometheusOf =
  (instance: string): RequestListener =>
  (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://localhost');
    const found = answers.parse(JSON.parse(recorded.replaceAll(INSTANCE, instance)))[searchParams.get('query') ?? ''];
    const isQuery = pathname === '/prom/api/v1/query' && found !== undefined;
    response.writeHead(isQuery ? 200 : 400, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isQuery ? found : { status: 'error', errorType: 'bad_data', error: `no query at ${pathname}` }));
  };

const endpoint = (name: string): string => `${lab.endpointOf(name).ip}:${lab.endpointOf(name).port}`;

test('the servers as a Prometheus has them, in the same form; one that it does not know is said', async () => {
  const url = `${await serve(prometheusOf(endpoint('web')))}/prom/`;
  const { code, out, err } = await lab.run(['stats', '--prometheus', url, '--json']);
  const events = z.array(metricsEvent).parse(JSON.parse(out));
  expect(events).toMatchObject([{ address: 'server.web', state: 'live', figures: { cores: 2, load1: 2.38 } }]);
  expect(err).toContain('server.db: this Prometheus has no figures of it');
  expect(code).toBe(11);
});

test('the same table, for chosen servers', async () => {
  const url = `${await serve(prometheusOf('web'))}/prom`;
  const { code, out, err } = await lab.run(['stats', 'web', '--prometheus', url]);
  expect(err).toBe('');
  expect(out).toMatch(/^server +cpu.*\nweb +48% /);
  expect(code).toBe(0);
});

test('what is wrong is said, and ends with the code of a provider that fails', async () => {
  const gone = await serve(() => undefined);
  await new Promise((resolve) => servers.pop()?.close(resolve));
  const nobody = await lab.run(['stats', '--prometheus', gone]);
  expect(nobody).toMatchObject({ code: 5, err: expect.stringContaining(`Nothing answers at ${gone}`) as string });
  const page = await serve((_request, response) => response.end('<html>'));
  const other = await lab.run(['stats', '--prometheus', page]);
  expect(other).toMatchObject({ code: 5, err: expect.stringContaining('is not a Prometheus') as string });
  const refusing = await serve(prometheusOf('web'));
  expect((await lab.run(['stats', '--prometheus', refusing])).err).toContain('bad_data: no query at /api/v1/query');
});

test.each([
  [['--prometheus', 'ftp://example.org']],
  [['--prometheus', 'nonsense']],
  [['--prometheus', 'http://127.0.0.1:1', '--watch']],
  [['--prometheus', 'http://127.0.0.1:1', '--since', '1h']],
  [['--since', '1h', '--watch']],
  [['--since', 'yesterday']],
  [['--since', '1h', '--points', '1']],
])('%j is a mistake in the command line', async (args) => {
  const { code, err } = await lab.run(['stats', ...args]);
  expect(code).toBe(3);
  expect(err).not.toBe('');
});
