import { describe, expect, test } from 'vitest';
import { listProblems, readSample, sampleHead } from '../testing/read-sample.ts';
import { sampleCatalog } from '../testing/sample-catalog.ts';
import { findDataCentre } from './find-data-centre.ts';
import { findImage } from './find-image.ts';
import { resolveInfra } from './resolve-infra.ts';

async function resolve(text: string) {
  const { value, diagnostics } = await readSample(sampleHead + text);
  expect(diagnostics).toEqual([]);
  if (!value) throw new Error('not expanded');
  return resolveInfra(value, sampleCatalog);
}

test('a server with everything', async () => {
  const { value: desired } = await resolve(`networks: { back: { dhcp: false }, aux: {} }
servers: { web: { count: 2, networks: [back, aux], power: off, backup: { period: 7 }, protect: true, image: debian 11, disk: 20 } }
limits: { max_deletes: 3 }
manage: account
`);
  expect(desired).toMatchObject({ project: 'shop', manage: 'account', maxDeletes: 3, keys: [] });
  expect(desired?.networks.map(({ address, values }) => [address, values])).toEqual([
    ['network.back', { dc: 'SdnSpb', dhcp: false }],
    ['network.aux', { dc: 'SdnSpb', dhcp: true }],
  ]);
  expect(desired?.servers[1]).toMatchObject({
    address: 'server.web-2',
    name: 'web-2',
    entry: 'web',
    imageId: 3783,
    protect: true,
    values: {
      dc: 'SdnSpb',
      pool: 'base',
      image: 'Debian11x64',
      cpu: 1,
      ramMb: 1024,
      diskGb: 20,
      diskType: 'SSD',
      networks: ['network.aux', 'network.back'],
      power: 'off',
    },
    writeOnly: { imageId: 3783, backupPeriod: 7, sshKeys: [] },
  });
});

test('defaults of the whole', async () => {
  const { value } = await resolve('servers: { web: {} }\nlimits: { monthly_budget: 100 }\nprices: p.yaml\n');
  expect(value).toMatchObject({ manage: 'owned', maxDeletes: 1, monthlyBudget: 100, groups: { web: ['server.web'] } });
  expect(value?.servers[0]?.writeOnly.backupPeriod).toBe(0);
});

describe('names in the catalogue', () => {
  test.each([
    ['technical name', 'SdnSpb', 'SdnSpb'],
    ['title', 'Xelent-2', 'SdnSpb2'],
    ['short title', 'МСК', 'DsMsk'],
    ['another case', 'dataspace', 'DsMsk'],
    ['ambiguous title', 'МТС', ['Vld01', 'Nsk01']],
    ['unknown', 'Mars', undefined],
  ])('data centre by %s', (_by, name, expected) => {
    const found = findDataCentre(sampleCatalog, name);
    expect(
      found.kind === 'found'
        ? found.thing.techTitle
        : found.kind === 'ambiguous'
          ? found.things.map(({ techTitle }) => techTitle)
          : undefined,
    ).toEqual(expected);
  });

  test.each([
    ['id', '3492', undefined, 3492],
    ['technical name', 'Ubuntu20.04x64', undefined, 3492],
    ['display name', 'Ubuntu 20.4 x64', undefined, 3492],
    ['another case', 'DEBIAN 11', undefined, 3783],
    ['the name of one in another data centre', 'Golden', 'SdnSpb', 9001],
    ['unknown', 'Plan 9', undefined, undefined],
  ])('image by %s', (_by, name, dc, id) => {
    const found = findImage(sampleCatalog, name, dc);
    expect(found.kind === 'found' ? found.thing.id : undefined).toBe(id);
  });

  test('of two images with one name the one in the data centre is meant', () => {
    const twins = {
      ...sampleCatalog,
      images: [...sampleCatalog.images, { id: 9100, name: 'OwnSpb', displayName: 'Golden', dc: 'SdnSpb' }],
    };
    expect(findImage(twins, 'Golden', 'SdnSpb')).toMatchObject({ kind: 'found', thing: { id: 9100 } });
    expect(findImage(twins, 'Golden', undefined)).toMatchObject({ kind: 'ambiguous' });
  });
});

test.each<[string, string, string[]]>([
  [
    'an ambiguous title lists the ways out',
    'servers: { w: { dc: МТС } }',
    [
      '0:20 ambiguous-data-centre — `МТС` is the title of several data centres: `Vld01` (Владивосток), `Nsk01` (Новосибирск). Write the technical name.',
    ],
  ],
  [
    'the built-in pool where only the high one exists stands at the data centre',
    'servers: { w: { dc: Xelent-2 } }',
    ['0:20 pool-not-offered — Data centre Xelent-2 (`SdnSpb2`) has no pool `base`, only `high`.'],
  ],
  [
    'a Windows server that is too small',
    'servers: { w: { image: 3740, ram: 768 } }',
    [
      '-1:73 below-minimum — Windows needs a disk of at least 40 GB; `w` has 10 GB.',
      '0:34 below-minimum — Windows needs at least 1 GB of memory; `w` has 768 MB.',
    ],
  ],
  [
    'a wrong image in a thousand servers is one problem',
    'servers: { a: { count: 1000, image: Ubuntu }, b: {} }',
    [
      '0:36 unknown-image — The provider has no image `Ubuntu`. Known are: `Ubuntu 20.4 x64`, `Ubuntu20.04x64`, `Debian 11`, `Debian11x64`, `Windows Server 2022 x64 (En)`, `WinServer2022x64En`, `Golden`, `OwnMsk`, `Twin`, `TwinA`, `TwinB`.',
    ],
  ],
  [
    'a network in an unknown data centre',
    'networks: { n: { dc: Mars } }',
    [
      '0:21 unknown-data-centre — The provider has no data centre `Mars`. Known are: `Xelent`, `Xelent-2`, `DataSpace`, `SdnSpb`, `SdnSpb2`, `DsMsk`, `Vld01`, `Nsk01`.',
    ],
  ],
  ['where backups are not known to be missing they are allowed', 'servers: { w: { dc: Nsk01, backup: { period: 7 } } }', []],
])('%s', async (_reason, text, expected) => expect(await listProblems(text)).toEqual(expected));
