import { mkdtemp, rm, utimes, readdir } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AptProxy, startAptProxy } from './apt-proxy.ts';

let folder: string;
let mirror: Server;
let origin: string;
let asked: string[];
let proxy: AptProxy;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-proxy-'));
  asked = [];
  mirror = createServer((incoming, response) => {
    const path = incoming.url ?? '';
    asked.push(path);
    if (path.endsWith('/moved')) response.writeHead(302, { location: '/debian/pool/a.deb' }).end();
    else if (path.endsWith('/away')) response.writeHead(302, { location: 'http://127.0.0.1:1/debian/a' }).end();
    else if (path.endsWith('/missing')) response.writeHead(404).end();
    else response.end(`content of ${path}`);
  });
  await new Promise<void>((resolve) => mirror.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(mirror.address() as AddressInfo).port}`;
  proxy = await startAptProxy(join(folder, 'sock'), join(folder, 'cache'), { main: `${origin}/debian`, security: undefined });
});
afterEach(async () => {
  await proxy.close();
  mirror.closeAllConnections();
  mirror.close();
  await rm(folder, { recursive: true });
});

const fetchThrough = (path: string, method = 'GET'): Promise<string> =>
  new Promise((resolve, reject) => {
    const sent = request({ socketPath: join(folder, 'sock'), path, method, agent: false }, (response) => {
      let text = '';
      response.on('data', (data: Buffer) => (text += data.toString())).on('end', () => resolve(`${response.statusCode} ${text}`.trim()));
    });
    sent.on('error', reject).end();
  });

test('a package is fetched once, also when asked for twice at the same time', async () => {
  const url = `${origin}/debian/pool/a.deb`;
  const both = await Promise.all([fetchThrough(url), fetchThrough(url)]);
  expect([...both, await fetchThrough(url)]).toEqual(Array.from({ length: 3 }, () => '200 content of /debian/pool/a.deb'));
  expect(asked).toEqual(['/debian/pool/a.deb']);
});

test('an old list is fetched anew, and used when the mirror is gone', async () => {
  const url = `${origin}/debian/dists/InRelease`;
  await fetchThrough(url);
  const [file = ''] = await readdir(join(folder, 'cache'));
  await utimes(join(folder, 'cache', file), 0, 0);
  await fetchThrough(url);
  expect(asked).toHaveLength(2);
  await utimes(join(folder, 'cache', file), 0, 0);
  mirror.closeAllConnections();
  await new Promise((resolve) => mirror.close(resolve));
  expect(await fetchThrough(url)).toBe('200 content of /debian/dists/InRelease');
});

test.each([
  ['another host', () => 'http://127.0.0.1:1/debian/a', 'GET', '403'],
  ['another folder of the mirror', () => `${origin}/private`, 'GET', '403'],
  ['a folder that only begins like it', () => `${origin}/debian-private`, 'GET', '403'],
  ['a way out of the folder', () => `${origin}/debian/../private`, 'GET', '403'],
  ['no URL', () => '/debian/a', 'GET', '403'],
  ['something to be sent', () => `${origin}/debian/a`, 'POST', '403'],
  ['a redirect elsewhere', () => `${origin}/debian/away`, 'GET', '502'],
  ['a redirect within', () => `${origin}/debian/moved`, 'GET', '200 content of /debian/pool/a.deb'],
  ['a file that is not there', () => `${origin}/debian/missing`, 'GET', '404'],
])('%s is answered with %3$s', async (_reason, url, method, expected) => {
  expect(await fetchThrough(url(), method)).toBe(expected);
});
