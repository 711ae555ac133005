import { type CallbackEvent, callbackEvent } from '#schemas/ansible/callback-event.ts';

/** Reads one line of the callback plugin; undefined when it is none, as a broken or foreign plugin writes. */
export function parseCallbackLine(line: string): CallbackEvent | undefined {
  try {
    return callbackEvent.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
