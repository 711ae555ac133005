import { expect, test } from 'vitest';
import { networkCreateBody, serverActionBody, serverCreateBody, serverResizeBody, sshKeyCreateBody } from './requests.ts';

const create = { Name: 'web_1', CPU: 2, RAM: 4096, HDD: 20, ImageID: '2169' };

test.each([
  ['the required fields of a create', serverCreateBody, create],
  [
    'a create that was accepted in 2023',
    serverCreateBody,
    { ...create, HDDType: 'SSD', DCLocation: 'DsMsk', SshKeys: [3001], isHighPerformance: true },
  ],
  ['all five fields of a resize', serverResizeBody, { CPU: 1, RAM: 512, HDD: 10, HDDType: 'SAS', IsHighPerformance: false }],
  ['a power action', serverActionBody, { Type: 'ShutDownGuestOS' }],
  ['a link', serverActionBody, { Type: 'AddNetwork', NetworkID: 51001 }],
  ['a bandwidth', serverActionBody, { Type: 'EditNetworkBandwidth', NetworkLinkID: 1, NetworkBandwidth: 20 }],
  ['a network', networkCreateBody, { Name: 'back', DCLocation: 'SdnSpb', IsDHCP: true }],
  ['a key', sshKeyCreateBody, { Title: 'a', PublicKey: 'ssh-rsa A' }],
])('%s goes as it is', (_reason, schema, body) => expect(schema.parse(body)).toEqual(body));

test.each([
  ['a create with a misspelt name', serverCreateBody, { ...create, isHighPerfomance: true }],
  ['a create with a number for the image', serverCreateBody, { ...create, ImageID: 2169 }],
  ['a resize that leaves something out', serverResizeBody, { CPU: 1, RAM: 512, HDD: 10, HDDType: 'SAS' }],
  ['an unknown action', serverActionBody, { Type: 'Explode' }],
  ['a link to nothing', serverActionBody, { Type: 'AddNetwork' }],
])('%s is a mistake of ours', (_reason, schema, body) => expect(schema.safeParse(body).success).toBe(false));
