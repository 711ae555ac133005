import type { WireDcLocation } from '#schemas/cloud/dc-location.ts';
import type { WireImage } from '#schemas/cloud/image.ts';
import type { DataCentre, Image } from '#schemas/state/actual.ts';
import { toWord, toWordIfAny } from '../texts/check-text.ts';

/** An image in our words. An empty data centre means everywhere. */
export const convertImage = (wire: WireImage): Image => ({
  id: wire.ID,
  name: toWord(wire.Name),
  displayName: toWord(wire.DisplayName ?? wire.Name),
  family: toWordIfAny(wire.Family),
  dc: wire.DCLocation?.trim() === '' ? undefined : toWordIfAny(wire.DCLocation),
  minDiskGb: wire.Hdd,
});

/** A data centre in our words. Its id is used by no call; a missing one is 0. */
export const convertDataCentre = (wire: WireDcLocation): DataCentre => ({
  id: wire.ID ?? 0,
  title: toWord(wire.Title ?? wire.TechTitle),
  techTitle: toWord(wire.TechTitle),
  shortTitle: toWordIfAny(wire.ShortTitle),
  city: toWordIfAny(wire.City),
  hasBasePool: wire.IsEnableLowPool ?? false,
  hasHighPool: wire.IsEnableHighPool ?? false,
  hasBackup: wire.IsEnableBackup,
});
