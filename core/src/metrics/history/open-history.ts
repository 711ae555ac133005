import { join } from 'node:path';
import { type Address, splitAddress } from '#schemas/infra/names.ts';
import type { KeptFigure } from '#schemas/metrics/kept-figures.ts';
import type { ServerFigures } from '#schemas/metrics/server-figures.ts';
import { placeOf, SLOT_BYTES, type Tier, tiers, toKept } from './history-layout.ts';
import { openHistoryFile, openToRead, readSlots } from './history-file.ts';
import { pickTier } from './pick-tier.ts';
import { addToSlot, decodeSlot, encodeSlot, type Slot } from './slot.ts';

/** What was kept of one server, in equal steps. */
export interface HistorySteps {
  readonly stepSeconds: number;
  readonly steps: readonly HistoryStep[];
}

export interface HistoryStep {
  /** Start of the step, seconds since the epoch. */
  readonly atSeconds: number;
  /** Figures that were heard in it; empty in a gap. */
  readonly values: ReadonlyMap<KeptFigure, { readonly mean: number; readonly highest: number }>;
}

export interface HistoryRange {
  /** Seconds since the epoch. */
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Steps that can be shown: coarser ones are taken until they fit. */
  readonly mostPoints: number;
}

/** What is kept of the metrics of a project's servers. */
export interface MetricsHistory {
  /**
   * Keeps the figures of one look; without figures: it did not answer. Written when it resolves, so that a killed process
   * loses no more than the look in progress. One writer at a time: the caller holds the lock. Rejects with errors of the disk.
   */
  record(address: Address, atMs: number, figures: ServerFigures | undefined): Promise<void>;
  /** What was kept over a range of time; an unknown server has gaps only. Rejects with errors of the disk. */
  read(address: Address, range: HistoryRange): Promise<HistorySteps>;
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
    read: async (address, range) => {
      const tier = pickTier(range);
      const first = Math.floor(range.fromSeconds / tier.stepSeconds);
      const last = Math.min(Math.floor(range.toSeconds / tier.stepSeconds), first + tier.slots - 1);
      const file = await openToRead(pathOf(address));
      const bytes = file ? await readSlots(file, placeOf(tier, 0), tier.slots).finally(() => file.close()) : Buffer.alloc(0);
      const steps: HistoryStep[] = [];
      for (let step = first; step <= last; step++) {
        const at = (step % tier.slots) * SLOT_BYTES;
        const values = decodeSlot(bytes.subarray(at, at + SLOT_BYTES), step)?.values ?? new Map();
        steps.push({ atSeconds: step * tier.stepSeconds, values });
      }
      return { stepSeconds: tier.stepSeconds, steps };
    },
  };
}
