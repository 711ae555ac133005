import { constants, watch } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type OperationEvent, operationEvent } from '#schemas/events/operation-event.ts';

/** How often the file is looked at besides, milliseconds: watching is not reliable on every file system. */
const LOOK_MS = 500;
const CHUNK_BYTES = 64 * 1024;
/** More than one event can have; a longer line is none of ours. */
const MAX_LINE_BYTES = 16 * 1024 * 1024;

/** Follows an event file from its beginning. */
export interface EventTail {
  /** Reads what has been written since; resolves when everything that was there at the call has been told. */
  read(): Promise<void>;
  dispose(): void;
}

/**
 * Tells the events of a file as they come, also those written before, as many at once as one reading gave. A line that is
 * not one of ours is passed over. The file need not exist yet.
 */
export function tailEvents(path: string, onEvents: (events: readonly OperationEvent[]) => void): EventTail {
  let offset = 0;
  let rest: Buffer = Buffer.alloc(0);
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let isOver = false;

  const readNew = async (): Promise<void> => {
    if (isOver) return;
    // Not to wait at a pipe that somebody has put there.
    const file = await open(path, constants.O_RDONLY | ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0)).catch(() => undefined);
    if (!file) return;
    try {
      if (!(await file.stat()).isFile()) return;
      for (;;) {
        const part = await readChunk(file, offset);
        if (part.length === 0 || isOver) return;
        offset += part.length;
        const { events, remainder } = splitEvents(Buffer.concat([rest, part]));
        rest = remainder.length > MAX_LINE_BYTES ? Buffer.alloc(0) : remainder;
        if (events.length > 0) onEvents(events);
      }
    } finally {
      await file.close();
    }
  };
  const start = (): Promise<void> => {
    const reading = readNew().finally(() => {
      if (running === reading) running = undefined;
    });
    running = reading;
    return reading;
  };
  // A reading under way may have passed the end of the file already, so whoever asks meanwhile waits for one more.
  const read = (): Promise<void> => {
    if (!running) return start();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return start();
      });
    return next;
  };
  // The next look tries again what could not be read now.
  const look = (): void => void read().catch(() => undefined);

  const timer = setInterval(look, LOOK_MS);
  const close = watchFolder(dirname(path), look);
  look();
  return {
    read,
    dispose: () => {
      isOver = true;
      clearInterval(timer);
      close();
    },
  };
}

/** Calls back when something in the folder changes; where that cannot be watched, the clock alone has to do. */
function watchFolder(folder: string, onChange: () => void): () => void {
  try {
    const watcher = watch(folder, onChange);
    watcher.on('error', () => watcher.close());
    return () => watcher.close();
  } catch {
    return () => undefined;
  }
}

async function readChunk(file: FileHandle, offset: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(CHUNK_BYTES), 0, CHUNK_BYTES, offset);
  return buffer.subarray(0, bytesRead);
}

/** Events of the whole lines, and what is not a whole line yet. Bytes, because a chunk may end within a character. */
function splitEvents(bytes: Buffer): { readonly events: readonly OperationEvent[]; readonly remainder: Buffer } {
  const end = bytes.lastIndexOf(0x0a);
  if (end < 0) return { events: [], remainder: bytes };
  const lines = bytes.subarray(0, end).toString('utf8').split('\n');
  return { events: lines.flatMap((line) => parseLine(line) ?? []), remainder: Buffer.from(bytes.subarray(end + 1)) };
}

function parseLine(line: string): OperationEvent | undefined {
  try {
    return operationEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
