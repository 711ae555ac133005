import * as z from 'zod';
import { ledgerEntry } from '../state/ledger.ts';
import { createKeyStep, createNetworkStep, createServerStep, hardware, stepBase as base } from './create-step.ts';

/** A network to link: its address while it is ours, or the bare id of one that is not in the file. */
const networkRef = z.string();

/** One provider call with the waiting that belongs to it, or one change of the ledger alone (`adopt`, `forget`). */
export const step = z.discriminatedUnion('kind', [
  createKeyStep,
  z.object({ kind: z.literal('delete-key'), ...base, remoteId: z.number() }),
  createNetworkStep,
  z.object({ kind: z.literal('delete-network'), ...base, remoteId: z.number() }),
  createServerStep,
  /** Waits for a server whose creation an earlier run began. */
  z.object({ kind: z.literal('await-server'), ...base, remoteId: z.number() }),
  z.object({ kind: z.literal('resize-server'), ...base, from: hardware, to: hardware }),
  /** `isHeld`: set by `ict power` or a schedule, so the recorded power stays what the file said. */
  z.object({ kind: z.literal('power-server'), ...base, power: z.enum(['on', 'off']), isHeld: z.boolean().optional() }),
  z.object({ kind: z.literal('reboot-server'), ...base, isHard: z.boolean() }),
  z.object({ kind: z.literal('link-network'), ...base, network: networkRef }),
  z.object({ kind: z.literal('unlink-network'), ...base, network: networkRef }),
  z.object({ kind: z.literal('delete-server'), ...base, remoteId: z.number() }),
  z.object({ kind: z.literal('adopt'), ...base, entry: ledgerEntry }),
  z.object({ kind: z.literal('forget'), ...base }),
]);
export type Step = z.output<typeof step>;
export type StepKind = Step['kind'];
export type StepOf<K extends StepKind> = Extract<Step, { kind: K }>;
