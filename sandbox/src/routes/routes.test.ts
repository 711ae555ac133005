import { afterEach, describe, expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox } from '../testing/test-sandbox.ts';

let sandbox: TestSandbox;
afterEach(() => sandbox.close());
const start = async (seed: Parameters<typeof startTestSandbox>[0] = {}) => (sandbox = await startTestSandbox({ delays: 1000, ...seed }));

const seed = {
  networks: [{ name: 'back' }, { name: 'far', dc: 'DsMsk' }],
  servers: [{ name: 'web-1', disk: 40, networks: ['back'] }, { name: 'web-2' }],
};

describe('a network', () => {
  test('with servers cannot be deleted', async () => {
    await start({ seed });
    expect(await sandbox.call('DELETE', '/network/51001')).toMatchObject({
      status: 400,
      body: { Message: 'The network has linked servers' },
    });
    await sandbox.call('POST', '/server/900001/action', { Type: 'RemoveNetwork', NetworkID: 51001 });
    sandbox.advance(1000);
    expect((await sandbox.call('DELETE', '/network/51001')).status).toBe(200);
  });

  test('that a server is about to join cannot be deleted either', async () => {
    await start({ seed: { ...seed, servers: [{ name: 'a' }] } });
    await sandbox.call('POST', '/server/900001/action', { Type: 'AddNetwork', NetworkID: 51001 });
    expect((await sandbox.call('DELETE', '/network/51001')).status).toBe(400);
  });

  test('is free again when its servers are gone', async () => {
    await start({ seed });
    await sandbox.call('DELETE', '/server/900001');
    sandbox.advance(1000);
    expect((await sandbox.call('DELETE', '/network/51001')).status).toBe(200);
  });

  test.each([
    ['of another data centre', { Type: 'AddNetwork', NetworkID: 51002 }, 'NetworkID'],
    ['that is not there', { Type: 'AddNetwork', NetworkID: 1 }, 'NetworkID'],
    ['the server is in already', { Type: 'AddNetwork', NetworkID: 51001 }, 'NetworkID'],
    ['that is not named', { Type: 'AddNetwork' }, 'NetworkID'],
    ['to be left, which the server is not in', { Type: 'RemoveNetwork', NetworkID: 51002 }, 'NetworkID'],
    ['the shared one, to be left', { Type: 'RemoveNetwork', NetworkID: 274 }, 'NetworkID'],
    ['by a link that is not there', { Type: 'EditNetworkBandwidth', NetworkLinkID: 1, NetworkBandwidth: 10 }, 'NetworkLinkID'],
    ['with no bandwidth', { Type: 'EditNetworkBandwidth', NetworkLinkID: 800001 }, 'NetworkBandwidth'],
  ])('%s is refused', async (_reason, body, field) => {
    await start({ seed });
    const answer = await sandbox.call('POST', '/server/900001/action', body);
    expect([answer.status, Object.keys((answer.body as { ModelState: object }).ModelState)]).toEqual([400, [field]]);
  });
});

describe('a server', () => {
  test('shows Deleting when that is asked for, and the same as before otherwise', async () => {
    await start({ seed, faults: ['delete-shows-deleting=DELETE /server/900002'] });
    for (const id of [900001, 900002]) await sandbox.call('DELETE', `/server/${id}`);
    expect((await sandbox.call('GET', '/server')).body).toMatchObject([{ State: 'Active' }, { State: 'Deleting' }]);
    sandbox.advance(1000);
    expect((await sandbox.call('GET', '/server')).body).toEqual([]);
  });

  test('keeps what a resize does not name', async () => {
    await start({ seed });
    await sandbox.call('PUT', '/server/900001', { CPU: 4 });
    sandbox.advance(1000);
    expect((await sandbox.call('GET', '/server/900001')).body).toMatchObject({ CPU: 4, RAM: 1024, HDD: 40, HDDType: 'SSD' });
  });

  test('gets a new password by a rebuild and keeps its address', async () => {
    await start({ seed });
    const before = sandbox.state.servers[0];
    const [password, ip] = [before?.adminPassword, before?.links[0]?.ip];
    await sandbox.call('POST', '/server/900001/rebuild', { ImageId: 3240 });
    sandbox.advance(1000);
    const after = (await sandbox.call('GET', '/server/900001')).body as Record<string, unknown>;
    expect(after).toMatchObject({ IP: ip, Image: 'WinServer2019x64En', AdminUserName: 'Administrator' });
    expect(after['AdminPassword']).not.toBe(password);
  });

  test.each([
    ['a rebuild with too large an image', 'rebuild', { ImageId: 3240 }, 'ImageId'],
    ['a rebuild with no image', 'rebuild', {}, 'ImageId'],
    ['a copy without a name', 'copy', {}, 'Name'],
    ['a copy into a network elsewhere', 'copy', { Name: 'x', NetworkId: 51002 }, 'NetworkId'],
  ])('refuses %s', async (_reason, path, body, field) => {
    await start({ seed });
    const answer = await sandbox.call('POST', `/server/900002/${path}`, body);
    expect([answer.status, Object.keys((answer.body as { ModelState: object }).ModelState)]).toEqual([400, [field]]);
  });
});

describe('an image', () => {
  test('of the provider is not ours to delete', async () => {
    await start();
    expect((await sandbox.call('DELETE', '/image/3492')).status).toBe(403);
  });

  test('of a server can be built from in its data centre alone, on a disk that holds it', async () => {
    await start({ seed });
    await sandbox.call('POST', '/image', { Name: 'Mine', TechName: 'Mine', ServerID: 900001 });
    const create = (change: object) =>
      sandbox.call('POST', '/server', { Name: 'c', CPU: 1, RAM: 1024, HDD: 40, HDDType: 'SSD', ImageID: 9001, ...change });
    expect((await create({})).body).toMatchObject({ Image: 'Mine', State: 'New' });
    expect((await create({ DCLocation: 'DsMsk' })).body).toMatchObject({ ModelState: { ImageID: [expect.any(String)] } });
    expect((await create({ HDD: 20 })).body).toMatchObject({ ModelState: { HDD: [expect.any(String)] } });
    expect((await sandbox.call('POST', '/image', { Name: 'x', TechName: 'Mine', ServerID: 900001 })).status).toBe(400);
  });
});

describe('an ssh key', () => {
  test.each([
    ['ssh-rsa', 'ssh-rsa AAAAB3NzaC1yc2E= me@host', 200],
    ['ecdsa', 'ecdsa-sha2-nistp256 AAAA', 200],
    ['ed25519', 'ssh-ed25519 AAAAC3 two words', 200],
    ['RFC 4716', '---- BEGIN SSH2 PUBLIC KEY ----\nAAAA\n---- END SSH2 PUBLIC KEY ----', 200],
    ['an unknown type', 'ssh-dilithium AAAA', 400],
    ['a private key', '-----BEGIN OPENSSH PRIVATE KEY-----', 400],
    ['refused characters', 'ssh-rsa AAAA <me>', 400],
  ])('%s', async (_reason, PublicKey, status) => {
    await start();
    expect((await sandbox.call('POST', '/sshkey', { Title: 'a', PublicKey })).status).toBe(status);
  });

  test('comes back as its base64 part when that is asked for', async () => {
    await start({ seed: { ssh_keys: [{ title: 'a', public_key: 'ssh-rsa AAAAB3 me@host' }] } });
    sandbox.faults.set('key-base64-only');
    expect((await sandbox.call('GET', '/sshkey')).body).toMatchObject([{ PublicKey: 'AAAAB3' }]);
    expect((await sandbox.call('GET', '/sshkey/3001')).body).toMatchObject({ PublicKey: 'AAAAB3' });
    sandbox.faults.clear();
    expect((await sandbox.call('GET', '/sshkey')).body).toMatchObject([{ PublicKey: 'ssh-rsa AAAAB3 me@host' }]);
  });
});

describe('paths', () => {
  test.each([
    ['a path nobody has', 'GET', '/servers', 404],
    ['an image by its id, which the API does not offer', 'GET', '/image/3492', 405],
    ['a method a path does not have', 'PATCH', '/server', 405],
    ['an id that is none', 'GET', '/server/abc', 404],
    ['an empty segment', 'GET', '//server', 200],
  ])('%s', async (_reason, method, path, status) => {
    await start();
    expect((await sandbox.call(method, path)).status).toBe(status);
  });
});
