import { describe, expect, test } from 'vitest';
import { wireDcLocation } from '#schemas/cloud/dc-location.ts';
import { convertDataCentre } from './data-centres.ts';

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
