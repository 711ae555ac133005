import { describe, expect, test } from 'vitest';
import { wireNetwork } from '#schemas/cloud/network.ts';
import { actualNetwork } from '#schemas/state/actual.ts';
import { convertNetwork } from './networks.ts';

const sample = {
  ID: 51001, Name: 'back', State: 'Active', IsDHCP: true, DCLocation: 'SdnSpb', Mask: '255.255.255.0', Gateway: '', Bandwidth: 0,
  NetworkCapacity: '', Type: 'PrivateClient', LinkedServers: [{ IP: '10.0.0.3', MAC: '00:50:56:aa:10:02', ServerID: 900102 }, { IP: '10.0.0.2', ServerID: 900101 }, {}],
}; // prettier-ignore

describe('convertNetwork', () => {
  test('a network with servers', () => {
    expect(convertNetwork(wireNetwork.parse(sample))).toEqual({
      id: 51001,
      name: 'back',
      state: 'active',
      rawState: 'Active',
      values: { dc: 'SdnSpb', dhcp: true },
      mask: '255.255.255.0',
      gateway: undefined,
      serverIds: [900101, 900102],
    });
  });

  test('the least there can be', () => {
    const converted = convertNetwork(wireNetwork.parse({ Id: '7', State: 'New' }));
    expect(actualNetwork.parse(converted)).toMatchObject({ id: 7, name: '', state: 'new', serverIds: [] });
  });
});
