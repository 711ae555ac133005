import { expect, test } from 'vitest';
import { ignore, serverSpec, signal, startSandboxCloud } from './sandbox-cloud.ts';

const COUNT = 200;

test('two hundred servers made at once are watched by lists, not by two hundred polls', async () => {
  const cloud = await startSandboxCloud({ sandbox: { delays: 0, seed: { balance: 100_000_000 } }, settings: { readIntervalMs: 5 } });
  const { provider, sandbox } = cloud;
  const names = Array.from({ length: COUNT }, (_, index) => `web-${index + 1}`);
  const ids = (await Promise.all(names.map((name) => provider.createServer(serverSpec({ name }), signal)))).map(({ id }) => id);
  sandbox.requests.clear();
  const servers = await Promise.all(ids.map((id) => provider.awaitServer(id, ignore, signal)));
  expect(servers.every(({ state }) => state === 'active')).toBe(true);
  const counts = sandbox.requests.counts();
  expect(Object.keys(counts)).toEqual(['GET /server']);
  expect(counts['GET /server']).toBeLessThanOrEqual(3);

  await Promise.all(ids.map((id) => provider.deleteServer(id, ignore, ignore, signal)));
  expect(sandbox.state.servers).toEqual([]);
});

test('making and watching goes as fast as the pace allows: a long poll interval holds nothing up', async () => {
  const settings = { readIntervalMs: 5, writeIntervalMs: 5, pollIntervalMs: 600_000 };
  const { provider, sandbox } = await startSandboxCloud({ sandbox: { delays: 0, seed: { balance: 100_000_000 } }, settings });
  const names = Array.from({ length: COUNT }, (_, index) => `web-${index + 1}`);
  const make = async (name: string) => provider.awaitServer((await provider.createServer(serverSpec({ name }), signal)).id, ignore, signal);
  // The test's own time limit is the proof: one pause of ten minutes would break it.
  expect(await Promise.all(names.map(make))).toHaveLength(COUNT);
  expect(sandbox.requests.counts()['POST /server']).toBe(COUNT);
});
