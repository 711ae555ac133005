import type { DiskFigures } from '#schemas/metrics/server-figures.ts';
import type { Sample } from '../page/parse-page.ts';
import { isRealMount } from './real-devices.ts';

/**
 * File systems as `df` shows them: used = size − free, and the share of used + available, so that blocks reserved for root
 * count for neither. A device that is mounted in several places counts once, where its path is shortest. A mount that lacks
 * one of the three numbers (its device failed) is left out.
 */
export function toDisks(sizes: readonly Sample[], frees: readonly Sample[], avails: readonly Sample[]): readonly DiskFigures[] {
  const freeOf = byMount(frees);
  const availOf = byMount(avails);
  const seen = new Set<string>();
  return sizes
    .map(({ labels, value }) => ({
      size: value,
      key: toKey(labels),
      device: labels['device'] ?? '',
      fsType: labels['fstype'] ?? '',
      mountpoint: labels['mountpoint'] ?? '',
    }))
    .filter(({ size, fsType, mountpoint }) => size > 0 && Number.isFinite(size) && mountpoint !== '' && isRealMount(fsType, mountpoint))
    .sort((left, right) => left.mountpoint.length - right.mountpoint.length)
    .flatMap(({ size, key, device, fsType, mountpoint }) => {
      const [free, avail] = [freeOf.get(key), availOf.get(key)];
      if (free === undefined || avail === undefined || seen.has(device)) return [];
      seen.add(device);
      const usedBytes = Math.max(0, size - free);
      const room = usedBytes + Math.max(0, avail);
      if (!Number.isFinite(room) || room <= 0) return [];
      return [{ ...copyTexts({ mountpoint, device, fsType }), sizeBytes: size, usedBytes, usedRatio: Math.min(1, usedBytes / room) }];
    });
}

const byMount = (samples: readonly Sample[]): ReadonlyMap<string, number> =>
  new Map(samples.map(({ labels, value }) => [toKey(labels), value]));

const toKey = (labels: Sample['labels']): string => `${labels['device']}\0${labels['mountpoint']}`;

/** See `own` in reading.ts: what is kept must not hold the page. */
const copyTexts = <Value extends Readonly<Record<string, string>>>(texts: Value): Value => JSON.parse(JSON.stringify(texts)) as Value;
