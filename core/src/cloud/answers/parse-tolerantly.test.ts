import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wireServer, wireServers } from '#schemas/cloud/server.ts';
import { parseTolerantly } from './parse-tolerantly.ts';

const server = { ID: 1, Name: 'web', State: 'Active', CPU: 1, RAM: 512, HDD: 10 };
const optionalFields = ['HostName', 'IsPowerOn', 'HDDType', 'IP', 'PrimaryNetworkIp', 'AdminUserName', 'AdminPassword', 'Image', 'ImageFamily', 'IsHighPerformance', 'DCLocation', 'LinkedNetworks', 'LinkedSshKeys', 'DateCreate']; // prettier-ignore

describe('parseTolerantly', () => {
  test('a sound answer loses nothing', () => {
    expect(parseTolerantly(wireServer, server)).toMatchObject({ kind: 'parsed', value: server, dropped: [] });
  });

  test.each<[string, object, string[]]>([
    ['an optional field', { IsPowerOn: { on: 1 } }, ['IsPowerOn']],
    ['a field of a link', { LinkedNetworks: [{ NetworkID: 7, IP: 5 }] }, ['LinkedNetworks.0.IP']],
    ['a link that is no object, and only that one', { LinkedNetworks: [5, { NetworkID: 7 }] }, ['LinkedNetworks.0']],
    ['a list that is none', { LinkedNetworks: 'none' }, ['LinkedNetworks']],
  ])('drops %s that makes no sense', (_reason, fields, dropped) => {
    expect(parseTolerantly(wireServer, { ...server, ...fields })).toMatchObject({ kind: 'parsed', value: server, dropped });
  });

  test.each<[string, unknown, string[]]>([
    ['a required field', { ...server, ID: 'x' }, ['ID']],
    ['a missing field', { ID: 1 }, ['Name', 'State', 'CPU', 'RAM', 'HDD']],
    ['the whole answer', 'text', ['(whole answer)']],
  ])('refuses when %s makes no sense', (_reason, json, problems) => {
    expect(parseTolerantly(wireServer, json)).toEqual({ kind: 'unreadable', problems });
  });

  test.each([
    ['a row that is no object', [server, null]],
    ['a row without an id', [server, { ...server, ID: undefined }]],
  ])('never drops %s of a list: it would look deleted', (_reason, json) => {
    expect(parseTolerantly(wireServers, json).kind).toBe('unreadable');
  });

  test('problems name no values', () => {
    const parsed = parseTolerantly(wireServer, { ...server, ID: 'hunter2', AdminPassword: { text: 'hunter2' } });
    expect(JSON.stringify(parsed)).not.toContain('hunter2');
  });

  test('any garbage in optional fields leaves the server readable', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...optionalFields), fc.jsonValue({ maxDepth: 3 })), (garbage) => {
        const parsed = parseTolerantly(wireServers, [{ ...garbage, ...server }, server]);
        expect(parsed.kind).toBe('parsed');
        if (parsed.kind === 'parsed') expect(parsed.value[0]).toMatchObject(server);
      }),
    );
  });

  test('any JSON at all is either parsed or unreadable, never a crash', () => {
    fc.assert(fc.property(fc.jsonValue(), (json) => ['parsed', 'unreadable'].includes(parseTolerantly(wireServers, json).kind)));
  });
});
