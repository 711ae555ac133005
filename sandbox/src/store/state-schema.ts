import * as z from 'zod';
import { wireOverlay } from './wire-overlay.ts';

/** A data centre as the sandbox keeps it; what each field is called on the wire stands in `views/`. */
export const storedDataCentre = z.object({
  id: z.int(),
  title: z.string(),
  techTitle: z.string(),
  shortTitle: z.string(),
  country: z.string(),
  city: z.string(),
  lowPool: z.boolean(),
  highPool: z.boolean(),
  backup: z.boolean(),
  ssdOnly: z.boolean(),
  sharedNetworkId: z.int(),
  wire: wireOverlay.optional(),
});
export type StoredDataCentre = z.output<typeof storedDataCentre>;

export const storedImage = z.object({
  id: z.int(),
  /** Technical name. */
  name: z.string(),
  displayName: z.string(),
  family: z.enum(['Linux', 'Windows', 'Bsd']),
  /** `''`: offered everywhere. */
  dc: z.string(),
  /** Least disk, gigabytes. */
  hdd: z.int(),
  system: z.string(),
  type: z.string(),
  wire: wireOverlay.optional(),
});
export type StoredImage = z.output<typeof storedImage>;

export const storedLink = z.object({
  id: z.int(),
  networkId: z.int(),
  type: z.enum(['PublicShared', 'PublicClient', 'PrivateClient']),
  ip: z.string(),
  mac: z.string(),
  bandwidth: z.int(),
});
export type StoredLink = z.output<typeof storedLink>;

export const storedServer = z.object({
  id: z.int(),
  name: z.string(),
  state: z.enum(['New', 'Active', 'Blocked', 'NeedMoney', 'Deleting', 'Deleted']),
  /** Deleted, yet still shown: set by the fault `deleted-stays`. */
  isGone: z.boolean().optional(),
  isPowerOn: z.boolean(),
  cpu: z.int(),
  ram: z.int(),
  hdd: z.int(),
  hddType: z.enum(['SAS', 'SSD']),
  isHighPerformance: z.boolean(),
  dc: z.string(),
  /** Technical name of the image. */
  image: z.string(),
  imageFamily: z.enum(['Linux', 'Windows', 'Bsd']),
  /** Null until provisioned. */
  adminUser: z.string().nullable(),
  adminPassword: z.string().nullable(),
  links: z.array(storedLink),
  keyIds: z.array(z.int()),
  /** Milliseconds since the epoch. */
  createdMs: z.number(),
  wire: wireOverlay.optional(),
});
export type StoredServer = z.output<typeof storedServer>;

export const storedAction = z.object({
  id: z.int(),
  serverId: z.int(),
  type: z.string(),
  state: z.enum(['InProgress', 'Completed', 'Postponed', 'Failed']),
  startedMs: z.number(),
  endedMs: z.number().nullable(),
  wire: wireOverlay.optional(),
});
export type StoredAction = z.output<typeof storedAction>;

export const storedNetwork = z.object({
  id: z.int(),
  kind: z.enum(['private', 'public']),
  name: z.string(),
  state: z.enum(['New', 'FromPool', 'Active', 'NeedMoney', 'Blocked', 'Deleting', 'Deleted']),
  /** See `storedServer.isGone`. */
  isGone: z.boolean().optional(),
  dhcp: z.boolean(),
  dc: z.string(),
  /** Number of the network among all: makes its addresses. */
  index: z.int(),
  bandwidth: z.int(),
  capacity: z.string(),
  wire: wireOverlay.optional(),
});
export type StoredNetwork = z.output<typeof storedNetwork>;

export const storedKey = z.object({ id: z.int(), title: z.string(), publicKey: z.string(), wire: wireOverlay.optional() });
export type StoredKey = z.output<typeof storedKey>;

/** What a task does when it is done. Each kind is carried out in `tasks/carry-out.ts`. */
export const taskWork = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create'), networkId: z.int().optional(), bandwidth: z.int(), password: z.string().optional() }),
  z.object({
    kind: z.literal('resize'),
    cpu: z.int(),
    ram: z.int(),
    hdd: z.int(),
    hddType: z.enum(['SAS', 'SSD']),
    isHighPerformance: z.boolean(),
  }),
  z.object({ kind: z.literal('power'), on: z.boolean() }),
  z.object({ kind: z.literal('reboot') }),
  z.object({ kind: z.literal('add-network'), networkId: z.int() }),
  z.object({ kind: z.literal('remove-network'), networkId: z.int() }),
  z.object({ kind: z.literal('bandwidth'), linkId: z.int(), bandwidth: z.int() }),
  z.object({ kind: z.literal('rebuild'), imageId: z.int() }),
  z.object({
    kind: z.literal('delete'),
    /** Set by the fault `deleted-stays`: what the server shows afterwards and for how long; without `ms` until the fault is cleared. */
    remains: z.object({ state: z.enum(['Deleted', 'Deleting']), ms: z.number().optional() }).optional(),
  }),
  z.object({ kind: z.literal('vanish') }),
  z.object({ kind: z.literal('network-create') }),
]);
export type TaskWork = z.output<typeof taskWork>;

export const storedTask = z.object({
  id: z.int(),
  /** Tasks of one subject run one after the other. */
  subject: z.object({ kind: z.enum(['server', 'network']), id: z.int() }),
  actionId: z.int().nullable(),
  work: taskWork,
  phase: z.enum(['queued', 'running']),
  /** How long it runs once it has started, milliseconds. */
  durationMs: z.number(),
  /** Not before this moment; set by the fault `postponed`. */
  notBeforeMs: z.number(),
  /** Set when it starts. */
  dueMs: z.number().nullable(),
  /** How it ends; `never` by the fault `stuck-task`. */
  ending: z.enum(['done', 'failed', 'never']),
});
export type StoredTask = z.output<typeof storedTask>;

/** Everything the sandbox knows; also the form of the state file. */
export const sandboxState = z.object({
  version: z.literal(1),
  /** The clock at the last write: after a restart the clock never stands before it. */
  savedMs: z.number(),
  counters: z.object({
    server: z.int(),
    action: z.int(),
    link: z.int(),
    network: z.int(),
    key: z.int(),
    image: z.int(),
    task: z.int(),
    address: z.int(),
  }),
  account: z.object({
    id: z.int(),
    projectId: z.int().default(2001),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string(),
    balance: z.number(),
    /** For the answers `account`, `balance` and `project`. */
    wire: z.record(z.string(), wireOverlay).optional(),
  }),
  dataCentres: z.array(storedDataCentre),
  images: z.array(storedImage),
  servers: z.array(storedServer),
  /** Newest first, like the answer. */
  actions: z.array(storedAction),
  networks: z.array(storedNetwork),
  keys: z.array(storedKey),
  tasks: z.array(storedTask),
  /** Path → answer of GET, for what the sandbox has no part for; from a transcript. */
  replay: z.record(z.string(), z.object({ status: z.int(), body: z.unknown().optional() })).default({}),
});
export type SandboxState = z.output<typeof sandboxState>;
