import type { StoredImage } from '../store/state-schema.ts';

/**
 * Ranges of a server: documented 512…16384 MB (1024 for Windows) and 10…250 GB (40 for Windows) in tens. The documentation says
 * 8 cores; a client of 2023 checks for 16, and that was chosen here.
 */
export const limits = { cpuMax: 16, ramMaxMb: 16_384, hddMaxGb: 250, hddStepGb: 10 } as const;

/** Steps of 256 MB up to 1024 MB, of 1024 MB above. */
export const isRamStep = (ramMb: number): boolean => (ramMb <= 1024 ? ramMb % 256 === 0 : ramMb % 1024 === 0);

export const leastRamMb = (family: StoredImage['family']): number => (family === 'Windows' ? 1024 : 512);
export const leastHddGb = (family: StoredImage['family']): number => (family === 'Windows' ? 40 : 10);
