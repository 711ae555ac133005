import { join } from 'node:path';
import { type Address, splitAddress } from '#schemas/infra/names.ts';
import { toKept } from '#schemas/metrics/kept-figures.ts';
import type { ServerFigures } from '#schemas/metrics/server-figures.ts';
import type { MetricsHistoryAnswer } from '#schemas/metrics/metrics-history.ts';
import { placeOf, SLOT_BYTES, type Tier, tiers } from './history-layout.ts';
import { openHistoryFile, openToRead, readSlots } from './history-file.ts';
import { pickSteps } from './pick-steps.ts';
import { readSeries } from './read-series.ts';
import { addToSlot, decodeSlot, encodeSlot, type Slot } from './slot.ts';

export interface HistoryRange {
  /** Seconds since the epoch. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Steps that can be shown, at least 2: so many are taken together that they fit. */
  readonly mostPoints: number;
}

/** Figures of servers; all have the steps of `atSeconds`. */
export type HistorySeries = Pick<MetricsHistoryAnswer, 'stepSeconds' | 'atSeconds' | 'servers'>;

/** What is kept of the metrics of a project's servers. */
export interface MetricsHistory {
  /**
   * Keeps the figures of one look; without figures: it did not answer. Written when it resolves, so that a killed process
   * loses no more than the look in progress. One writer at a time: the caller holds the lock. Rejects with errors of the disk.
   */
  record(address: Address, atMs: number, figures: ServerFigures | undefined): Promise<void>;
  /** What was kept of servers over a range of time, in the order of `addresses`: one reading of each server's file. */
  read(addresses: readonly Address[], range: HistoryRange): Promise<HistorySeries>;
}

/** Opens the history in a folder, which need not be there yet. */
export function openMetricsHistory(folder: string): MetricsHistory {
  const pathOf = (address: Address): string => join(folder, `${encodeURIComponent(splitAddress(address).name)}.ring`);
  /** The step that is being filled, by tier. */
  const openSlots = new Map<Address, Map<Tier, Slot>>();
  const writes = new Map<Address, Promise<void>>();

  const write = async (address: Address, atMs: number, figures: ServerFigures | undefined): Promise<void> => {
    const kept = toKept(figures);
    const slots = openSlots.get(address) ?? new Map<Tier, Slot>();
    openSlots.set(address, slots);
    const file = await openHistoryFile(pathOf(address));
    try {
      for (const tier of tiers) {
        const step = Math.floor(atMs / 1000 / tier.stepSeconds);
        let slot = slots.get(tier);
        if (slot?.step !== step) {
          // Somebody before us may have begun this step.
          slot = decodeSlot(await readSlots(file, placeOf(tier, step), 1), step) ?? { step, values: new Map() };
          slots.set(tier, slot);
        }
        addToSlot(slot, kept);
        await file.write(encodeSlot(slot), 0, SLOT_BYTES, placeOf(tier, step));
      }
    } finally {
      await file.close();
    }
  };
  return {
    record: (address, atMs, figures) => {
      const last = writes.get(address) ?? Promise.resolve();
      const next = last.catch(() => undefined).then(() => write(address, atMs, figures));
      writes.set(address, next);
      return next;
    },
    read: async (addresses, range) => {
      const steps = pickSteps(range);
      const { tier, stepSeconds, first, last } = steps;
      const servers: HistorySeries['servers'] = [];
      // One after the other: a ring takes a moment of the processor, and a few hundred of them much memory.
      for (const address of addresses) {
        const file = await openToRead(pathOf(address)).catch(() => undefined);
        const ring = file ? await readSlots(file, placeOf(tier, 0), tier.slots).finally(() => file.close()) : Buffer.alloc(0);
        servers.push({ address, series: readSeries(ring, steps) });
      }
      return { stepSeconds, atSeconds: Array.from({ length: last - first + 1 }, (_, index) => (first + index) * stepSeconds), servers };
    },
  };
}
