import { MB_PER_GB } from '#schemas/infra/units.ts';

/**
 * What the provider documents and is known to refuse (API reference, section 3.4). Above the documented maximum the
 * panel offers more in some data centres, so that is the provider's decision.
 */
export const limits = {
  cpu: { documentedMax: 8 },
  ram: { minLinuxMb: 512, minWindowsMb: 1024, smallStepMb: 256, stepMb: MB_PER_GB, documentedMaxMb: 16 * MB_PER_GB },
  disk: { minLinuxGb: 10, minWindowsGb: 40, stepGb: 10, documentedMaxGb: 250 },
} as const;

/** The next amount of memory that is sold: 512, 768, 1024, then whole gigabytes. */
export function roundUpRamMb(ramMb: number): number {
  const { minLinuxMb, smallStepMb, stepMb } = limits.ram;
  const step = ramMb <= stepMb ? smallStepMb : stepMb;
  return Math.max(minLinuxMb, Math.ceil(ramMb / step) * step);
}

/** The next size of disk that is sold. */
export const roundUpDiskGb = (diskGb: number): number =>
  Math.max(limits.disk.minLinuxGb, Math.ceil(diskGb / limits.disk.stepGb) * limits.disk.stepGb);

/** Memory as the file writes it best: whole gigabytes as GB. */
export const formatRam = (ramMb: number): string => (ramMb % MB_PER_GB === 0 ? `${ramMb / MB_PER_GB} GB` : `${ramMb} MB`);
