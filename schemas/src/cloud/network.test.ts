import { expect, test } from 'vitest';
import { wireNetwork } from './network.ts';
import { wirePublicNetwork } from './public-network.ts';

test('the sample of a new private network: empty texts are absent addresses', () => {
  const sample = {
    ID: 51001,
    Name: 'back',
    State: 'New',
    IsDHCP: true,
    DCLocation: 'SdnSpb',
    Mask: '255.255.255.0',
    Gateway: '',
    Bandwidth: 0,
    NetworkCapacity: '',
    Type: 'PrivateClient',
    LinkedServers: [],
  };
  expect(wireNetwork.parse(sample)).toEqual({ ...sample, Gateway: undefined });
});

test.each([
  ['the least', { ID: 1, State: 'Active' }, { ID: 1, State: 'Active', LinkedServers: [] }],
  [
    'an old link',
    { ID: 1, State: 'Active', LinkedServers: [{ IP: '10.0.0.2', MAC: '00:50:56:aa:00:01', ServerID: '7' }] },
    { LinkedServers: [{ ServerID: 7, IP: '10.0.0.2' }] },
  ],
  [
    'a new link',
    { ID: 1, State: 'Active', LinkedServers: [{ ServerID: 7, LinkID: 8, LinkState: 'New', IP: '' }] },
    { LinkedServers: [{ LinkID: 8, LinkState: 'New', IP: undefined }] },
  ],
  ['a capacity as a number', { ID: 1, State: 'Active', NetworkCapacity: 4 }, { NetworkCapacity: '4' }],
  ['an unknown state', { ID: 1, State: 'InPool' }, { State: 'InPool' }],
])('a private network: %s', (_reason, value, part) => expect(wireNetwork.parse(value)).toMatchObject(part));

test.each([
  ['Id as documented', { Id: 5, State: 'FromPool' }, { ID: 5, State: 'FromPool', LinkedServers: [] }],
  ['ID as clients read', { ID: 5, State: 'Active' }, { ID: 5 }],
  ['without CIDR, firewall and tunnels, as the white label', { Id: 5, State: 'Active' }, { ID: 5, LinkedServers: [] }],
  [
    'with a firewall',
    { Id: 5, State: 'Active', Firewall: { Enabled: 'true', DefaultRuleAction: 'Drop', Rules: [{ Number: 1, Protocol: 'Tcp' }] } },
    { Firewall: { Enabled: true, Rules: [{ Number: 1, Protocol: 'Tcp' }] } },
  ],
  [
    'with a null firewall and no rules',
    { Id: 5, State: 'Active', Firewall: null, Vpn: { Tunnels: null } },
    { Firewall: undefined, Vpn: { Tunnels: [] } },
  ],
])('a public network: %s', (_reason, value, part) => expect(wirePublicNetwork.parse(value)).toMatchObject(part));

test('a network without an id or a state is refused', () => {
  expect(wireNetwork.safeParse({ State: 'Active' }).success).toBe(false);
  expect(wirePublicNetwork.safeParse({ Id: 1 }).success).toBe(false);
});
