import * as z from 'zod';

/** A share between 0 and 1. */
const ratio = z.number().min(0).max(1);
const bytes = z.number().min(0);
const perSecond = z.number().min(0);

/** One real file system, as `df` counts it: blocks reserved for root are neither used nor free. */
const disk = z.object({
  mountpoint: z.string(),
  device: z.string(),
  fsType: z.string(),
  sizeBytes: bytes,
  usedBytes: bytes,
  usedRatio: ratio,
});
export type DiskFigures = z.output<typeof disk>;

const filled = z.object({ totalBytes: bytes, usedBytes: bytes, usedRatio: ratio });

/**
 * What a server is doing. A figure that cannot be told is absent: rates need two readings of one boot, and everything that
 * would make them lie (a reset counter, a stepped clock, a long pause) leaves a gap.
 */
export const serverFigures = z.object({
  /** Share of the time that all cores together were neither idle nor waiting for a disk. */
  cpuRatio: ratio.optional(),
  iowaitRatio: ratio.optional(),
  stealRatio: ratio.optional(),
  cores: z.int().min(1).optional(),
  /** Load averages of 1, 5 and 15 minutes; `loadRatio` is the first by core and may be above 1. */
  load1: z.number().min(0).optional(),
  load5: z.number().min(0).optional(),
  load15: z.number().min(0).optional(),
  loadRatio: z.number().min(0).optional(),
  memory: filled.optional(),
  /** Absent where there is no swap. */
  swap: filled.optional(),
  /** Shortest mount point first. */
  disks: z.array(disk),
  /** The fullest of `disks`; a gap in the reading that misses a mount the one before had. */
  diskRatio: ratio.optional(),
  readBytesPerSecond: perSecond.optional(),
  writtenBytesPerSecond: perSecond.optional(),
  /** Share of the time the busiest disk was busy. */
  diskBusyRatio: ratio.optional(),
  receivedBytesPerSecond: perSecond.optional(),
  transmittedBytesPerSecond: perSecond.optional(),
  /** By network device. */
  devices: z.array(z.object({ device: z.string(), receivedBytesPerSecond: perSecond, transmittedBytesPerSecond: perSecond })),
  uptimeSeconds: z.number().min(0).optional(),
  /** Seconds since the epoch. */
  bootedAtSeconds: z.number().optional(),
});
export type ServerFigures = z.output<typeof serverFigures>;
