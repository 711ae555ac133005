import type { NewEvent } from '#schemas/events/operation-event.ts';

/** Takes the events of one operation; it stamps their time. Never throws: a broken reader must not break the operation. */
export type EmitEvent = (event: NewEvent) => void;
