import * as z from 'zod';
import { pool } from '../infra/hardware.ts';
import { address } from '../infra/names.ts';
import { ledgerEntry } from '../state/ledger.ts';

const base = {
  /** Unique in the plan and stable between plans: `server.web-1/resize`. */
  id: z.string(),
  address,
  /** Steps that must have succeeded before this one starts. */
  after: z.array(z.string()),
};

/** The five fields a resize always sends: what a missing one means is unknown (API reference, section 3.5). */
export const hardware = z.object({ cpu: z.number(), ramMb: z.number(), diskGb: z.number(), diskType: z.string(), pool });
export type Hardware = z.output<typeof hardware>;

/** What is needed to create a server, references as addresses: their ids are known only when the step runs. */
export const serverSpec = hardware.extend({
  name: z.string(),
  dc: z.string(),
  image: z.string(),
  imageId: z.number(),
  backupPeriod: z.number(),
  sshKeys: z.array(address),
});
export type ServerSpec = z.output<typeof serverSpec>;

/** A network to link: its address while it is ours, or the bare id of one that is not in the file. */
const networkRef = z.string();

/** One provider call with the waiting that belongs to it, or one change of the ledger alone (`adopt`, `forget`). */
export const step = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create-key'), ...base, title: z.string(), publicKey: z.string(), blob: z.string() }),
  z.object({ kind: z.literal('delete-key'), ...base, remoteId: z.number() }),
  z.object({ kind: z.literal('create-network'), ...base, name: z.string(), dc: z.string(), dhcp: z.boolean(), protect: z.boolean() }),
  z.object({ kind: z.literal('delete-network'), ...base, remoteId: z.number() }),
  z.object({ kind: z.literal('create-server'), ...base, spec: serverSpec, protect: z.boolean() }),
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
