import { type Address, type ResourceKind, toAddress } from '#schemas/infra/names.ts';
import type { ActualNetwork, ActualServer, DataCentre, Image } from '#schemas/state/actual.ts';
import { t, type Text } from '#schemas/text/text.ts';
import { comparedValues, serverFields } from '../compared-fields.ts';
import type { DesiredServer } from '../desired-state.ts';
import type { Origins } from '../expand/lay-over.ts';
import { remember } from '../remember.ts';
import type { ExpandedEntry, InheritedField, ValueOrigin } from '../expand/expanded-infra.ts';
import { formatRam, limits } from '../rules/entries/hardware-limits.ts';
import { isOffered } from './find-image.ts';
import type { FindPlace, Place, Resolver } from './resolver.ts';

/** What all servers of one entry have in common once names are resolved. */
export type ResolvedEntry = Pick<DesiredServer, 'values' | 'managed' | 'writeOnly' | 'managedWriteOnly' | 'imageId'>;

/** What resolving an entry needs besides the entry. */
export interface EntryContext {
  readonly resolver: Resolver;
  /** Network name → technical name of its data centre, as far as it is known. */
  readonly networks: ReadonlyMap<string, string>;
  readonly existing: ExistingObjects;
  /** What entries give whose data centre and image are known: those that give the same fields share it. */
  readonly managed: Map<Origins, Managed>;
}

/** Objects of the file that exist, by address. What they have already is no problem, only something worth knowing. */
export interface ExistingObjects {
  readonly servers: ReadonlyMap<Address, ActualServer>;
  readonly networks: ReadonlyMap<Address, ActualNetwork>;
}

/** Which values the file gives. */
export type Managed = Pick<DesiredServer, 'managed' | 'managedWriteOnly'>;

/**
 * Resolves an entry against the catalogue. What the catalogue does not know is reported and left unmanaged: a server that exists
 * keeps what it has. Undefined when the entry lacks something that every server needs.
 */
export function resolveEntry(entry: ExpandedEntry, context: EntryContext): ResolvedEntry | undefined {
  const { resolver } = context;
  const { values } = entry;
  const { dc: dcName, image: imageName, cpu, ram, disk, pool = 'base', disk_type: diskType = 'SSD' } = values;
  if (dcName === undefined || imageName === undefined || cpu === undefined || ram === undefined || disk === undefined) return undefined;
  // A name that the catalogue does not know cannot ask for a replacement: what exists keeps what it has.
  const placeOf =
    (field: InheritedField): FindPlace =>
    () =>
      toPlace(entry, context, field, () => true);
  const dc = resolver.resolveDataCentre(dcName, placeOf('dc'));
  const image = resolver.resolveImage(imageName, dc?.techTitle, placeOf('image'));
  if (dc) checkDataCentre(entry, dc, context);
  if (image) checkImage(entry, image, dc, context);
  const { origins } = entry;
  const { managed, managedWriteOnly } =
    dc && image
      ? remember(context.managed, origins, () => listManaged(origins))
      : listManaged({ ...origins, dc: dc && origins.dc, image: image && origins.image });
  const backupPeriod = values.backup === undefined || values.backup === 'off' ? 0 : values.backup.period;
  return {
    values: {
      dc: dc?.techTitle ?? dcName,
      pool,
      image: image?.name ?? imageName,
      cpu,
      ramMb: ram,
      diskGb: disk,
      diskType,
      networks: toAddresses('network', values.networks).sort(),
      power: values.power ?? 'on',
    },
    managed,
    managedWriteOnly,
    writeOnly: {
      ...(image ? { imageId: image.id } : {}),
      backupPeriod,
      sshKeys: toAddresses('key', values.ssh_keys),
    },
    imageId: image?.id ?? 0,
  };
}

/** What the file gives: everything that has an origin and is not built in. A data centre or image that is not known has none. */
function listManaged(origins: { readonly [Field in InheritedField]?: ValueOrigin | undefined }): Managed {
  const isGiven = (field: InheritedField): boolean => origins[field] !== undefined && origins[field] !== 'built-in';
  return {
    managed: new Set(comparedValues.filter((key) => isGiven(serverFields[key]))),
    managedWriteOnly: new Set([
      ...(isGiven('backup') ? (['backupPeriod'] as const) : []),
      ...(isGiven('ssh_keys') ? (['sshKeys'] as const) : []),
      ...(origins.image ? (['imageId'] as const) : []),
    ]),
  };
}

/** Addresses of what a list names, each once. */
const toAddresses = (kind: ResourceKind, names: readonly string[] = []): Address[] =>
  names.filter((name, index) => names.indexOf(name) === index).map((name) => toAddress(kind, name));

function checkDataCentre(entry: ExpandedEntry, dc: DataCentre, context: EntryContext): void {
  const { networks, resolver } = context;
  const { pool = 'base', backup } = entry.values;
  const offered = { base: dc.hasBasePool, high: dc.hasHighPool };
  if (!offered[pool]) {
    const other = pool === 'base' ? 'high' : 'base';
    const place = toPlace(
      entry,
      context,
      entry.origins.pool === 'built-in' ? 'dc' : 'pool',
      (server) => server.dc === dc.techTitle && server.pool === pool,
    );
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
    const place = toPlace(entry, context, 'backup', () => true);
    resolver.report('backup-not-offered', place, t('Data centre {0} makes no backups.', nameOf(dc)));
  }
  for (const network of entry.values.networks ?? []) {
    const centre = networks.get(network);
    if (centre === undefined || centre === dc.techTitle) continue;
    const place = toPlace(entry, context, 'networks', () => false);
    const detail = t('Network `{0}` is in data centre `{1}`, but server `{2}` is in `{3}`.', network, centre, entry.name, dc.techTitle);
    resolver.report('network-other-data-centre', place, detail);
  }
}

function checkImage(entry: ExpandedEntry, image: Image, dc: DataCentre | undefined, context: EntryContext): void {
  const { resolver } = context;
  const { ram = 0, disk = 0 } = entry.values;
  if (dc && !isOffered(image, dc.techTitle)) {
    const place = toPlace(entry, context, 'image', (server) => server.image === image.name && server.dc === dc.techTitle);
    const detail = t('Image `{0}` exists only in data centre `{1}`, not in {2}.', image.displayName, image.dc ?? '', nameOf(dc));
    resolver.report('image-not-offered', place, detail);
  }
  const isWindows = image.family?.toLowerCase() === 'windows';
  if (isWindows && ram < limits.ram.minWindowsMb) {
    const place = toPlace(entry, context, 'ram', (server) => server.image === image.name && server.ramMb === ram);
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
  const place = toPlace(entry, context, 'disk', (server) => server.image === image.name && server.diskGb === disk);
  resolver.report(isImageRule ? 'disk-below-image' : 'below-minimum', place, detail, replaceWith(`${leastDisk} GB`));
}

/**
 * Where the effective value of a field stands, and the entry it is about. A built-in value stands at the entry's name. Rules are for
 * what changes: a problem of servers that all exist and have this value already is a warning.
 */
const toPlace = (
  entry: ExpandedEntry,
  { existing }: EntryContext,
  field: InheritedField,
  isSame: (server: ActualServer) => boolean,
): Place => ({
  source: entry.sourceOf(field) ?? entry.source,
  address: `servers.${entry.name}`,
  isSettled: entry.addresses.every((address) => {
    const server = existing.servers.get(address);
    return server !== undefined && isSame(server);
  }),
});

const replaceWith = (newText: string): { title: Text; newText: string } => ({ title: t('Replace with `{0}`', newText), newText });

const nameOf = ({ title, techTitle }: DataCentre): string => `${title} (\`${techTitle}\`)`;
