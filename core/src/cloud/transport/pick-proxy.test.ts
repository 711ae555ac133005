import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Environment } from './environment.ts';
import { isLoopback, pickProxy } from './pick-proxy.ts';

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
