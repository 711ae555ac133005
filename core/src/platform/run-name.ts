import { randomBytes } from 'node:crypto';

/**
 * Name of a run that begins now, milliseconds since the epoch: `20260123-100405123-a1b2c3`, in UTC. Names sort by time, also those
 * of runs that follow each other within a second; the letters keep two apart that begin at once.
 */
export const createRunName = (nowMs: number): string =>
  `${new Date(nowMs).toISOString().replace(/[-:.]/g, '').replace('T', '-').slice(0, 18)}-${randomBytes(3).toString('hex')}`;
