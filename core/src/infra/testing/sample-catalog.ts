import type { Catalog } from '#schemas/state/actual.ts';

/** A small catalogue in the shape of the real one, for tests: with its ambiguous titles and one-pool data centres. */
export const sampleCatalog: Catalog = {
  dataCentres: [
    {
      id: 1,
      title: 'Xelent',
      techTitle: 'SdnSpb',
      shortTitle: 'СПБ',
      city: 'Санкт-Петербург',
      hasBasePool: true,
      hasHighPool: true,
      hasBackup: true,
    },
    { id: 2, title: 'Xelent-2', techTitle: 'SdnSpb2', shortTitle: 'СПБ2', city: 'Санкт-Петербург', hasBasePool: false, hasHighPool: true },
    {
      id: 3,
      title: 'DataSpace',
      techTitle: 'DsMsk',
      shortTitle: 'МСК',
      city: 'Москва',
      hasBasePool: true,
      hasHighPool: true,
      hasBackup: true,
    },
    {
      id: 4,
      title: 'МТС',
      techTitle: 'Vld01',
      shortTitle: 'ВЛД',
      city: 'Владивосток',
      hasBasePool: true,
      hasHighPool: false,
      hasBackup: false,
    },
    { id: 5, title: 'МТС', techTitle: 'Nsk01', shortTitle: 'НСК', city: 'Новосибирск', hasBasePool: true, hasHighPool: false },
  ],
  images: [
    { id: 3492, name: 'Ubuntu20.04x64', displayName: 'Ubuntu 20.4 x64', family: 'Linux', minDiskGb: 10 },
    { id: 3783, name: 'Debian11x64', displayName: 'Debian 11', family: 'Linux', minDiskGb: 20 },
    { id: 3740, name: 'WinServer2022x64En', displayName: 'Windows Server 2022 x64 (En)', family: 'Windows', minDiskGb: 30 },
    { id: 9001, name: 'OwnMsk', displayName: 'Golden', family: 'Linux', dc: 'DsMsk', minDiskGb: 10 },
    { id: 9002, name: 'TwinA', displayName: 'Twin', family: 'Linux' },
    { id: 9003, name: 'TwinB', displayName: 'Twin', family: 'Linux' },
  ],
};
