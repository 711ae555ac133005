import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wireServer } from '#schemas/cloud/server.ts';
import { findHidden, hostileText } from '#test/helpers/hidden-characters.ts';
import { convertServer } from '../resources/servers.ts';
import { toIp, toMac, toUserName, toWord } from './check-text.ts';

const attack = "{{ lookup('pipe','touch PWN') }}";

describe('an address is an address', () => {
  test.each(['203.0.113.17', '2001:db8::1', '::ffff:10.0.0.1'])('%s', (text) => expect(toIp(text)).toBe(text));
  test.each([attack, '-oProxyCommand=x', '10.0.0.1\n', '10.0.0.1 x', '010.0.0.1', 'fe80::1%eth0', 'host', '$(id)', ''])(
    '%j is none',
    (text) => expect(toIp(text)).toBeUndefined(),
  );
});

describe('a user name is a user name', () => {
  test.each(['root', 'ubuntu', '_apt', 'a-b.c_1', 'Administrator', 'a'.repeat(32)])('%s', (text) => expect(toUserName(text)).toBe(text));
  test.each([attack, 'Root', 'administrator ', 'ADMINISTRATOR', '-oProxyCommand=x', '1a', 'a'.repeat(33), 'a b', 'root\n', 'корень', ''])(
    '%j is none',
    (text) => expect(toUserName(text)).toBeUndefined(),
  );
});

test.each([
  ['00:50:56:aa:10:01', true],
  ['00-50-56-AA-10-01', true],
  ['00:50:56:aa:10', false],
  [attack, false],
])('%s as a hardware address: %s', (text, isOne) => expect(toMac(text)).toBe(isOne ? text : undefined));

test('a control character in a name does not vanish: the name would be that of another server', () => {
  expect(toWord('web\0')).toBe('web\u{fffd}');
  expect(toWord('Общая сеть №1')).toBe('Общая сеть №1');
});

test('no server is so odd that something without its form gets past the border', () => {
  const text = fc.oneof(hostileText, fc.constant(attack), fc.constant('-oProxyCommand=x'));
  fc.assert(
    fc.property(text, text, text, (name, ip, user) => {
      const wire = wireServer.parse({
        ID: 1,
        Name: name,
        State: name,
        CPU: 1,
        RAM: 1,
        HDD: 1,
        IP: ip,
        AdminUserName: user,
        Image: name,
        DCLocation: name,
      });
      const server = convertServer(wire);
      expect(server.ip).toBeUndefined();
      expect(server.adminUser === undefined || /^[a-z_][a-z0-9_.-]*$/.test(server.adminUser)).toBe(true);
      for (const kept of [server.name, server.rawState, server.image ?? '', server.dc ?? ''])
        // Bidi controls and the like are data; surfaces show them.
        expect(findHidden(kept.replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, ''), { lines: false })).toBeUndefined();
    }),
    { numRuns: 1000 },
  );
});

test('what was left out is listed', () => {
  const wire = { ID: 1, Name: 'a\n', State: 'Active', CPU: 1, RAM: 1, HDD: 1, IP: attack, AdminUserName: attack };
  expect(convertServer(wireServer.parse(wire)).unusable).toEqual(['name', 'ip', 'adminUser']);
  expect(convertServer(wireServer.parse({ ...wire, Name: 'a', IP: '', AdminUserName: null })).unusable).toBeUndefined();
});
