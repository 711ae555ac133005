import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FileReadError } from '../ports/files.ts';
import { credentialsPath, findCredentials, removeCredentials, storeCredentials } from './credentials.ts';
import { isLoopback, readSettings } from './environment.ts';
import { createEventFile } from './event-file.ts';
import { nodeFileReader } from './node-file-reader.ts';
import { createRedactor } from './redact.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-platform-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('settings from the environment', () => {
  test('are paced by default, and not on loopback', () => {
    expect(readSettings({})).toMatchObject({
      endpoint: 'https://api.1cloud.ru',
      readIntervalMs: 700,
      writeIntervalMs: 1000,
      concurrency: 4,
    });
    expect(readSettings({ ONECLOUD_ENDPOINT: 'http://127.0.0.1:8080/' })).toMatchObject({
      endpoint: 'http://127.0.0.1:8080',
      readIntervalMs: 0,
      writeIntervalMs: 0,
    });
    expect(readSettings({ ONECLOUD_ENDPOINT: 'http://127.0.0.1:8080', ICT_WRITE_INTERVAL_MS: '50' }).writeIntervalMs).toBe(50);
  });

  test.each([
    [{ ONECLOUD_ENDPOINT: 'nonsense' }, 'ONECLOUD_ENDPOINT'],
    [{ ONECLOUD_ENDPOINT: 'file:///etc' }, 'ONECLOUD_ENDPOINT'],
    [{ ICT_CONCURRENCY: '0' }, 'ICT_CONCURRENCY'],
    [{ ICT_CONCURRENCY: 'many' }, 'ICT_CONCURRENCY'],
    [{ ICT_ATTEMPTS: '1.5' }, 'ICT_ATTEMPTS'],
  ])('%j names the variable', (environment, variable) => {
    expect(() => readSettings(environment)).toThrow(expect.objectContaining({ name: 'EnvironmentError', variable }));
  });

  test.each([
    ['http://127.0.0.1:1', true],
    ['http://127.9.9.9', true],
    ['http://localhost:1', true],
    ['http://[::1]:1', true],
    ['http://127.example.org', false],
    ['https://api.1cloud.ru', false],
  ])('%s is loopback: %s', (endpoint, expected) => expect(isLoopback(endpoint)).toBe(expected));
});

describe('credentials', () => {
  const environment = () => ({ ICT_CONFIG_DIR: folder });

  test('contexts are kept side by side; the last login is current', async () => {
    await storeCredentials(environment(), 'a', 'https://a.test', 'token-a');
    await storeCredentials(environment(), 'b', 'https://b.test', 'token-b');
    expect(await findCredentials(environment())).toMatchObject({ token: 'token-b', context: 'b', source: 'login' });
    expect(await findCredentials(environment(), 'a')).toMatchObject({ token: 'token-a', endpoint: 'https://a.test' });
    expect(await findCredentials({ ...environment(), ICT_CONTEXT: 'a' })).toMatchObject({ token: 'token-a' });
    expect(await removeCredentials(environment(), 'b')).toBe(true);
    expect(await findCredentials(environment())).toMatchObject({ context: 'a' });
    expect(await removeCredentials(environment(), 'nobody')).toBe(false);
  });

  test('a token in the environment goes first, but not over a context that was asked for', async () => {
    await storeCredentials(environment(), 'a', 'https://a.test', 'token-a');
    const set = { ...environment(), ONECLOUD_TOKEN: ' from-environment\n' };
    expect(await findCredentials(set)).toMatchObject({ token: 'from-environment', source: 'environment' });
    expect(await findCredentials(set, 'a')).toMatchObject({ token: 'token-a' });
  });

  test.each([
    ['missing', {}, undefined, 'missing'],
    ['of a context that is not there', {}, 'x', 'unknown-context'],
  ] as const)('%s', async (_reason, more, context, code) => {
    await expect(findCredentials({ ...environment(), ...more }, context)).rejects.toMatchObject({ name: 'CredentialsError', code });
  });

  test('a damaged file is told without quoting it', async () => {
    await writeFile(credentialsPath(environment()), '{"token":"very-secret"', { mode: 0o600 });
    const error: unknown = await findCredentials(environment()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'unreadable' });
    expect(String((error as Error).stack)).not.toContain('very-secret');
  });
});

describe('the redactor', () => {
  const redact = createRedactor(() => ['s3cret-token', 'abc']);
  test.each([
    ['token s3cret-token and s3cret-token', 'token *** and ***'],
    ['a short one is left: abc', 'a short one is left: abc'],
    ['Authorization: Bearer whatever', 'Authorization: Bearer ***'],
    ['nothing here', 'nothing here'],
  ])('%j → %j', (text, expected) => expect(redact(text)).toBe(expected));
});

describe('the event file', () => {
  const event = { kind: 'message', at: '2026-01-02T03:04:05.000Z', level: 'info', text: { text: 'hello s3cret-token' } } as const;

  test('has each line at once, without secrets', async () => {
    const path = join(folder, 'events');
    const write = createEventFile(
      path,
      createRedactor(() => ['s3cret-token']),
      () => undefined,
    );
    write(event);
    expect(await readFile(path, 'utf8')).toBe(`${JSON.stringify({ ...event, text: { text: 'hello ***' } })}\n`);
  });

  test('that cannot be written is told once and stops nothing', () => {
    const problems: unknown[] = [];
    const write = createEventFile(
      join(folder, 'missing', 'events'),
      (text) => text,
      (error) => problems.push(error),
    );
    write(event);
    write(event);
    expect(problems).toHaveLength(1);
  });
});

describe('reading the user files', () => {
  test('is bounded, and a missing file is an answer', async () => {
    const path = join(folder, 'file');
    await writeFile(path, 'hello');
    expect(new TextDecoder().decode(await nodeFileReader.read(path, 5))).toBe('hello');
    await expect(nodeFileReader.read(path, 4)).rejects.toMatchObject({ code: 'too-large', bytes: 5 });
    expect(await nodeFileReader.read(join(folder, 'missing'), 4)).toBeUndefined();
    expect(await nodeFileReader.read(join(path, 'below'), 4)).toBeUndefined();
    await expect(nodeFileReader.read(folder, 4)).rejects.toEqual(new FileReadError('not-a-file', folder, { special: 'folder' }));
    expect([await nodeFileReader.exists(path), await nodeFileReader.exists(join(folder, 'missing'))]).toEqual([true, false]);
  });

  test.each([
    ['~/key.pub', join(homedir(), 'key.pub')],
    ['keys/a.pub', '/work/keys/a.pub'],
    ['/etc/key.pub', '/etc/key.pub'],
    ['~other/key', '/work/~other/key'],
  ])('%s beside /work/infra.yaml is %s', (path, expected) => expect(nodeFileReader.resolve(path, '/work/infra.yaml')).toBe(expected));
});
