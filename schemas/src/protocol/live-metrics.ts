import * as z from 'zod';
import { address } from '../infra/names.ts';

const ratio = z.number().min(0).max(1);

/** A server now; a figure that is not known is absent. */
const serverNow = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('live'),
    address,
    cpuRatio: ratio.optional(),
    memoryRatio: ratio.optional(),
    diskRatio: ratio.optional(),
  }),
  z.object({ state: z.literal('unreachable'), address, since: z.iso.datetime() }),
]);
export type ServerNow = z.output<typeof serverNow>;

/** Parameters of `ict/liveMetrics`. No servers: nothing is known any more. */
export const liveMetricsParams = z.object({
  /** Path of the infra file that declares the project. */
  file: z.string(),
  servers: z.array(serverNow),
});
export type LiveMetricsParams = z.output<typeof liveMetricsParams>;
