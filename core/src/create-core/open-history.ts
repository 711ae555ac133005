import { openDeployStore } from '../storage/open-deploy-store.ts';
import { readApplied } from '../storage/read-history-record.ts';
import { readHistory } from '../storage/read-history.ts';
import type { DeployRecord } from '#schemas/deploy/deploy-record.ts';
import type { OperationEvent } from '#schemas/events/operation-event.ts';
import type { AppliedRecord, HistorySummary } from '../ports/history.ts';

/** What was done in a project, for people to look at. */
export interface History {
  /** Newest first. */
  listApplies(limit: number): Promise<readonly HistorySummary[]>;
  /** Deploys, agents after an apply and commands; newest first. */
  listDeploys(limit: number): Promise<readonly DeployRecord[]>;
  readApply(run: string): Promise<AppliedRecord | undefined>;
  /** Events of a deploy in their order, as they were shown then. */
  readEvents(run: string): AsyncIterable<OperationEvent>;
}

/** Opens the history of the project whose infra file lies in `folder`. Needs neither network nor lock. */
export function openHistory(folder: string, project: string): History {
  const deploys = openDeployStore(folder, project);
  return {
    listApplies: (limit) => readHistory(folder, project, limit),
    listDeploys: (limit) => deploys.listDeploys(limit),
    readApply: (run) => readApplied(folder, project, run),
    readEvents: (run) => deploys.readEvents(run),
  };
}
