import { isRamStep, leastHddGb, leastRamMb, limits } from '../catalog/limits.ts';
import type { createFieldErrors } from '../errors/api-error.ts';
import type { StoredDataCentre, StoredImage } from '../store/state-schema.ts';

/** Hardware as a request asks for it. */
export interface Hardware {
  readonly cpu: number;
  readonly ram: number;
  readonly hdd: number;
  readonly hddType: string;
  readonly isHighPerformance: boolean;
}

/** Checks hardware against the documented ranges, the operating system and what the data centre offers. */
export const checkHardware = (
  errors: ReturnType<typeof createFieldErrors>,
  hardware: Hardware,
  family: StoredImage['family'],
  dc: StoredDataCentre,
): void => {
  const { cpu, ram, hdd, hddType, isHighPerformance } = hardware;
  if (cpu < 1 || cpu > limits.cpuMax) errors.add('CPU', `CPU must be between 1 and ${limits.cpuMax}.`);
  if (ram < leastRamMb(family) || ram > limits.ramMaxMb)
    errors.add('RAM', `RAM must be between ${leastRamMb(family)} and ${limits.ramMaxMb}.`);
  else if (!isRamStep(ram)) errors.add('RAM', 'RAM must be a multiple of 256 up to 1024 and of 1024 above.');
  if (hdd < leastHddGb(family) || hdd > limits.hddMaxGb)
    errors.add('HDD', `HDD must be between ${leastHddGb(family)} and ${limits.hddMaxGb}.`);
  else if (hdd % limits.hddStepGb !== 0) errors.add('HDD', `HDD must be a multiple of ${limits.hddStepGb}.`);
  if (hddType !== 'SAS' && hddType !== 'SSD') errors.add('HDDType', 'HDDType must be SAS or SSD.');
  else if (dc.ssdOnly && hddType !== 'SSD') errors.add('HDDType', `Only SSD is available in ${dc.techTitle}.`);
  if (isHighPerformance ? !dc.highPool : !dc.lowPool) {
    errors.add('IsHighPerformance', `The ${isHighPerformance ? 'high-performance' : 'base'} pool is not available in ${dc.techTitle}.`);
  }
};

/** The disk type by its name in any case; an unknown one stays as it is and is refused by the check. */
export const readDiskType = (value: string | undefined): string => (value ?? 'SAS').toUpperCase();
