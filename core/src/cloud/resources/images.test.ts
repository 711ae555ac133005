import { describe, expect, test } from 'vitest';
import { wireImage } from '#schemas/cloud/image.ts';
import { convertImage } from './images.ts';

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
