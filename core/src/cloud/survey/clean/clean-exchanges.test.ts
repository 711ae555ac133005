import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../read/exchange.ts';
import { cleanExchanges, HIDDEN } from './clean-exchanges.ts';
import { createStandIns } from './stand-ins.ts';

const get = (path: string, body: unknown, headers: Record<string, string> = {}): Exchange => ({
  path,
  status: 200,
  headers,
  elapsedMs: 1,
  body,
});
const clean = (path: string, body: unknown): unknown => cleanExchanges([get(path, body)], 'key')[0]?.body;
const rsa = 'ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQDexampleexampleexample ivan@bank';

describe('nothing private is left', () => {
  test.each<[string, Record<string, unknown>, string[]]>([
    ['a password', { AdminPassword: 'Ab12Cd34' }, ['Ab12Cd34']],
    [
      'a VPN key and storage credentials',
      { Vpn: { Tunnels: [{ SharedKey: 'psk!' }] }, S3Connection: 'AKIA', Password: 'p@ss' },
      ['psk!', 'AKIA', 'p@ss'],
    ],
    [
      'a person',
      { FirstName: 'Иван', LastName: 'Петров', Email: 'ivan@bank.example', Phone: '+79161234567' },
      ['Иван', 'Петров', 'bank', '9161234567'],
    ],
    [
      'names of objects',
      { Name: 'sberbank-prod', HostName: 'sberbank-host', Title: 'laptop of Ivan', NetworkName: 'office' },
      ['sberbank', 'Ivan', 'office'],
    ],
    [
      'addresses anywhere in a text',
      { IP: '185.12.30.44', MAC: '00:50:56:ab:cd:ef', CIDR: '185.12.30.0/24', Note: 'merger at 185.12.30.44' },
      ['185.12.30', 'ab:cd:ef', 'merger'],
    ],
    ['IPv6', { IP: '2a03:6f00:1::5c35:7d20', Gateway: '2a03:6f00::1' }, ['6f00', '5c35']],
    ['a key with its comment', { PublicKey: rsa }, ['example', 'ivan', 'bank']],
    ['a key without its type', { PublicKey: rsa.split(' ')[1] }, ['example']],
    ['money', { Balance: 98765.43, ProjectBalances: [{ Balance: { Real: '98765,43' } }] }, ['98765']],
    [
      'a field nobody knows',
      { Comment: 'for the merger', Tags: ['secret-project'], Deep: { Label: 'merger' } },
      ['merger', 'secret-project'],
    ],
    ['a name as a key of an object', { Labels: { 'my secret project': 1 } }, ['secret']],
    [
      'names, addresses and endpoints quoted in a message',
      {
        Name: 'sberbank-prod',
        Message: 'Server sberbank-prod at 185.12.30.44 (https://cloud.bank.example/x) of ivan@bank.example is busy',
      },
      ['sberbank', '185.12', 'bank'],
    ],
  ])('%s', (_reason, row, secrets) => {
    for (const body of [row, [row], { Items: [row] }]) {
      const text = JSON.stringify(clean('/server', body));
      for (const secret of secrets) expect(text).not.toContain(secret);
    }
  });

  test('any name at all is replaced, also inside messages', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-zа-яA-Z][a-zа-яA-Z0-9 _.-]{7,30}$/), (name) => {
        const text = JSON.stringify(clean('/server', [{ ID: 1, Name: name }, { Message: `about ${name}` }]));
        expect(text).not.toContain(name);
      }),
    );
  });

  test('values of headers that may identify somebody', () => {
    const headers = { 'set-cookie': 'sid=1', 'x-request-id': 'abc', 'content-type': 'text/json', 'x-ratelimit-limit': '10' };
    const [cleaned] = cleanExchanges([get('/server', [], headers)], 'key');
    expect(cleaned?.headers).toEqual({ ...headers, 'set-cookie': HIDDEN, 'x-request-id': HIDDEN });
  });
});

describe('what the API is like stays', () => {
  test('ids, sizes, states, dates, the catalogue and nulls', () => {
    const row = {
      ID: 900001, State: 'Active', CPU: 2, IsPowerOn: true, HostName: null, IP: '', DCLocation: 'SdnSpb', Image: 'Ubuntu20.04x64',
      DateCreate: '2019-02-02T21:17:11.64', BalanceTillDateUtc: '2019-02-02T21:17:11', AdminUserName: 'root',
      LinkedNetworks: [{ NetworkType: 'PublicShared', NetworkName: 'Общая публичная сеть', Mask: '255.255.255.0' }],
    }; // prettier-ignore
    expect(clean('/server', [row])).toEqual([row]);
  });

  test('the data centres and the provider’s images, but not the names of own images', () => {
    const own = { ID: 9, Name: 'BankGold', DisplayName: 'Bank gold', DCLocation: 'SdnSpb', Type: '' };
    const gold = { ID: 3, Name: 'VyOS', DisplayName: 'VyOS 1.1.8 x64', DCLocation: '', Type: 'GoldServer' };
    const cleaned = cleanExchanges(
      [get('/image', [own, gold]), get('/server/1', { Image: 'BankGold' }), get('/server/2', { Image: 'VyOS' })],
      'key',
    );
    expect(JSON.stringify(cleaned)).not.toMatch(/bank/i);
    expect(cleaned[0]?.body).toMatchObject([{ ID: 9 }, gold]);
    const [image] = (cleaned[0]?.body ?? []) as { Name: string }[];
    expect(cleaned.slice(1).map(({ body }) => body)).toEqual([{ Image: image?.Name }, { Image: 'VyOS' }]);
  });

  test('the form of names: alphabet, case, length, dashes; equal stays equal, different stays different', () => {
    const { name } = createStandIns('key');
    expect(name('Веб-Server_12')).toMatch(/^[А-Я][а-я]{2}-[A-Z][a-z]{5}_\d\d$/);
    expect(name('web')).toBe(name('web'));
    const short = Array.from({ length: 300 }, (_, index) => index.toString(36).padStart(2, '0'));
    expect(new Set(short.map((one) => name(`a${one}`))).size).toBe(300);
  });

  test('addresses of one network stay together, private ones private, masks as they are', () => {
    const { addresses } = createStandIns('key');
    const [a, b, c] = ['192.168.7.2', '192.168.7.9', '185.12.30.44'].map(addresses);
    expect(a?.replace(/\.2$/, '')).toBe(b?.replace(/\.9$/, ''));
    expect([a, c]).toEqual([expect.stringMatching(/^10\./), expect.stringMatching(/^198\.1[89]\./)]);
    expect(addresses('255.255.255.0 0.0.0.0')).toBe('255.255.255.0 0.0.0.0');
    expect(addresses('00:50:56:aa:10:01')).toMatch(/^00:50:56:(?!aa:10:01)(?:[0-9a-f]{2}:){2}[0-9a-f]{2}$/);
  });

  test('forms of money and keys', () => {
    const { amount, publicKey } = createStandIns('key');
    expect([amount('-3500,07'), amount('0.00')]).toEqual(['-1111,11', '0.00']);
    expect(publicKey(rsa)).toMatch(/^ssh-rsa AAAAB3NzaC1yc2EAAAADAQAB\S+ comment$/);
    expect(publicKey(rsa).split(' ')[1]).toHaveLength((rsa.split(' ')[1] ?? '').length);
    expect(publicKey('AAAAB3NzaC1yc2EAAAADAQABAAAB')).not.toContain(' ');
  });

  test('the same account gives the same stand-ins again, another one others', () => {
    expect(createStandIns('key').name('web-server')).toBe(createStandIns('key').name('web-server'));
    expect(createStandIns('key').name('web-server')).not.toBe(createStandIns('other').name('web-server'));
  });
});
