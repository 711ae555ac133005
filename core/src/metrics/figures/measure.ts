import type { ServerFigures } from '#schemas/metrics/server-figures.ts';
import { elapsedSeconds, uptimeOf } from './elapsed-seconds.ts';
import { measureBusy, measureCpu, measureDevices, sumRates } from './measure-rates.ts';
import type { Reading } from './reading.ts';

/** Figures of a server by its newest reading and the one before it. What cannot be told is absent; see `serverFigures`. */
export function measure(before: Reading | undefined, now: Reading): ServerFigures {
  const seconds = before ? elapsedSeconds(before, now) : undefined;
  const [load1, load5, load15] = now.load;
  const cores = now.cores.size > 0 ? now.cores.size : undefined;
  const { total, available } = now.memory;
  const { total: swapTotal, free: swapFree } = now.swap;
  const hasLostMount = before?.disks.some(({ mountpoint }) => !now.disks.some((disk) => disk.mountpoint === mountpoint)) ?? false;
  return withoutGaps({
    ...(before && seconds !== undefined ? measureRates(before, now, seconds) : { devices: [] }),
    cores,
    load1,
    load5,
    load15,
    loadRatio: load1 === undefined || cores === undefined ? undefined : load1 / cores,
    memory: toFilled(total, available),
    swap: toFilled(swapTotal, swapFree),
    disks: [...now.disks],
    diskRatio: now.disks.length === 0 || hasLostMount ? undefined : Math.max(...now.disks.map(({ usedRatio }) => usedRatio)),
    uptimeSeconds: uptimeOf(now),
    bootedAtSeconds: now.bootSeconds,
  });
}

type Gaps<Value> = { [Key in keyof Value]: Value[Key] | undefined };

function measureRates(before: Reading, now: Reading, seconds: number): Gaps<Partial<ServerFigures>> & Pick<ServerFigures, 'devices'> {
  const received = measureDevices(before.received, now.received, seconds);
  const transmitted = measureDevices(before.transmitted, now.transmitted, seconds);
  return {
    ...measureCpu(before, now, seconds),
    readBytesPerSecond: sumRates(now.diskRead, measureDevices(before.diskRead, now.diskRead, seconds)),
    writtenBytesPerSecond: sumRates(now.diskWritten, measureDevices(before.diskWritten, now.diskWritten, seconds)),
    diskBusyRatio: measureBusy(before, now, seconds),
    receivedBytesPerSecond: sumRates(now.received, received),
    transmittedBytesPerSecond: sumRates(now.transmitted, transmitted),
    devices: [...received].flatMap(([device, receivedBytesPerSecond]) => {
      const transmittedBytesPerSecond = transmitted.get(device);
      return transmittedBytesPerSecond === undefined ? [] : [{ device, receivedBytesPerSecond, transmittedBytesPerSecond }];
    }),
  };
}

/** Total and use; undefined without a total: a machine without swap has none to show. */
function toFilled(total: number | undefined, left: number | undefined): ServerFigures['memory'] {
  if (total === undefined || left === undefined || total <= 0) return undefined;
  const usedBytes = Math.min(total, Math.max(0, total - left));
  return { totalBytes: total, usedBytes, usedRatio: usedBytes / total };
}

const withoutGaps = (figures: Gaps<ServerFigures>): ServerFigures =>
  Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined)) as unknown as ServerFigures;
