import { toAddress } from '#schemas/infra/names.ts';
import type { DataCentre, Image } from '#schemas/state/actual.ts';
import type { ServerValues, ServerWriteOnly } from '#schemas/state/values.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { ExpandedEntry, InheritedField } from '../expand/expanded-infra.ts';
import { formatRam, limits } from '../rules/hardware-limits.ts';
import { isOffered } from './find-image.ts';
import type { Place, Resolver } from './resolver.ts';

/** What all servers of one entry have in common once names are resolved. */
export interface ResolvedEntry {
  readonly values: ServerValues;
  readonly writeOnly: ServerWriteOnly;
  readonly imageId: number;
}

/** Network name → technical name of its data centre, as far as it is known. */
export type NetworkCentres = ReadonlyMap<string, string>;

/** Resolves an entry against the catalogue. Undefined when something in it cannot be resolved: the resolver holds why. */
export function resolveEntry(entry: ExpandedEntry, networks: NetworkCentres, resolver: Resolver): ResolvedEntry | undefined {
  const { values } = entry;
  const { dc: dcName, image: imageName, cpu, ram, disk, pool = 'base', disk_type: diskType = 'SSD' } = values;
  if (dcName === undefined || imageName === undefined || cpu === undefined || ram === undefined || disk === undefined) return undefined;
  const dc = resolver.resolveDataCentre(dcName, placeOf(entry, 'dc'));
  const image = resolver.resolveImage(imageName, dc?.techTitle, placeOf(entry, 'image'));
  if (dc) checkDataCentre(entry, dc, networks, resolver);
  if (image) checkImage(entry, image, dc, resolver);
  if (!dc || !image) return undefined;
  const backupPeriod = values.backup === undefined || values.backup === 'off' ? 0 : values.backup.period;
  return {
    values: {
      dc: dc.techTitle,
      pool,
      image: image.name,
      cpu,
      ramMb: ram,
      diskGb: disk,
      diskType,
      networks: [...new Set(values.networks ?? [])].map((name) => toAddress('network', name)).sort(),
      power: values.power ?? 'on',
    },
    writeOnly: { imageId: image.id, backupPeriod, sshKeys: [...new Set(values.ssh_keys ?? [])].map((name) => toAddress('key', name)) },
    imageId: image.id,
  };
}

function checkDataCentre(entry: ExpandedEntry, dc: DataCentre, networks: NetworkCentres, resolver: Resolver): void {
  const { pool = 'base', backup } = entry.values;
  const offered = { base: dc.hasBasePool, high: dc.hasHighPool };
  if (!offered[pool]) {
    const other = pool === 'base' ? 'high' : 'base';
    const place = placeOf(entry, entry.origins.pool === 'built-in' ? 'dc' : 'pool');
    const canChange = offered[other] && entry.origins.pool !== 'built-in';
    resolver.report(
      'pool-not-offered',
      place,
      offered[other]
        ? t('Data centre {0} has no pool `{1}`, only `{2}`.', nameOf(dc), pool, other)
        : t('Data centre {0} has no pool `{1}`.', nameOf(dc), pool),
      canChange ? replaceWith(other) : undefined,
    );
  }
  if (backup !== undefined && backup !== 'off' && dc.hasBackup === false) {
    const place = placeOf(entry, 'backup');
    resolver.report('backup-not-offered', place, t('Data centre {0} makes no backups.', nameOf(dc)));
  }
  for (const network of entry.values.networks ?? []) {
    const centre = networks.get(network);
    if (centre === undefined || centre === dc.techTitle) continue;
    const place = placeOf(entry, 'networks');
    const detail = t('Network `{0}` is in data centre `{1}`, but server `{2}` is in `{3}`.', network, centre, entry.name, dc.techTitle);
    resolver.report('network-other-data-centre', place, detail);
  }
}

function checkImage(entry: ExpandedEntry, image: Image, dc: DataCentre | undefined, resolver: Resolver): void {
  const { ram = 0, disk = 0 } = entry.values;
  if (dc && !isOffered(image, dc.techTitle)) {
    const place = placeOf(entry, 'image');
    const detail = t('Image `{0}` exists only in data centre `{1}`, not in {2}.', image.displayName, image.dc ?? '', nameOf(dc));
    resolver.report('image-not-offered', place, detail);
  }
  const isWindows = image.family?.toLowerCase() === 'windows';
  if (isWindows && ram < limits.ram.minWindowsMb) {
    const place = placeOf(entry, 'ram');
    const least = formatRam(limits.ram.minWindowsMb);
    const detail = t('Windows needs at least {0} of memory; `{1}` has {2}.', least, entry.name, formatRam(ram));
    resolver.report('below-minimum', place, detail, replaceWith(least));
  }
  const leastDisk = Math.max(image.minDiskGb ?? 0, isWindows ? limits.disk.minWindowsGb : 0);
  if (disk >= leastDisk) return;
  const isImageRule = leastDisk === image.minDiskGb;
  const detail = isImageRule
    ? t('Image `{0}` needs a disk of at least {1} GB; `{2}` has {3} GB.', image.displayName, leastDisk, entry.name, disk)
    : t('Windows needs a disk of at least {0} GB; `{1}` has {2} GB.', leastDisk, entry.name, disk);
  resolver.report(isImageRule ? 'disk-below-image' : 'below-minimum', placeOf(entry, 'disk'), detail, replaceWith(`${leastDisk} GB`));
}

/** Where the effective value of a field stands, and the entry it is about. A built-in value stands at the entry's name. */
const placeOf = (entry: ExpandedEntry, field: InheritedField): Place => ({
  source: () => entry.sourceOf(field) ?? entry.source,
  address: `servers.${entry.name}`,
});

const replaceWith = (newText: string): { title: Text; newText: string } => ({ title: t('Replace with `{0}`', newText), newText });

const nameOf = ({ title, techTitle }: DataCentre): string => `${title} (\`${techTitle}\`)`;
