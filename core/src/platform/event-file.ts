import { appendFileSync, chmodSync, statSync, writeFileSync } from 'node:fs';
import type { OperationEvent } from '#schemas/events/operation-event.ts';
import type { Redact } from './redact.ts';

/**
 * Writes events as JSON lines. Each line is in the file when the call returns, so a reader that follows the file sees
 * it, also when this process dies. A file that cannot be written does not stop the operation; `onBroken` hears it once.
 */
export function createEventFile(path: string, redact: Redact, onBroken: (error: unknown) => void): (event: OperationEvent) => void {
  let isBroken = false;
  const attempt = (work: () => void): void => {
    if (isBroken) return;
    try {
      work();
    } catch (error) {
      isBroken = true;
      onBroken(error);
    }
  };
  attempt(() => {
    writeFileSync(path, '', { mode: 0o600 });
    // The mode counts for a new file only; a pipe or a device is somebody else's.
    if (statSync(path).isFile()) chmodSync(path, 0o600);
  });
  return (event) => attempt(() => appendFileSync(path, `${redact(JSON.stringify(event))}\n`));
}
