import { applyOverlay } from '../store/wire-overlay.ts';
import type { StoredDataCentre, StoredImage } from '../store/state-schema.ts';

/** An image as GET `/image` shows it. */
export const viewImage = (image: StoredImage) =>
  applyOverlay(
    {
      ID: image.id,
      DisplayName: image.displayName,
      Name: image.name,
      DCLocation: image.dc,
      Hdd: image.hdd,
      Family: image.family,
      IsAvailableISP: image.family === 'Linux',
      IsISPLiteEnabled: image.family === 'Linux',
      IsISPBusinessEnabled: image.family === 'Linux',
      Type: image.type,
      LinkedSshKeys: [],
      OperatingSystemType: image.system,
    },
    image.wire,
  );

/** A data centre as GET `/dcLocation` shows it. */
export const viewDataCentre = (dc: StoredDataCentre) =>
  applyOverlay(
    {
      ID: dc.id,
      Title: dc.title,
      TechTitle: dc.techTitle,
      ShortTitle: dc.shortTitle,
      Country: dc.country,
      City: dc.city,
      IsEnableLowPool: dc.lowPool,
      IsEnableHighPool: dc.highPool,
      IsEnableBackup: dc.backup,
      IsEnableIpV6: false,
      IsOnlyForAdmins: false,
      HiddenToNewProjects: null,
      IsFirewallEnabled: true,
    },
    dc.wire,
  );
