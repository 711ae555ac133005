import * as z from 'zod';
import { resourceKinds } from '../infra/names.ts';
import { networkValues } from './values.ts';

/**
 * Actual state: what the API reports now, in our words. No password is in it: the client drops `AdminPassword` at its
 * door (API reference, section 3.1).
 */

/**
 * Life of a remote object. `deleted`: a row that stays readable after its deletion; such an object counts as gone. Anything the
 * provider says that we do not know is `other`, with the raw word kept.
 */
export const objectStates = ['new', 'active', 'blocked', 'need-money', 'deleting', 'deleted', 'other'] as const;
const objectState = z.enum(objectStates);
export type ObjectState = z.output<typeof objectState>;

export const actualLink = z.object({
  linkId: z.number(),
  networkId: z.number(),
  isPrivate: z.boolean(),
  isActive: z.boolean(),
  ip: z.string().optional(),
  mac: z.string().optional(),
});

/** What of a server was not taken over, because it has not the form of such a thing: it may be an attack, or a mistake of the provider's. */
export const unusableFields = ['name', 'ip', 'adminUser'] as const;
export type UnusableField = (typeof unusableFields)[number];

export const actualServer = z.object({
  id: z.number(),
  name: z.string(),
  state: objectState,
  rawState: z.string(),
  isPowerOn: z.boolean(),
  cpu: z.number(),
  ramMb: z.number(),
  diskGb: z.number(),
  diskType: z.string().optional(),
  pool: z.enum(['base', 'high']).optional(),
  dc: z.string().optional(),
  /** Technical name of the image. */
  image: z.string().optional(),
  imageFamily: z.string().optional(),
  ip: z.string().optional(),
  adminUser: z.string().optional(),
  links: z.array(actualLink),
  /** As the provider wrote it; without an offset it is Moscow time. */
  createdAt: z.string().optional(),
  /** Present where something was unusable. */
  unusable: z.array(z.enum(unusableFields)).optional(),
});
export type ActualServer = z.output<typeof actualServer>;

export const actualNetwork = z.object({
  id: z.number(),
  name: z.string(),
  state: objectState,
  rawState: z.string(),
  values: networkValues.partial(),
  mask: z.string().optional(),
  gateway: z.string().optional(),
  serverIds: z.array(z.number()),
});
export type ActualNetwork = z.output<typeof actualNetwork>;

export const actualKey = z.object({ id: z.number(), title: z.string(), blob: z.string() });
export type ActualKey = z.output<typeof actualKey>;

/** An asynchronous operation of the provider on one server. */
export const cloudTask = z.object({
  id: z.number(),
  type: z.string(),
  state: z.enum(['running', 'postponed', 'completed', 'failed']),
  rawState: z.string(),
});
export type CloudTask = z.output<typeof cloudTask>;

export const image = z.object({
  id: z.number(),
  /** Technical name, equals the image of a server. */
  name: z.string(),
  displayName: z.string(),
  family: z.string().optional(),
  /** Technical name of the only data centre it is offered in; absent: everywhere. */
  dc: z.string().optional(),
  minDiskGb: z.number().optional(),
});
export type Image = z.output<typeof image>;

export const dataCentre = z.object({
  id: z.number(),
  title: z.string(),
  /** Unique; `DCLocation` everywhere else. */
  techTitle: z.string(),
  shortTitle: z.string().optional(),
  city: z.string().optional(),
  hasBasePool: z.boolean(),
  hasHighPool: z.boolean(),
  hasBackup: z.boolean().optional(),
});
export type DataCentre = z.output<typeof dataCentre>;

/** What the cloud offers. */
export const catalog = z.object({ images: z.array(image), dataCentres: z.array(dataCentre) });
export type Catalog = z.output<typeof catalog>;

export const account = z.object({
  id: z.number().optional(),
  /** Projects that `/account` names, sorted. A token belongs to one project (API reference, section 9), so they tell keys apart. */
  projectIds: z.array(z.number()).optional(),
  email: z.string().optional(),
  /** Roubles. */
  balance: z.number().optional(),
});
export type Account = z.output<typeof account>;

/**
 * A row of a list that cannot be read. Its object exists, so nothing may conclude from its absence; `id` is undefined where not
 * even that could be read.
 */
export const unreadableRow = z.object({ kind: z.enum(resourceKinds), id: z.number().optional(), name: z.string().optional() });
export type UnreadableRow = z.output<typeof unreadableRow>;

/** One reading of everything a plan needs. A list is what the provider said, not proof of what there is. */
export const actualState = z.object({
  account,
  catalog,
  servers: z.array(actualServer),
  networks: z.array(actualNetwork),
  keys: z.array(actualKey),
  unreadable: z.array(unreadableRow),
});
export type ActualState = z.output<typeof actualState>;
