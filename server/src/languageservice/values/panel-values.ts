import type { ExpandedEntry } from '#core/infra/expand/expanded-infra.ts';
import { findDataCentre } from '#core/infra/resolve/find-data-centre.ts';
import { findImage } from '#core/infra/resolve/find-image.ts';
import { formatRam } from '#core/infra/rules/entries/hardware-limits.ts';
import type { ActualServer } from '#schemas/state/actual.ts';
import type { KnownValues } from './known-values.ts';

/** Fields of a server that the panel shows and the file can say. */
export const panelFields = ['cpu', 'ram', 'disk', 'disk_type', 'pool', 'dc', 'image', 'power'] as const;
export type PanelField = (typeof panelFields)[number];

export const isPanelField = (field: string): field is PanelField => (panelFields as readonly string[]).includes(field);

/** Servers of the account that belong to an entry: the one it adopts by id, else those of its names. */
export function listLiveServers(entry: ExpandedEntry, { live }: KnownValues): readonly ActualServer[] {
  const { id } = entry.entry;
  const names = new Set(entry.instances);
  return (live?.value.servers ?? []).filter((server) => (id === undefined ? names.has(server.name) : server.id === id));
}

/** What the panel says, as the file would write it; undefined when the panel does not tell. */
export function readPanelValue(server: ActualServer, field: PanelField, { catalog }: KnownValues): string | undefined {
  switch (field) {
    case 'cpu':
      return String(server.cpu);
    case 'ram':
      return formatRam(server.ramMb);
    case 'disk':
      return `${server.diskGb} GB`;
    case 'disk_type':
      return server.diskType;
    case 'pool':
      return server.pool;
    case 'power':
      return server.isPowerOn ? 'on' : 'off';
    case 'dc': {
      const centres = catalog?.value.dataCentres ?? [];
      const title = centres.find(({ techTitle }) => techTitle === server.dc)?.title;
      return title !== undefined && centres.filter((other) => other.title === title).length === 1 ? title : server.dc;
    }
    case 'image': {
      const images = catalog?.value.images ?? [];
      const name = images.find((image) => image.name === server.image)?.displayName;
      return name !== undefined && images.filter(({ displayName }) => displayName === name).length === 1 ? name : server.image;
    }
    default:
      return field satisfies never;
  }
}

/** Whether the panel differs from what the file means; false while one of the two is not known. */
export function isDrift(entry: ExpandedEntry, server: ActualServer, field: PanelField, values: KnownValues): boolean {
  const { cpu, ram, disk, disk_type: diskType, pool, power, dc, image } = entry.values;
  const differs = (wanted: unknown, found: unknown): boolean => wanted !== undefined && found !== undefined && wanted !== found;
  switch (field) {
    case 'cpu':
      return differs(cpu, server.cpu);
    case 'ram':
      return differs(ram, server.ramMb);
    case 'disk':
      return differs(disk, server.diskGb);
    case 'disk_type':
      return differs(diskType, server.diskType);
    case 'pool':
      return differs(pool, server.pool);
    case 'power':
      return differs(power, server.isPowerOn ? 'on' : 'off');
    case 'dc':
      return differs(findTechTitle(dc, values), server.dc);
    case 'image': {
      const found = image === undefined || !values.catalog ? undefined : findImage(values.catalog.value, image, findTechTitle(dc, values));
      return found?.kind === 'found' && differs(found.thing.name, server.image);
    }
    default:
      return field satisfies never;
  }
}

/** Technical name of a data centre as the file names it. */
export function findTechTitle(dc: string | undefined, { catalog }: KnownValues): string | undefined {
  const found = dc === undefined || !catalog ? undefined : findDataCentre(catalog.value, dc);
  return found?.kind === 'found' ? found.thing.techTitle : undefined;
}
