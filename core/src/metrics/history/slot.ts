import { crc32 } from 'node:zlib';
import { type KeptFigure, keptFigures } from '#schemas/metrics/kept-figures.ts';
import { SLOT_BYTES } from './history-layout.ts';

/** One step of one tier: what was heard in it. */
export interface Slot {
  /** Number of the step since the epoch. */
  readonly step: number;
  readonly values: Map<KeptFigure, { count: number; mean: number; highest: number }>;
}

/** Adds one moment. */
export function addToSlot(slot: Slot, values: Readonly<Partial<Record<KeptFigure, number>>>): void {
  for (const name of keptFigures) {
    const value = values[name];
    if (value === undefined) continue;
    const now = slot.values.get(name);
    if (!now) slot.values.set(name, { count: 1, mean: value, highest: value });
    else if (now.count < 65_535) {
      now.count += 1;
      now.mean += (value - now.mean) / now.count;
      now.highest = Math.max(now.highest, value);
    }
  }
}

/** A slot as its bytes in the file. */
export function encodeSlot(slot: Slot): Buffer {
  const bytes = Buffer.alloc(SLOT_BYTES);
  bytes.writeUInt32LE(slot.step, 4);
  keptFigures.forEach((name, index) => {
    const { count = 0, mean = 0, highest = 0 } = slot.values.get(name) ?? {};
    const at = 8 + index * 10;
    bytes.writeUInt16LE(count, at);
    bytes.writeFloatLE(mean, at + 2);
    bytes.writeFloatLE(highest, at + 6);
  });
  bytes.writeUInt32LE(crc32(bytes.subarray(4)), 0);
  return bytes;
}

/** Reads a slot; undefined where nothing, another step, or half a slot stands. */
export function decodeSlot(bytes: Buffer, step: number): Slot | undefined {
  if (bytes.length < SLOT_BYTES || bytes.readUInt32LE(4) !== step || bytes.readUInt32LE(0) !== crc32(bytes.subarray(4, SLOT_BYTES)))
    return undefined;
  const slot: Slot = { step, values: new Map() };
  keptFigures.forEach((name, index) => {
    const at = 8 + index * 10;
    const count = bytes.readUInt16LE(at);
    if (count > 0) slot.values.set(name, { count, mean: bytes.readFloatLE(at + 2), highest: bytes.readFloatLE(at + 6) });
  });
  return slot;
}
