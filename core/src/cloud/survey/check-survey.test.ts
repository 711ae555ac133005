import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cleanExchanges } from './clean/clean-exchanges.ts';
import { checkSurvey } from './check-survey.ts';
import type { Exchange } from './read/exchange.ts';

const get = (path: string, body: unknown, more: Partial<Exchange> = {}): Exchange => ({
  path,
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8' },
  elapsedMs: 1,
  body,
  ...more,
});
const server = (id: number, change: object = {}) => ({
  ID: id, Name: `web-${id}`, HostName: null, State: 'Active', IsPowerOn: true, CPU: 1, RAM: 1024, HDD: 20, HDDType: 'SSD', IP: '', PrimaryNetworkIp: '',
  AdminUserName: 'root', AdminPassword: 'Ab12Cd34', Image: 'VyOS', ImageFamily: 'Linux', IsHighPerformance: false, DCLocation: 'SdnSpb',
  LinkedNetworks: [], LinkedSshKeys: [], DateCreate: '2019-02-02T21:17:11.64', ...change,
}); // prettier-ignore
const codes = (...exchanges: Exchange[]) => checkSurvey(exchanges).findings.map(({ code }) => code);
const servers = (...rows: unknown[]) => get('/server', rows);

describe('what is found', () => {
  test.each<[string, Exchange[], string]>([
    ['a list in an envelope', [get('/server', { Items: [], Total: 0 })], 'bare-array'],
    ['an id twice', [servers(server(1), server(1))], 'unique-ids'],
    ['an id that is no number', [servers(server(1, { ID: 'a' }))], 'positive-ids'],
    ['an id of zero', [servers(server(0))], 'positive-ids'],
    ['a row that is a text', [servers('web-1')], 'unreadable-row'],
    ['a required field that is null', [servers(server(1, { Name: null }))], 'readable-objects'],
    ['an optional field of another kind', [servers(server(1, { IsPowerOn: { on: 1 } }))], 'readable-objects'],
    ['a new field', [servers(server(1, { Tariff: 'x' }))], 'unknown-field'],
    ['a new field of a link', [servers(server(1, { LinkedNetworks: [{ LinkID: 1, Vlan: 5 }] }))], 'unknown-field'],
    ['a field that is gone', [servers({ ...server(1), HostName: undefined, DateCreate: undefined })].map((one) => ({ ...one, body: JSON.parse(JSON.stringify(one.body)) as unknown })), 'missing-field'],
    ['a new state', [servers(server(1, { State: 'InPool' }))], 'unknown-state'],
    ['a new disk type', [servers(server(1, { HDDType: 'NVMe' }))], 'unknown-disk-type'],
    ['a big server', [servers(server(1, { RAM: 32_768 }))], 'limit-RAM'],
    ['an odd disk', [servers(server(1, { HDD: 655 }))], 'disk-step'],
    ['names that differ by case', [servers(server(1, { Name: 'Web' }), server(2, { Name: 'web ' }))], 'folded-names'],
    ['GET by id that differs', [servers(server(5)), get('/server/5', server(5, { CPU: 2 }))], 'list-agrees server'],
    ['a listed server that is not there', [servers(server(5)), get('/server/5', { Message: 'Server not found' }, { status: 404 })], 'listed-readable server'],
    ['a server that is not listed', [servers(server(5)), get('/server/6', server(6))], 'list-complete server'],
    ['another list a moment later', [servers(server(5)), servers(server(5), server(6))], 'list-repeats'],
    ['actions that are oldest first', [get('/server/5/action', [{ ID: 1, Type: 'Create', State: 'Completed' }, { ID: 2, Type: 'Resize', State: 'Completed' }])], 'newest-first'],
    ['a failed action', [get('/server/5/action', [{ ID: 1, Type: 'Create', State: 'Failed' }])], 'unknown-action-state'],
    ['a retired image', [servers(server(5, { Image: 'Ubuntu14.04x64' })), get('/image', [{ ID: 1, Name: 'VyOS' }])], 'server-images'],
    ['a data centre that is gone', [servers(server(5, { DCLocation: 'SdnMsk' })), get('/dcLocation', [{ TechTitle: 'SdnSpb' }])], 'server-data-centres'],
    ['a new data centre', [get('/dcLocation', [{ TechTitle: 'Ekb01' }])], 'data-centres-added'],
    ['a technical name twice', [get('/dcLocation', [{ TechTitle: 'SdnSpb' }, { TechTitle: 'SdnSpb' }])], 'unique-tech-titles'],
    ['keys without a type', [get('/sshkey', [{ ID: 1, Title: 'a', PublicKey: 'AAAAB3', IsActive: true }])], 'key-form'],
    ['a link the server does not have', [servers(server(5)), get('/network', [{ ID: 9, State: 'Active', LinkedServers: [{ ServerID: 5 }] }])], 'links-agree'],
    ['a link the network does not have', [servers(server(5, { LinkedNetworks: [{ NetworkID: 9 }] })), get('/network', [{ ID: 9, State: 'Active', LinkedServers: [] }])], 'links-seen'],
    ['a balance with a comma', [get('/customer/balance', '12,5')], 'balance-form'],
    ['a balance that is a number', [get('/customer/balance', 12.5)], 'balance-form'],
    ['another shape of /project', [get('/project', { Id: 1, Balances: {} })], 'project-shape'],
    ['a type that is not JSON', [get('/server', [], { headers: { 'content-type': 'text/plain' } })], 'json-type'],
    ['a page', [get('/server', undefined, { status: 502, otherBytes: 300 })], 'not-json'],
    ['headers about limits', [get('/server', [], { headers: { 'content-type': 'application/json', 'x-ratelimit-remaining': '9' } })], 'limit-headers'],
    ['other headers', [get('/server', [], { headers: { 'content-type': 'application/json', 'x-request-id': 'a' } })], 'unknown-headers'],
    ['a refusal for haste', [get('/server', { Message: 'Too many' }, { status: 429 })], 'limited'],
    ['a refusal for haste that was repeated', [get('/server', [], { earlier: [{ status: 429, headers: {} }] })], 'limited'],
    ['headers of a refused attempt', [get('/server', [], { earlier: [{ status: 429, headers: { 'retry-after': '7' } }] })], 'limit-headers'],
    ['paths whose case matters', [servers(server(5)), get('/Server/', { Message: 'x' }, { status: 404 })], 'path-case'],
    ['a missing server with 400', [get('/server/1', { Message: 'Server not found' }, { status: 400 })], 'absent-status'],
    ['a missing server in Russian', [get('/server/1', { Message: 'Сервер не найден' }, { status: 404 })], 'absent-words'],
    ['more in an error', [get('/server/1', { Message: 'Server not found', Code: 7 }, { status: 404 })], 'error-fields'],
    ['another form of date', [servers(server(5, { DateCreate: '02.02.2019' }))], 'date-form'],
  ])('%s', (_reason, exchanges, code) => {
    const result = checkSurvey(exchanges);
    expect(result.findings.map((finding) => finding.code)).toContain(code);
    expect(result.confirmed).not.toContain(code);
    // What is found must not depend on names, addresses or sums.
    expect(checkSurvey(cleanExchanges(exchanges, 'key')).findings).toEqual(result.findings);
  }); // prettier-ignore
});

test('an account as the reference has it: nothing differs and nothing is new', () => {
  const exchanges = [
    servers(server(5), server(6)),
    get('/server/5', server(5)),
    get('/server/1', { Message: 'Server not found' }, { status: 404 }),
  ];
  const { findings, confirmed } = checkSurvey(exchanges);
  expect(findings.filter(({ kind }) => kind !== 'answer')).toEqual([]);
  expect(confirmed).toEqual(
    expect.arrayContaining(['unknown-state', 'absent-status', 'list-agrees server', 'readable-objects', 'unique-ids']),
  );
});

test('sections come in their order', () => {
  const sections = checkSurvey([servers(server(1, { State: 'X', Tag: 1 })), get('/dns', [], { status: 404 }), get('/image', [{ ID: 1, Name: 'New' }])]).findings.map(({ section }) => section); // prettier-ignore
  expect(sections).toEqual(
    [...sections].sort((a, b) => Number(a.split('.')[0]) - Number(b.split('.')[0]) || a.localeCompare(b, 'en', { numeric: true })),
  );
});

test('any JSON at all is looked at without a crash', () => {
  const paths = fc.constantFrom('/account', '/customer/balance', '/project', '/server', '/image', '/dcLocation', '/sshkey', '/network', '/server/5', '/server/5/action'); // prettier-ignore
  fc.assert(
    fc.property(fc.array(fc.tuple(paths, fc.jsonValue({ maxDepth: 4 })), { maxLength: 6 }), (answers) => {
      const exchanges = answers.map(([path, body]) => get(path, body));
      expect(Array.isArray(codes(...exchanges))).toBe(true);
      expect(cleanExchanges(exchanges, 'key')).toHaveLength(exchanges.length);
    }),
  );
});
