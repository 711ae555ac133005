import { describe, expect, test } from 'vitest';
import { wireServer, wireServers } from './server.ts';

/** The forms of a recorded create answer and of the same server later, spring 2023. */
const created = {
  ID: 900101,
  Name: 'web_1',
  HostName: null,
  State: 'New',
  IsPowerOn: false,
  CPU: 2,
  RAM: 2048,
  HDD: 40,
  IP: '',
  AdminUserName: null,
  AdminPassword: null,
  Image: 'Ubuntu20.04x64',
  IsHighPerformance: false,
  HDDType: 'SSD',
  PrimaryNetworkIp: '',
  LinkedNetworks: [],
  DCLocation: 'SdnSpb',
  ImageFamily: 'Linux',
  LinkedSshKeys: [],
  DateCreate: '2023-05-20T12:00:00.123456+03:00',
};
const link = {
  LinkID: 800501,
  NetworkID: 274,
  LinkState: 'Active',
  NetworkType: 'PublicShared',
  NetworkName: 'Общая публичная сеть',
  IP: '203.0.113.17',
  MAC: '00:50:56:aa:10:01',
  Mask: '255.255.255.0',
  Gateway: '203.0.113.1',
  Bandwidth: 10,
};
const later = {
  ...created,
  State: 'Active',
  IsPowerOn: true,
  IP: '203.0.113.17',
  PrimaryNetworkIp: '203.0.113.17',
  AdminUserName: 'root',
  AdminPassword: 'Ab12Cd34',
  LinkedNetworks: [link],
  DateCreate: '2023-05-20T12:00:00.123',
};

test('the recorded create answer: what is not there yet is undefined', () => {
  const { HostName, AdminUserName, AdminPassword, IP, PrimaryNetworkIp, ...rest } = created;
  expect([HostName, AdminUserName, AdminPassword, IP, PrimaryNetworkIp]).toEqual([null, null, null, '', '']);
  expect(wireServer.parse(created)).toEqual(rest);
});

test('the recorded answer of the running server, unchanged but for the null', () => {
  const { HostName: _null, ...rest } = later;
  expect(wireServer.parse(later)).toEqual(rest);
  expect(wireServers.parse([later, created])).toHaveLength(2);
});

const least = { ID: 1, Name: 'a', State: 'Active', CPU: 1, RAM: 512, HDD: 10 };

describe('is tolerant', () => {
  test.each([
    ['the six fields that are needed', least, { ID: 1, LinkedNetworks: [], LinkedSshKeys: [] }],
    ['numbers and booleans as texts', { ...least, CPU: '2', RAM: '1024', IsPowerOn: 'True' }, { CPU: 2, RAM: 1024, IsPowerOn: true }],
    ['Id for ID', { ...least, ID: undefined, Id: 9 }, {}],
    ['a state nobody knows', { ...least, State: 'MigrationFromPool' }, { State: 'MigrationFromPool' }],
    ['new fields', { ...least, Tags: ['x'] }, { Tags: ['x'] }],
    ['null lists', { ...least, LinkedNetworks: null, LinkedSshKeys: null }, { LinkedNetworks: [], LinkedSshKeys: [] }],
    ['ssh keys as ids', { ...least, LinkedSshKeys: [3001, '3002'] }, { LinkedSshKeys: [{ ID: 3001 }, { ID: 3002 }] }],
    ['ssh keys as objects', { ...least, LinkedSshKeys: [{ ID: 3001, Title: 'a' }] }, { LinkedSshKeys: [{ ID: 3001, Title: 'a' }] }],
    [
      'a link with an empty gateway and an unknown type',
      { ...least, LinkedNetworks: [{ LinkID: 1, Gateway: '', NetworkType: 'New' }] },
      { LinkedNetworks: [{ LinkID: 1, NetworkType: 'New' }] },
    ],
  ])('to %s', (reason, value, part) => {
    if (reason === 'Id for ID') {
      const { ID: _id, ...rest } = value;
      expect(wireServer.parse(rest)).toMatchObject({ ID: 9 });
    } else expect(wireServer.parse(value)).toMatchObject(part);
  });

  test.each(['ID', 'Name', 'State', 'CPU', 'RAM', 'HDD'])('but not to a missing %s', (field) => {
    expect(wireServer.safeParse({ ...least, [field]: undefined }).success).toBe(false);
    expect(wireServer.safeParse({ ...least, [field]: null }).success).toBe(false);
  });
});
