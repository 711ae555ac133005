/**
 * Figures of a server that are kept over time, units in the name. Their order is that of the history's files: new ones go to
 * the end, with another version of the files.
 */
export const keptFigures = [
  'cpuRatio',
  'iowaitRatio',
  'loadRatio',
  'memoryRatio',
  'swapRatio',
  'diskRatio',
  'diskBusyRatio',
  'readBytesPerSecond',
  'writtenBytesPerSecond',
  'receivedBytesPerSecond',
  'transmittedBytesPerSecond',
  /** 1 when the server answered, 0 when it did not: its mean is the share of the time it was up. */
  'upRatio',
] as const;
export type KeptFigure = (typeof keptFigures)[number];
