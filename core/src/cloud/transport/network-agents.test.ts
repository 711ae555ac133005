import { rootCertificates } from 'node:tls';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createRecordingLogger } from '#test/cloud/recording-logger.ts';
import { certificatePath, testCertificate } from '#test/cloud/tls-fixture.ts';
import { type Environment, isLoopback, pickProxy, readCertificates } from './network-agents.ts';

afterEach(() => vi.unstubAllEnvs());

/** The library reads the process itself, so both see the same variables. */
function pick(endpoint: string, environment: Environment): string | undefined {
  for (const name of ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY', 'http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'])
    vi.stubEnv(name, environment[name]);
  return pickProxy(new URL(endpoint), environment);
}

describe('pickProxy', () => {
  const api = 'https://api.1cloud.ru';
  const proxy = 'http://proxy.example:3128';

  test.each<[string, string, Environment, string | undefined]>([
    ['no variables', api, {}, undefined],
    ['HTTPS_PROXY', api, { HTTPS_PROXY: proxy }, proxy],
    ['lower case', api, { https_proxy: proxy }, proxy],
    ['ALL_PROXY', api, { ALL_PROXY: proxy }, proxy],
    ['an empty variable is none', api, { HTTPS_PROXY: '' }, undefined],
    ['HTTP_PROXY is for http', api, { HTTP_PROXY: proxy }, undefined],
    ['HTTP_PROXY for an http endpoint', 'http://cloud.example', { HTTP_PROXY: proxy }, proxy],
    ['NO_PROXY with the host', api, { HTTPS_PROXY: proxy, NO_PROXY: 'api.1cloud.ru' }, undefined],
    ['NO_PROXY with the domain', api, { HTTPS_PROXY: proxy, NO_PROXY: 'localhost,.1cloud.ru' }, undefined],
    ['NO_PROXY with another host', api, { HTTPS_PROXY: proxy, NO_PROXY: 'example.com' }, proxy],
    ['a loopback endpoint', 'http://127.0.0.1:8080', { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, ALL_PROXY: proxy }, undefined],
    ['localhost', 'http://localhost:8080', { HTTP_PROXY: proxy }, undefined],
  ])('%s', (_reason, endpoint, environment, expected) => expect(pick(endpoint, environment)).toBe(expected));

  test('an empty environment wants no proxy, whatever the process says', () => {
    vi.stubEnv('HTTPS_PROXY', proxy);
    expect(pickProxy(new URL(api), {})).toBeUndefined();
  });
});

test.each([
  ['http://127.0.0.1', true],
  ['http://127.1.2.3:80', true],
  ['http://[::1]:80', true],
  ['http://LOCALHOST', true],
  ['http://ict.localhost', true],
  ['http://localhost.example', false],
  ['http://10.0.0.1', false],
  ['http://127.example', false],
])('isLoopback(%s) is %s', (url, expected) => expect(isLoopback(new URL(url))).toBe(expected));

describe('readCertificates', () => {
  const read = (environment: Readonly<Record<string, string | undefined>>) => {
    const logger = createRecordingLogger();
    return { certificates: readCertificates(environment, logger), lines: logger.lines };
  };

  test.each(['SSL_CERT_FILE', 'NODE_EXTRA_CA_CERTS'])('%s is trusted besides the built-in ones', (variable) => {
    expect(read({ [variable]: certificatePath }).certificates).toEqual([...rootCertificates, testCertificate]);
  });

  test.each([
    ['no variable', {}],
    ['an empty one', { SSL_CERT_FILE: '' }],
  ])('%s leaves it to the built-in ones', (_reason, environment) =>
    expect(read(environment)).toEqual({ certificates: undefined, lines: [] }),
  );

  test('a file that cannot be read is a warning that names it', () => {
    const { certificates, lines } = read({ SSL_CERT_FILE: '/nowhere/ca.pem' });
    expect(certificates).toBeUndefined();
    expect(lines).toEqual(['warn The file of certificates cannot be read {"variable":"SSL_CERT_FILE","path":"/nowhere/ca.pem"}']);
  });
});
