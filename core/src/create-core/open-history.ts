import type { History } from '../ports/history.ts';
import { openDeployStore } from '../storage/open-deploy-store.ts';
import { readApplied, readHistory } from '../storage/read-history.ts';

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
