import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Lab, openLab } from '#test/helpers/lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab.close());

const signedOut = { ONECLOUD_TOKEN: '', ONECLOUD_ENDPOINT: '' };
const login = (input: string) => lab.run(['login', '--endpoint', lab.sandbox.endpoint], { input, environment: signedOut });

describe('login', () => {
  test('checks the token, stores it for its owner only, and later commands use it with its endpoint', async () => {
    expect(await login(`${lab.sandbox.token}\n`)).toMatchObject({ code: 0, out: expect.stringContaining('user@example.com') });
    const path = join(lab.folder, 'config', 'credentials.json');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await lab.run(['whoami'], { environment: { ...signedOut, ONECLOUD_ENDPOINT: lab.sandbox.endpoint } })).toMatchObject({
      code: 0,
      out: expect.stringContaining('context default'),
    });
    expect((await lab.run(['logout'], { environment: signedOut })).code).toBe(0);
    expect((await lab.run(['whoami'], { environment: signedOut })).code).toBe(4);
  });

  test('does not store a wrong token', async () => {
    expect((await login('wrong')).code).toBe(4);
    await expect(readFile(join(lab.folder, 'config', 'credentials.json'))).rejects.toThrow('ENOENT');
  });

  test('refuses a file that others can read', async () => {
    await login(lab.sandbox.token);
    await chmod(join(lab.folder, 'config', 'credentials.json'), 0o644);
    expect(await lab.run(['whoami'], { environment: signedOut })).toMatchObject({ code: 4, err: expect.stringContaining('chmod 600') });
  });

  test('a token file works, and one that is empty is an error', async () => {
    const path = join(lab.folder, 'token');
    await writeFile(path, `${lab.sandbox.token}\n`, { mode: 0o600 });
    const environment = { ONECLOUD_TOKEN: '', ONECLOUD_TOKEN_FILE: path };
    expect((await lab.run(['whoami'], { environment })).code).toBe(0);
    await writeFile(path, '');
    expect((await lab.run(['whoami'], { environment })).code).toBe(4);
  });
});

test('account shows the balance', async () => {
  expect((await lab.run(['account'])).out).toMatch(/user@example\.com\nBalance \d+\.\d\d RUB/);
});

test('catalog lists images and data centres', async () => {
  const { out } = await lab.run(['catalog']);
  expect(out).toMatch(/Ubuntu20\.04x64/);
  expect(out).toMatch(/SdnSpb/);
  const json: unknown = JSON.parse((await lab.run(['catalog', 'data-centres', '--json'])).out);
  expect(json).toMatchObject({
    dataCentres: expect.arrayContaining([expect.objectContaining({ techTitle: 'SdnSpb', hasBasePool: true })]),
  });
});
