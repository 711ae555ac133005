import * as z from 'zod';
import { pool } from '../infra/hardware.ts';
import { address } from '../infra/names.ts';

/** What every step has. */
export const stepBase = {
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

/** The address had objects before, which were lost: their ids, for the record. */
const replacedIds = z.array(z.number()).optional();

export const createKeyStep = z.object({
  kind: z.literal('create-key'),
  ...stepBase,
  title: z.string(),
  publicKey: z.string(),
  blob: z.string(),
  replacedIds,
});
export const createNetworkStep = z.object({
  kind: z.literal('create-network'),
  ...stepBase,
  name: z.string(),
  dc: z.string(),
  dhcp: z.boolean(),
  protect: z.boolean(),
  replacedIds,
});
export const createServerStep = z.object({
  kind: z.literal('create-server'),
  ...stepBase,
  spec: serverSpec,
  protect: z.boolean(),
  replacedIds,
});

/** A step that brings an object into being. The API has no idempotency key, so it is sent once and never repeated blindly. */
export const createStep = z.discriminatedUnion('kind', [createKeyStep, createNetworkStep, createServerStep]);
export type CreateStep = z.output<typeof createStep>;

export const createStepKinds = ['create-key', 'create-network', 'create-server'] as const satisfies readonly CreateStep['kind'][];
