import { setMaxListeners } from 'node:events';

/** One signal ends a whole operation, so hundreds of calls may listen to it; Node would warn of a leak from the 11th on. */
export const allowManyListeners = (signal: AbortSignal): void => setMaxListeners(0, signal);
