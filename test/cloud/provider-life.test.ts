import { describe, expect, test } from 'vitest';
import { actualState } from '#schemas/state/actual.ts';
import { accept, createActiveServer, ignore, serverSpec, signal, startSandboxCloud } from './sandbox-cloud.ts';

const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl me@host';

describe('the life of things, through the provider', () => {
  test('a server is made, resized, switched, rebooted and deleted', async () => {
    const cloud = await startSandboxCloud();
    const { provider } = cloud;
    const accepted: number[] = [];
    const onAccepted = async (id: number): Promise<void> => void accepted.push(id);

    const server = await createActiveServer(cloud);
    expect(server).toMatchObject({ name: 'web-1', state: 'active', isPowerOn: true, cpu: 1, pool: 'base', image: 'Ubuntu20.04x64' });
    expect(server.ip).toBeDefined();

    const to = { cpu: 2, ramMb: 2048, diskGb: 30, diskType: 'SAS', pool: 'high' } as const;
    expect(await provider.resizeServer(server.id, to, onAccepted, ignore, signal)).toMatchObject(to);
    expect(await provider.setPower(server.id, 'off', onAccepted, ignore, signal)).toMatchObject({ isPowerOn: false });
    expect(await provider.setPower(server.id, 'on', onAccepted, ignore, signal)).toMatchObject({ isPowerOn: true });
    expect(await provider.rebootServer(server.id, false, onAccepted, ignore, signal)).toMatchObject({ isPowerOn: true });
    expect(await provider.rebootServer(server.id, true, onAccepted, ignore, signal)).toMatchObject({ isPowerOn: true });
    await provider.awaitIdle(server.id, ignore, signal);

    const tasks = await provider.listTasks(server.id, signal);
    expect(tasks.map(({ type }) => type)).toEqual(['PowerReboot', 'RebootGuestOS', 'PowerOn', 'ShutDownGuestOS', 'Resize', 'Create']);
    expect(accepted).toEqual(tasks.map(({ id }) => id).slice(0, 5).toReversed()); // prettier-ignore

    const told: string[] = [];
    await provider.deleteServer(server.id, () => told.push('accepted'), ignore, signal);
    expect(told).toEqual(['accepted']);
    expect(await provider.readServer(server.id, signal)).toBeUndefined();
    await provider.deleteServer(server.id, () => told.push('again'), ignore, signal);
    expect(told).toEqual(['accepted']);
  });

  test('a network is made, linked, unlinked and deleted', async () => {
    const cloud = await startSandboxCloud();
    const { provider } = cloud;
    const { id } = await provider.createNetwork({ name: 'back', dc: 'SdnSpb', dhcp: true }, signal);
    const network = await provider.awaitNetwork(id, ignore, signal);
    expect(network).toMatchObject({ name: 'back', state: 'active', values: { dc: 'SdnSpb', dhcp: true } });

    const { id: serverId } = await createActiveServer(cloud);
    const linked = await provider.linkNetwork(serverId, id, accept, ignore, signal);
    expect(linked.links.find(({ networkId }) => networkId === id)).toMatchObject({ isPrivate: true, isActive: true });
    expect((await provider.readNetwork(id, signal))?.serverIds).toEqual([serverId]);

    const unlinked = await provider.unlinkNetwork(serverId, id, accept, ignore, signal);
    expect(unlinked.links.map(({ isPrivate }) => isPrivate)).toEqual([false]);
    await provider.deleteNetwork(id, ignore, ignore, signal);
    expect(await provider.listNetworks(signal)).toEqual({ items: [], unreadable: [] });
  });

  test.each([
    ['a whole line', []],
    ['the base64 part alone', ['key-base64-only']],
  ])('a key that the provider gives back as %s is the same key', async (_reason, faults) => {
    const { provider } = await startSandboxCloud({ sandbox: { faults } });
    const { id } = await provider.createKey({ title: 'laptop', publicKey }, signal);
    expect((await provider.listKeys(signal)).items).toEqual([{ id, title: 'laptop', blob: publicKey.split(' ')[1] }]);
    await provider.deleteKey(id, signal);
    await provider.deleteKey(id, signal);
    expect(await provider.listKeys(signal)).toEqual({ items: [], unreadable: [] });
  });

  test('one reading of everything, in the order of ids, fit to be stored', async () => {
    const servers = ['c', 'a', 'b'].map((name) => ({ name, networks: ['back'] }));
    const { provider, sandbox } = await startSandboxCloud({
      sandbox: { seed: { servers, networks: [{ name: 'back' }], balance: 123.45 } },
    });
    const state = await provider.readAll(signal);
    expect(actualState.parse(state)).toEqual(state);
    expect(state.account).toMatchObject({ email: 'user@example.com', balance: 123.45 });
    expect(state.catalog.images.find(({ id }) => id === 3492)).toMatchObject({ name: 'Ubuntu20.04x64' });
    expect(state.catalog.dataCentres.find(({ techTitle }) => techTitle === 'DsMsk')).toMatchObject({
      hasBasePool: true,
      hasHighPool: true,
    });
    for (const list of [state.servers, state.networks, state.keys, state.catalog.images, state.catalog.dataCentres]) {
      expect(list.map(({ id }) => id)).toEqual(list.map(({ id }) => id).toSorted((a, b) => a - b));
    }
    expect(provider.endpoint).toBe(sandbox.endpoint);
  });

  test('a wrong order is told with its field', async () => {
    const { provider, sandbox } = await startSandboxCloud();
    const creating = provider.createServer(serverSpec({ imageId: 999_999 }), signal);
    await expect(creating).rejects.toMatchObject({ code: 'invalid-request', details: { status: 400, request: 'POST /server' } });
    const fields = await creating.catch((error: { details: { fields?: object } }) => Object.keys(error.details.fields ?? {}));
    expect(fields).not.toEqual([]);
    expect(sandbox.requests.counts()['POST /server']).toBe(1);
  });
});
