import type { Inventory } from '#schemas/ansible/inventory.ts';
import type { DeployRecord } from '#schemas/deploy/deploy-record.ts';
import type { OperationEvent } from '#schemas/events/operation-event.ts';
import type { HostRecords } from '#schemas/state/host-records.ts';

/** The folder of one deploy: what it runs with, and what came of it. */
export interface DeployRun {
  readonly run: string;
  /** Writes the inventory; gives its path. */
  writeInventory(inventory: Inventory): Promise<string>;
  /** Writes variables of hosts for one playbook in the shape of an inventory; gives its path. */
  writeHostVars(number: number, vars: ReadonlyMap<string, Readonly<Record<string, unknown>>>): Promise<string>;
  /** Writes the hosts that a playbook is limited to; gives the path. */
  writeLimit(number: number, hosts: readonly string[]): Promise<string>;
  /** Keeps an event for a replay. In order; a failure shows at `finish`. */
  appendEvent(event: OperationEvent): void;
  finish(record: DeployRecord): Promise<void>;
}

/** What a project keeps about its hosts and deploys, in `.ict/PROJECT/`. Implemented in core/storage. */
export interface DeployStore {
  /** Path of the file with the pinned host keys. */
  readonly knownHosts: string;
  readHosts(): Promise<HostRecords>;
  /** Replaces the records, and `known_hosts` with them. */
  writeHosts(records: HostRecords): Promise<void>;
  startDeploy(run: string): Promise<DeployRun>;
  /** Finished deploys, newest first. A damaged record is left out. */
  listDeploys(limit: number): Promise<readonly DeployRecord[]>;
  /** Events of a deploy in their order. Lines that are no events are left out. */
  readEvents(run: string): AsyncIterable<OperationEvent>;
}
