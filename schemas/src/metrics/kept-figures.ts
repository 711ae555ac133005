import type { ServerFigures } from './server-figures.ts';

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

/** What is kept of a server's figures at one moment; absent ones are gaps. Undefined figures: it did not answer. */
export function toKept(figures: ServerFigures | undefined): Readonly<Partial<Record<KeptFigure, number>>> {
  if (!figures) return { upRatio: 0 };
  const { memory, swap, ...rest } = figures;
  const values: Partial<Record<KeptFigure, number | undefined>> = {
    ...pickNumbers(rest),
    memoryRatio: memory?.usedRatio,
    swapRatio: swap?.usedRatio,
    upRatio: 1,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && Number.isFinite(value)));
}

const pickNumbers = (figures: Readonly<Record<string, unknown>>): Partial<Record<KeptFigure, number>> =>
  Object.fromEntries(keptFigures.flatMap((name) => (typeof figures[name] === 'number' ? [[name, figures[name]]] : [])));
