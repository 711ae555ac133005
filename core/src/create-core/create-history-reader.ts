import type { DeployRecord } from '#schemas/deploy/deploy-record.ts';
import type { HistorySummary, ReadHistory } from '../ports/history.ts';
import { openDeployStore } from '../storage/open-deploy-store.ts';
import { readHistory } from '../storage/read-history.ts';

/** The histories that projects keep beside their infra files, applies and deploys together, for those who only look. */
export const createHistoryReader = (): ReadHistory => async (folderOfFile, project, limit) => {
  const [applies, deploys] = await Promise.all([
    readHistory(folderOfFile, project, limit),
    openDeployStore(folderOfFile, project)
      .listDeploys(limit)
      .catch(() => []),
  ]);
  const deployed = deploys.filter(({ kind, isCheck }) => kind === 'deploy' && !isCheck).map(toSummary);
  return [...applies, ...deployed].sort((a, b) => (a.finishedAt < b.finishedAt ? 1 : -1)).slice(0, limit);
};

const toSummary = ({ run, finishedAt, command, exitCode, hosts, limit }: DeployRecord): HistorySummary => ({
  run,
  finishedAt,
  command,
  exitCode,
  plan: { changes: [] },
  result: { succeeded: [], failed: [], skipped: [] },
  deploy: { isLimited: limit.length > 0, hosts: Object.values(hosts) },
});
