import { describe, expect, test } from 'vitest';
import { wireDcLocation } from '#schemas/cloud/dc-location.ts';
import { wireImage } from '#schemas/cloud/image.ts';
import { convertDataCentre, convertImage } from './convert-catalog.ts';

describe('convertImage', () => {
  const sample = {
    ID: 2169,
    DisplayName: 'Ubuntu 18.04 x64',
    Name: 'Ubuntu18.04x64',
    DCLocation: '',
    Hdd: 10,
    Family: 'Linux',
    Type: 'GoldServer',
  };

  test.each([
    [
      'a common image',
      {},
      { id: 2169, name: 'Ubuntu18.04x64', displayName: 'Ubuntu 18.04 x64', family: 'Linux', dc: undefined, minDiskGb: 10 },
    ],
    ['an own image', { DCLocation: 'DsMsk' }, { dc: 'DsMsk' }],
    ['an image without a title', { DisplayName: null }, { displayName: 'Ubuntu18.04x64' }],
    ['an image that tells no size', { Hdd: undefined }, { minDiskGb: undefined }],
  ])('%s', (_reason, fields, expected) => expect(convertImage(wireImage.parse({ ...sample, ...fields }))).toMatchObject(expected));
});

describe('convertDataCentre', () => {
  test('the documented sample', () => {
    const sample = { ID: 1, Title: 'Xelent', TechTitle: 'SdnSpb', ShortTitle: 'СПБ', Country: 'Россия', City: 'Санкт-Петербург', IsEnableLowPool: true, IsEnableHighPool: true, IsEnableBackup: true, HiddenToNewProjects: null }; // prettier-ignore
    expect(convertDataCentre(wireDcLocation.parse(sample))).toEqual({
      id: 1,
      title: 'Xelent',
      techTitle: 'SdnSpb',
      shortTitle: 'СПБ',
      city: 'Санкт-Петербург',
      hasBasePool: true,
      hasHighPool: true,
      hasBackup: true,
    });
  });

  test('the least there can be offers nothing it does not tell', () => {
    expect(convertDataCentre(wireDcLocation.parse({ TechTitle: 'New01' }))).toMatchObject({
      id: 0,
      title: 'New01',
      hasBasePool: false,
      hasHighPool: false,
    });
  });
});
