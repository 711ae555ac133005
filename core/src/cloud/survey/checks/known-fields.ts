import type * as z from 'zod';
import { wireAccount } from '#schemas/cloud/account.ts';
import { wireAction } from '#schemas/cloud/action.ts';
import { wireDcLocation } from '#schemas/cloud/dc-location.ts';
import { wireImage } from '#schemas/cloud/image.ts';
import { wireNetwork } from '#schemas/cloud/network.ts';
import { wirePublicNetwork } from '#schemas/cloud/public-network.ts';
import { wireServer } from '#schemas/cloud/server.ts';
import { wireSshKey } from '#schemas/cloud/ssh-key.ts';

/** An object of the API: where it is read, what reads it, and the fields the reference lists. */
export interface WireKind {
  /** Section of the reference. */
  readonly section: string;
  readonly list?: string;
  /** Path of one. */
  readonly one?: RegExp;
  readonly schema: z.ZodType;
  /** Fields of the answers of 2023, or of the documentation. */
  readonly fields: readonly string[];
  /** Of these, ones that older or other answers lack: their absence is no news. */
  readonly optional: readonly string[];
}

export const linkFields = ['LinkID', 'NetworkID', 'LinkState', 'NetworkType', 'NetworkName', 'IP', 'MAC', 'Mask', 'Gateway', 'Bandwidth'];
export const linkedServerFields = ['LinkID', 'LinkState', 'IP', 'MAC', 'ServerID'];

/** Sections 3 to 9 of docs/reference/1cloud-api.md. */
export const wireKinds: readonly WireKind[] = [
  {
    section: '3.1',
    list: '/server',
    one: /^\/server\/\d+$/,
    schema: wireServer,
    fields: [
      'ID', 'Name', 'HostName', 'State', 'IsPowerOn', 'CPU', 'RAM', 'HDD', 'HDDType', 'IP', 'PrimaryNetworkIp', 'AdminUserName',
      'AdminPassword', 'Image', 'ImageFamily', 'IsHighPerformance', 'DCLocation', 'LinkedNetworks', 'LinkedSshKeys', 'DateCreate',
    ],
    optional: [],
  },
  {
    section: '3.8',
    one: /^\/server\/\d+\/action\/\d+$/,
    schema: wireAction,
    fields: ['ID', 'Type', 'State', 'StartDate', 'EndDate'],
    optional: ['StartDate', 'EndDate'],
  },
  {
    section: '4',
    list: '/image',
    schema: wireImage,
    fields: [
      'ID', 'Name', 'DisplayName', 'Family', 'DCLocation', 'Hdd', 'Type', 'OperatingSystemType', 'IsAvailableISP', 'IsISPLiteEnabled',
      'IsISPBusinessEnabled', 'LinkedSshKeys',
    ],
    optional: [],
  },
  {
    section: '6',
    list: '/dcLocation',
    schema: wireDcLocation,
    fields: [
      'ID', 'Title', 'TechTitle', 'ShortTitle', 'Country', 'City', 'IsEnableLowPool', 'IsEnableHighPool', 'IsEnableBackup',
      'IsEnableIpV6', 'IsOnlyForAdmins', 'HiddenToNewProjects', 'IsFirewallEnabled',
    ],
    optional: [],
  },
  {
    section: '7',
    list: '/sshkey',
    one: /^\/sshkey\/\d+$/,
    schema: wireSshKey,
    fields: ['ID', 'Title', 'PublicKey', 'IsActive'],
    optional: [],
  },
  {
    section: '8.1',
    list: '/network',
    one: /^\/network\/\d+$/,
    schema: wireNetwork,
    fields: [
      'ID', 'Name', 'State', 'IsDHCP', 'DCLocation', 'Mask', 'Gateway', 'Bandwidth', 'NetworkCapacity', 'Type', 'LinkedServers',
    ],
    optional: [],
  },
  {
    section: '8.2',
    list: '/publicnetwork',
    one: /^\/publicnetwork\/\d+$/,
    schema: wirePublicNetwork,
    fields: [
      'Id', 'Name', 'State', 'Mask', 'Gateway', 'CIDR', 'EdgeExternalIp', 'LinkedServers', 'IsDHCP', 'DCLocation', 'NetworkCapacity',
      'Type', 'Bandwidth', 'Firewall', 'Vpn',
    ],
    optional: ['CIDR', 'EdgeExternalIp', 'Firewall', 'Vpn'],
  },
  {
    section: '9',
    one: /^\/account$/,
    schema: wireAccount,
    fields: ['ID', 'FirstName', 'LastName', 'Email', 'Balance', 'BalanceTillDateUtc', 'ProjectBalances'],
    optional: ['Balance'],
  },
]; // prettier-ignore
