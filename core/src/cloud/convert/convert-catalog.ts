import type { WireDcLocation } from '#schemas/cloud/dc-location.ts';
import type { WireImage } from '#schemas/cloud/image.ts';
import type { DataCentre, Image } from '#schemas/state/actual.ts';

/** An image in our words. An empty data centre means everywhere. */
export const convertImage = (wire: WireImage): Image => ({
  id: wire.ID,
  name: wire.Name,
  displayName: wire.DisplayName ?? wire.Name,
  family: wire.Family,
  dc: wire.DCLocation?.trim() === '' ? undefined : wire.DCLocation,
  minDiskGb: wire.Hdd,
});

/** A data centre in our words. Its id is used by no call; a missing one is 0. */
export const convertDataCentre = (wire: WireDcLocation): DataCentre => ({
  id: wire.ID ?? 0,
  title: wire.Title ?? wire.TechTitle,
  techTitle: wire.TechTitle,
  shortTitle: wire.ShortTitle,
  city: wire.City,
  hasBasePool: wire.IsEnableLowPool ?? false,
  hasHighPool: wire.IsEnableHighPool ?? false,
  hasBackup: wire.IsEnableBackup,
});
