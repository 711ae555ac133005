import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HostBackend, HostFacts } from '#sandbox/hosts/backend/host-backend.ts';
import { createSharedBackend, probeShared } from '#sandbox/hosts/shared/shared-backend.ts';
import { type Client, createClient, hostRequest } from './host-lab.ts';

const probe = await probeShared();
const why = probe.kind === 'available' ? 'as a user' : `skipped: ${JSON.stringify(probe.reason)}`;

describe.skipIf(probe.kind === 'unavailable')(`shared hosts (${why})`, () => {
  let client: Client;
  let backend: HostBackend;
  const factsOf = (serverId: number): HostFacts => {
    const facts = backend.list?.().find((one) => one.serverId === serverId);
    if (facts === undefined) throw new Error(`no host ${serverId}`);
    return facts;
  };
  beforeAll(async () => {
    client = await createClient();
    if (probe.kind === 'unavailable') return;
    backend = await createSharedBackend(probe.found);
    await Promise.all([960_001, 960_002].map(async (id) => backend.start(hostRequest(id, client.publicKey))));
  });
  afterAll(async () => {
    await backend.close();
    await client.close();
  });

  test('each answers at its own address with its own key and home', async () => {
    const homes = await Promise.all([960_001, 960_002].map((id) => client.ssh(factsOf(id), 'echo $HOME $ICT_SERVER')));
    expect(homes).toEqual([expect.stringMatching(/960001\/home 960001$/), expect.stringMatching(/960002\/home 960002$/)]);
    expect(factsOf(960_001).hostKey).not.toBe(factsOf(960_002).hostKey);
  });

  test('switched off it refuses and its sessions end; switched on it is the same', async () => {
    const before = factsOf(960_001);
    const session = expect(client.ssh(before, 'echo $$ > ~/pid; sleep 1000')).rejects.toThrow();
    await expect.poll(() => client.ssh(before, 'cat ~/pid 2> /dev/null || true')).toMatch(/^\d+$/);
    await backend.stop(960_001, true);
    await session;
    await expect(client.ssh(before, 'true')).rejects.toThrow(/refused/);
    await backend.start(hostRequest(960_001, client.publicKey, { address: before.ip }));
    expect(factsOf(960_001)).toEqual(before);
    expect(await client.ssh(before, 'readlink /proc/$(cat ~/pid)/exe || echo gone')).toBe('gone');
  });

  test('deleted it is gone; a rebuild has a new key', async () => {
    const before = factsOf(960_002);
    await backend.rebuild(hostRequest(960_002, client.publicKey, { address: before.ip }));
    expect(factsOf(960_002).hostKey).not.toBe(before.hostKey);
    await backend.delete(960_002);
    expect(backend.list?.().map((host) => host.serverId)).toEqual([960_001]);
    await expect(client.ssh(before, 'true')).rejects.toThrow(/refused/);
  });
});
