import type { DeployRecord } from '#schemas/deploy/deploy-record.ts';
import type { Address } from '#schemas/infra/names.ts';
import type { HistoryMark } from '#schemas/metrics/metrics-history.ts';
import { t, type Text } from '#schemas/text/text.ts';
import type { History, HistorySummary } from '../../ports/history.ts';

/** Records read at first; four times as many when these do not go back far enough. */
const FIRST_COUNT = 50;
/** Lists are in the order of beginnings, and marks stand at the ends: no run takes longer. */
const LONGEST_RUN_MS = 86_400_000;

/** What was done to servers since then: applies, power commands and deploys, in the order of their ends. Checks changed nothing. */
export async function listMarks(history: Pick<History, 'listApplies' | 'listDeploys'>, fromMs: number): Promise<HistoryMark[]> {
  const [applies, deploys] = await Promise.all([readBack(history.listApplies, fromMs), readBack(history.listDeploys, fromMs)]);
  return [...applies.filter(({ isFinished }) => isFinished !== false).map(markApply), ...deploys.flatMap(markDeploy)]
    .filter(({ at, servers }) => Date.parse(at) >= fromMs && servers.length > 0)
    .sort((left, right) => Date.parse(left.at) - Date.parse(right.at));
}

/** Reads the newest records until they go back far enough, or there are no more. */
async function readBack<Item extends { readonly finishedAt: string }>(
  list: (limit: number) => Promise<readonly Item[]>,
  fromMs: number,
): Promise<readonly Item[]> {
  let known = -1;
  for (let limit = FIRST_COUNT; ; limit *= 4) {
    const found = await list(limit);
    const oldest = found.at(-1);
    // Records that cannot be read are left out, so their number alone does not tell that there are no more.
    if (!oldest || found.length === known || Date.parse(oldest.finishedAt) < fromMs - LONGEST_RUN_MS) return found;
    known = found.length;
  }
}

function markApply({ finishedAt, command, exitCode, plan }: HistorySummary): HistoryMark {
  const changes = plan.changes.filter(({ address, action }) => action !== 'no-op' && isServer(address));
  const power = /^ict power (start|stop|reboot)$/.exec(command)?.[1];
  return {
    at: finishedAt,
    kind: power === undefined ? 'apply' : 'power',
    text: power === undefined ? sayApplied(exitCode) : sayPower(power),
    servers: changes.map(({ address }) => address),
  };
}

function markDeploy({ finishedAt, kind, isCheck, exitCode, hosts }: DeployRecord): HistoryMark[] {
  if (isCheck || kind === 'command') return [];
  const touched = Object.values(hosts).filter(({ outcome }) => outcome !== 'skipped');
  const text = kind === 'agent' ? t('metrics agent installed') : exitCode === 0 ? t('deployed') : t('deployed in part');
  return [{ at: finishedAt, kind: 'deploy', text, servers: touched.map(({ address }) => address) }];
}

const isServer = (address: Address): boolean => address.startsWith('server.');

const sayApplied = (exitCode: number): Text => (exitCode === 0 ? t('applied') : t('applied in part'));

const sayPower = (action: string): Text => (action === 'start' ? t('switched on') : action === 'stop' ? t('switched off') : t('rebooted'));
