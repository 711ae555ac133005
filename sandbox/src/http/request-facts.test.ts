import { describe, expect, test } from 'vitest';
import { authorize } from './authorize.ts';
import { readRequestFacts } from './request-facts.ts';
import { createRequestLog } from './request-log.ts';

test.each([
  ['/server', '/server', '/server'],
  ['/Server/777/', '/server/777', '/server/{id}'],
  ['/SERVER/777/Action/5', '/server/777/action/5', '/server/{id}/action/{id}'],
  ['/dcLocation', '/dclocation', '/dclocation'],
  ['//server//', '/server', '/server'],
  ['/', '/', '/'],
  ['/server/5abc', '/server/5abc', '/server/5abc'],
  ['/server/%41', '/server/a', '/server/a'],
  ['/server/%zz', '/server/%zz', '/server/%zz'],
])('%s is %s, a request of the kind %s', (pathname, path, kind) => {
  expect(readRequestFacts('get', pathname)).toEqual({ method: 'GET', path, kind });
});

describe('authorize', () => {
  test.each([['Bearer secret'], ['bearer secret'], ['Bearer   secret ']])('lets "%s" in', (header) => authorize(header, 'secret'));
  test.each([[undefined], [''], ['secret'], ['Bearer'], ['Bearer wrong'], ['Basic secret'], ['Bearer secret2'], ['Bearer SECRET']])(
    'keeps "%s" out',
    (header) => expect(() => authorize(header, 'secret')).toThrow('Authorization has been denied for this request.'),
  );
});

describe('the request log', () => {
  const event = { ...readRequestFacts('GET', '/server/1'), atMs: 5 };

  test('counts by method and kind', () => {
    const log = createRequestLog();
    for (const path of ['/server/1', '/Server/2/', '/server']) log.record({ ...readRequestFacts('GET', path), atMs: 0 });
    expect(log.counts()).toEqual({ 'GET /server': 1, 'GET /server/{id}': 2 });
  });

  test('keeps the last ones, with their times', () => {
    const log = createRequestLog();
    for (let atMs = 0; atMs < 2500; atMs++) log.record({ ...event, atMs });
    expect(log.recent()).toHaveLength(1000);
    expect(log.recent().at(-1)?.atMs).toBe(2499);
    log.clear();
    expect([log.counts(), log.recent()]).toEqual([{}, []]);
  });

  test('tells whoever listens', () => {
    const heard: unknown[] = [];
    createRequestLog((one) => heard.push(one)).record(event);
    expect(heard).toEqual([{ method: 'GET', path: '/server/1', kind: '/server/{id}', atMs: 5 }]);
  });
});
