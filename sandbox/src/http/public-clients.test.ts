import { connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { startTestSandbox, type TestSandbox, validServer } from '../testing/test-sandbox.ts';

let sandbox: TestSandbox;
afterEach(() => sandbox.close());
const start = async () =>
  (sandbox = await startTestSandbox({
    delays: 0,
    seed: { networks: [{ name: 'back' }], ssh_keys: [{ title: 'a', public_key: 'ssh-rsa AAAA me' }], servers: [{ name: 'a' }] },
  }));

/** Sends bytes as they are and gives back all that comes until the server ends the connection. */
const send = (bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const socket = connect(sandbox.port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.setEncoding('utf8');
    socket.on('data', (text: string) => (answer += text));
    socket.once('close', () => resolve(answer));
    socket.once('error', reject);
  });

const bodyOf = (answer: string): string => answer.slice(answer.indexOf('\r\n\r\n') + 4);

describe('bytes as public clients send them', () => {
  test('OneCloudApi.php (2015): a head whose lines end with LF alone', async () => {
    await start();
    const answer = await send(
      `GET /server HTTP/1.1\r\nContent-Type: application/json\nAuthorization: Bearer ${sandbox.token}\nHost: api.1cloud.ru\nUser-Agent: OneCloudApi.php\nAccept: */*\nConnection: close\n\n`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(bodyOf(answer)).toContain('"Name":"a"');
  });

  test.each(['/server/900001', '/network/51001', '/sshkey/3001', '/image/9001', '/publicnetwork/51002'])(
    'the same client reads no body after DELETE %s: Content-Length is 0, and nothing is chunked',
    async (path) => {
      await start();
      await sandbox.call('POST', '/image', { Name: 'Mine', TechName: 'Mine', ServerID: 900001 });
      await sandbox.call('POST', '/publicnetwork', { Name: 'p', NetworkCapacity: 8, Bandwidth: 10 });
      const answer = await send(
        `DELETE ${path} HTTP/1.1\r\nAuthorization: Bearer ${sandbox.token}\r\nHost: api.1cloud.ru\r\nConnection: close\r\n\r\n`,
      );
      expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
      expect(answer).toMatch(/^content-length: 0\r$/im);
      expect(answer).not.toMatch(/^transfer-encoding:/im);
      expect(bodyOf(answer)).toBe('');
    },
  );

  test('onecloud of PyPI (2016): a form labelled as JSON', async () => {
    await start();
    const form = 'Name=py-1&CPU=1&RAM=1024&HDD=20&HDDType=SSD&ImageID=3492&DCLocation=SdnSpb';
    const answer = await send(
      `POST /server HTTP/1.1\r\nAuthorization: Bearer ${sandbox.token}\r\nHost: api.1cloud.ru\r\nContent-Type: application/json\r\nContent-Length: ${form.length}\r\nConnection: close\r\n\r\n${form}`,
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(bodyOf(answer)).toContain('"Name":"py-1"');
  });

  test('vagrant-1cloud (2017): GET and DELETE with a body, doubled slashes', async () => {
    await start();
    const head = `Authorization: Bearer ${sandbox.token}\r\nHost: api.1cloud.ru\r\nContent-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`;
    expect(await send(`GET //Server//900001/ HTTP/1.1\r\n${head}`)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(await send(`DELETE /Server/900001 HTTP/1.1\r\n${head}`)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
  });
});

describe('bodies', () => {
  test.each([
    ['OneCloudNet: the type of a list instead of its ids', 'System.Collections.Generic.List`1[System.Int32]', 200],
    ['another type of list', 'System.Collections.Generic.IEnumerable`1[System.Int64]', 200],
    ['an id', '3001', 200],
    ['a word', 'laptop', 400],
    ['an id that is not there', '9', 400],
  ])('%s', async (_reason, keys, status) => {
    await start();
    const form = Object.entries({ ...validServer, SshKeys: keys })
      .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
      .join('&');
    const answer = await sandbox.call('POST', '/server', form, { 'content-type': 'application/x-www-form-urlencoded' });
    expect(answer.status).toBe(status);
  });

  test.each([
    ['a text that is neither form nor JSON', 'hello'],
    ['JSON that was cut', '{"Name":"a=b'],
    ['a form with a part that is none', 'Name=a&CPU'],
  ])('%s is refused', async (_reason, text) => {
    await start();
    expect(await sandbox.call('POST', '/server', text)).toMatchObject({
      status: 400,
      body: { ModelState: { '': ['The request body is not valid JSON.'] } },
    });
  });
});

test('BalanceTillDateUtc is UTC and to the second, while other dates are Moscow time', async () => {
  await start();
  expect((await sandbox.call('GET', '/account')).body).toMatchObject({ BalanceTillDateUtc: '2023-06-19T09:00:00' });
  expect((await sandbox.call('GET', '/server/900001')).body).toMatchObject({ DateCreate: '2023-05-20T12:00:00' });
});
