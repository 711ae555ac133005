import { expect, test } from 'vitest';
import { wireDcLocation } from './dc-location.ts';
import { wireImage } from './image.ts';
import { wireSshKey } from './ssh-key.ts';

/** Recorded in April 2023. */
const image = {
  ID: 2169,
  DisplayName: 'Ubuntu 18.04 x64',
  Name: 'Ubuntu18.04x64',
  DCLocation: '',
  Hdd: 10,
  Family: 'Linux',
  IsAvailableISP: true,
  IsISPLiteEnabled: true,
  IsISPBusinessEnabled: true,
  Type: 'GoldServer',
  LinkedSshKeys: [],
  OperatingSystemType: 'Ubuntu',
};
const dataCentre = {
  ID: 1,
  Title: 'Xelent',
  TechTitle: 'SdnSpb',
  ShortTitle: 'СПБ',
  Country: 'Россия',
  City: 'Санкт-Петербург',
  IsEnableLowPool: true,
  IsEnableHighPool: true,
  IsEnableBackup: true,
  IsEnableIpV6: false,
  IsOnlyForAdmins: false,
  HiddenToNewProjects: null,
  IsFirewallEnabled: true,
};

test('the recorded image comes through as it is', () => expect(wireImage.parse(image)).toEqual(image));
test('the recorded data centre comes through as it is', () => expect(wireDcLocation.parse(dataCentre)).toEqual(dataCentre));

test.each([
  ['an image needs its id and name only', wireImage, { ID: '7', Name: 'VyOS' }, { ID: 7, Name: 'VyOS' }],
  ['a least disk in a text', wireImage, { ID: 7, Name: 'VyOS', Hdd: '40' }, { Hdd: 40 }],
  ['a data centre needs its technical name only', wireDcLocation, { TechTitle: 'X' }, { TechTitle: 'X' }],
  ['a hidden data centre, as a text', wireDcLocation, { TechTitle: 'X', HiddenToNewProjects: 'True' }, { HiddenToNewProjects: 'True' }],
  ['pools as texts', wireDcLocation, { TechTitle: 'X', IsEnableLowPool: 'False' }, { IsEnableLowPool: false }],
  ['a key', wireSshKey, { ID: 3001, Title: 'a', PublicKey: 'ssh-rsa A', IsActive: true }, { PublicKey: 'ssh-rsa A', IsActive: true }],
  ['a key that is the base64 part alone', wireSshKey, { ID: 3001, PublicKey: 'AAAAB3' }, { PublicKey: 'AAAAB3' }],
])('%s', (_reason, schema, value, part) => expect(schema.parse(value)).toMatchObject(part));

test.each([
  ['an image without a name', wireImage, { ID: 1 }],
  ['an image without an id', wireImage, { Name: 'a' }],
  ['a data centre without a technical name', wireDcLocation, { ID: 1, Title: 'МТС' }],
  ['a key without an id', wireSshKey, { Title: 'a' }],
])('%s is refused', (_reason, schema, value) => expect(schema.safeParse(value).success).toBe(false));
