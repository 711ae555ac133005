import type {
  Account,
  ActualKey,
  ActualNetwork,
  ActualServer,
  ActualState,
  Catalog,
  CloudTask,
  UnreadableRow,
} from '#schemas/state/actual.ts';
import type { Hardware } from '#schemas/plan/create-step.ts';

/** Hears how an asynchronous operation of the provider is doing. `state` is the provider's own word. */
export type OnProgress = (state: string) => void;

/** Called once the provider has accepted a write: the journal stores the id before anything is waited for. */
export type OnAccepted = (remoteId: number) => Promise<void>;

/** Everything a create call sends; ids are resolved. */
export interface ServerCreate extends Hardware {
  readonly name: string;
  readonly dc: string;
  readonly imageId: number;
  /** Days between backups; 0 = none. */
  readonly backupPeriod: number;
  readonly sshKeyIds: readonly number[];
}

/**
 * What a list said. It is no proof of absence: a list may lag, be cut, or leave an object out. Only `confirmPresence` decides
 * that something is gone.
 */
export interface Listing<Item> {
  readonly items: readonly Item[];
  /** Rows that could not be read: their objects exist. */
  readonly unreadable: readonly UnreadableRow[];
}

/** What the provider answered to a create. */
export interface Accepted {
  readonly id: number;
  /** As the provider stored it; absent where the answer does not say. */
  readonly name?: string;
  readonly createdAt?: string;
}

/** How a deletion ended: `deleting` is still readable after a long time, in a state that says it is on its way. */
export type Deletion = 'gone' | 'deleting';

/**
 * The cloud as the engine sees it. Implemented in core/providers, faked in tests only for faults and time.
 * Each write resolves when what it changed is true in the cloud, not when it was queued. Every method throws
 * `CloudError`; reading an object that does not exist is an answer, undefined.
 */
export interface CloudProvider {
  /** Endpoint the provider talks to: part of a plan's identity. */
  readonly endpoint: string;
  readAccount(signal: AbortSignal): Promise<Account>;
  readCatalog(signal: AbortSignal): Promise<Catalog>;
  /** Everything a plan needs, read side by side; lists are sorted by id and hold each id once. */
  readAll(signal: AbortSignal): Promise<ActualState>;
  /** As `readAll` without the catalogue, which only creates need: it is empty in the answer. */
  readObjects(signal: AbortSignal): Promise<ActualState>;

  listServers(signal: AbortSignal): Promise<Listing<ActualServer>>;
  readServer(id: number, signal: AbortSignal): Promise<ActualServer | undefined>;
  /** Tasks of one server, newest first. */
  listTasks(serverId: number, signal: AbortSignal): Promise<readonly CloudTask[]>;
  /** Sends the create once and resolves with what was accepted. Never repeated: a lost answer is for the caller to settle. */
  createServer(spec: ServerCreate, signal: AbortSignal): Promise<Accepted>;
  /** Waits until the server is `active`; fails when it becomes `need-money`, `blocked`, or vanishes. */
  awaitServer(id: number, onProgress: OnProgress, signal: AbortSignal): Promise<ActualServer>;
  /** Waits until no task of the server is running. Failed old tasks are not our business. */
  awaitIdle(id: number, onProgress: OnProgress, signal: AbortSignal): Promise<void>;
  resizeServer(id: number, to: Hardware, onAccepted: OnAccepted, onProgress: OnProgress, signal: AbortSignal): Promise<ActualServer>;
  /** On: power on. Off: soft shutdown first, hard when the guest does not follow in time. */
  setPower(id: number, power: 'on' | 'off', onAccepted: OnAccepted, onProgress: OnProgress, signal: AbortSignal): Promise<ActualServer>;
  /** Reboots; `hard` skips the guest. */
  rebootServer(id: number, hard: boolean, onAccepted: OnAccepted, onProgress: OnProgress, signal: AbortSignal): Promise<ActualServer>;
  linkNetwork(id: number, networkId: number, onAccepted: OnAccepted, onProgress: OnProgress, signal: AbortSignal): Promise<ActualServer>;
  unlinkNetwork(id: number, networkId: number, onAccepted: OnAccepted, onProgress: OnProgress, signal: AbortSignal): Promise<ActualServer>;
  /** Resolves when the server is proven to be gone, or has said for long that it is being deleted. */
  deleteServer(id: number, onAccepted: () => void, onProgress: OnProgress, signal: AbortSignal): Promise<Deletion>;

  listNetworks(signal: AbortSignal): Promise<Listing<ActualNetwork>>;
  readNetwork(id: number, signal: AbortSignal): Promise<ActualNetwork | undefined>;
  /** Like createServer: sent once. */
  createNetwork(spec: { name: string; dc: string; dhcp: boolean }, signal: AbortSignal): Promise<Accepted>;
  awaitNetwork(id: number, onProgress: OnProgress, signal: AbortSignal): Promise<ActualNetwork>;
  deleteNetwork(id: number, onAccepted: () => void, onProgress: OnProgress, signal: AbortSignal): Promise<Deletion>;

  listKeys(signal: AbortSignal): Promise<Listing<ActualKey>>;
  readKey(id: number, signal: AbortSignal): Promise<ActualKey | undefined>;
  /** Like createServer: sent once. */
  createKey(spec: { title: string; publicKey: string }, signal: AbortSignal): Promise<Accepted>;
  deleteKey(id: number, signal: AbortSignal): Promise<Deletion>;
}

/**
 * Why a call to the provider failed. `answer-lost` means a write was sent and no answer came: it may have been
 * carried out, and must be looked up before it is sent again.
 */
export const cloudErrorCodes = [
  'unauthorized',
  'forbidden',
  'not-found',
  'invalid-request',
  'conflict',
  'rate-limited',
  'server-error',
  'invalid-answer',
  'network',
  'tls',
  'timeout',
  'answer-lost',
  'need-money',
  'blocked',
  'task-failed',
  'task-timeout',
  'vanished',
  /** Another object has the name of one that was to be made, or was made. */
  'twin',
  'aborted',
] as const;
export type CloudErrorCode = (typeof cloudErrorCodes)[number];

/** A failed call, typed. `message` is for logs and holds no secret; surfaces render a text by `code` and `details`. */
export class CloudError extends Error {
  override readonly name = 'CloudError';
  readonly code: CloudErrorCode;
  readonly details: CloudErrorDetails;

  constructor(code: CloudErrorCode, message: string, details: CloudErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.code = code;
    this.details = details;
  }
}

export interface CloudErrorDetails {
  readonly status?: number;
  /** `POST /server`: never with a query or a secret. */
  readonly request?: string;
  /** What the provider said, shortened. */
  readonly providerMessage?: string;
  /** Field → messages, from an ASP.NET `ModelState`. */
  readonly fields?: Readonly<Record<string, readonly string[]>>;
  readonly retryAfterMs?: number;
  /** Ids of objects of one name, for `twin`. */
  readonly ids?: readonly number[];
  readonly name?: string;
  readonly cause?: unknown;
}
