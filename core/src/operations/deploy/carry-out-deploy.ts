import type { HostStats } from '#schemas/ansible/callback-event.ts';
import { DEPLOY_FORMAT, type DeployKind, type DeployRecord, type HostOutcome, type PlaybookRecord } from '#schemas/deploy/deploy-record.ts';
import { exitCodes } from '#schemas/events/exit-code.ts';
import type { Address } from '#schemas/infra/names.ts';
import { t, tn } from '#schemas/text/text.ts';
import { toTimestamp } from '../../ports/clock.ts';
import type { ExpandedInfra } from '../../infra/expand/expanded-infra.ts';
import { buildInventory } from '../../engine/deploy/build-inventory.ts';
import type { DeployTarget, Unreached } from '../../engine/deploy/deploy-target.ts';
import { judgeDeploy, judgeHost, sumStats } from '../../engine/deploy/judge-deploy.ts';
import { orderRuns, type PlaybookRun } from '../../engine/deploy/order-runs.ts';
import { countShort, type Withheld, withholdFromInventory, withholdSecrets } from '../../engine/deploy/withhold-secrets.ts';
import type { OperationSignals } from '../operation-context.ts';
import { createMaskedEmit } from './masked-emit.ts';
import { chooseSteps, rememberGood } from './choose-steps.ts';
import { findBrokenPlaybooks } from './find-broken-playbooks.ts';
import type { DeployContext, DeployPorts } from './deploy-context.ts';
import type { DeployRequest, DeployResult } from './deploy-request.ts';
import { type Reached, reachHosts } from './reach-hosts.ts';
import { runOnePlaybook } from './run-one-playbook.ts';

export interface DeployWork {
  readonly request: DeployRequest;
  readonly expanded: ExpandedInfra;
  /** Every server of the file that there is: playbooks may ask about hosts they do not run on. */
  readonly everyone: readonly DeployTarget[];
  readonly targets: readonly DeployTarget[];
  readonly unreached: readonly Unreached[];
  /** `agent`: only the metrics agent, as after an apply. `command`: one command, given to Ansible by its environment. */
  readonly kind: DeployKind;
}

/** Validates the playbooks, reaches the hosts, runs, remembers. Nothing touches a host before all playbooks parse. */
export async function carryOutDeploy(
  context: DeployContext,
  ports: DeployPorts,
  work: DeployWork,
  signals: OperationSignals,
): Promise<DeployResult> {
  const { request, expanded, everyone, targets } = work;
  const startedAt = toTimestamp(context.clock);
  const chosen = await chooseSteps(context, ports, work);
  if (chosen.why !== undefined) return { kind: 'nothing-to-deploy', why: chosen.why };

  const run = await ports.store.startDeploy(context.newRun());
  const secrets: Withheld = new Map();
  const inventory = withholdFromInventory(buildInventory(expanded, everyone, chosen.all, { knownHosts: ports.store.knownHosts }), secrets);
  const short = countShort(secrets);
  if (short > 0)
    context.emit({
      kind: 'message',
      level: 'warning',
      text: tn(
        short,
        '{0} secret variable is shorter than 6 characters: output does not mask it',
        '{0} secret variables are shorter than 6 characters: output does not mask them',
      ),
    });
  const inventoryPath = await run.writeInventory(inventory);
  const base = { ...toRequestBase(request, context.folderOf(request.file)), inventories: [inventoryPath] };
  if ([...chosen.byHost.values()].flat().some(({ isBundled }) => !isBundled)) await sayConfig(context, ports, base.folder);
  const broken = await findBrokenPlaybooks(context, ports, run, base, orderRuns(chosen.byHost), signals.abort);
  if (broken.length > 0) return { kind: 'broken-playbooks', playbooks: broken };

  const wanted = targets.filter(({ name }) => chosen.byHost.has(name));
  const reached = await reachUnlessStopped(context, ports, wanted, signals);
  const outcomes = new Map<string, HostOutcome>(
    wanted.map(({ name, address }) => [
      name,
      reached === undefined ? 'skipped' : reached.unreached.includes(address) ? 'unreachable' : 'ok',
    ]),
  );
  const emit = createMaskedEmit(context, ports, run);
  const records: PlaybookRecord[] = [];
  const runs = orderRuns(new Map([...chosen.byHost].filter(([host]) => outcomes.get(host) === 'ok')));
  try {
    for (const [index, playbook] of runs.entries()) {
      const hosts = [...playbook.hosts.keys()].filter((host) => outcomes.get(host) === 'ok');
      const isOver =
        signals.stop.aborted || records.some(({ verdict }) => verdict === 'invalid' || verdict === 'crashed' || verdict === 'cancelled');
      if (isOver) for (const host of hosts) outcomes.set(host, 'skipped');
      if (isOver || hosts.length === 0) continue;
      const record = await runHosts(index + 1, runs.length, playbook, hosts);
      records.push(record);
      for (const host of hosts) outcomes.set(host, judgeHost(host, record));
      if (!request.isCheck)
        await rememberGood(
          ports,
          chosen,
          playbook,
          hosts.filter((host) => outcomes.get(host) === 'ok'),
          run.run,
        );
    }
  } finally {
    await ports.ssh.closeConnections();
  }
  const stats: Record<string, HostStats> = sumStats(records);
  emit({ kind: 'ansible-recap', hosts: stats });
  const addresses = new Map<string, Address>(targets.map(({ name, address }) => [name, address]));
  const missing = work.unreached.filter(({ why }) => why !== 'off');
  const ended = [...outcomes.values(), ...missing.map(() => 'unreachable' as const)];
  const isStopped = signals.stop.aborted || signals.abort.aborted;
  const record: DeployRecord = {
    format: DEPLOY_FORMAT,
    run: run.run,
    kind: work.kind,
    startedAt,
    finishedAt: toTimestamp(context.clock),
    command: context.command,
    exitCode: isStopped ? exitCodes.interrupted : judgeDeploy(records, ended),
    isCheck: request.isCheck,
    limit: request.isRetry ? targets.map(({ address }) => address) : [...request.limit],
    versions: { ict: context.version, ansible: await ports.ansible.version(AbortSignal.timeout(VERSION_MS)).catch(() => '') },
    hosts: Object.fromEntries([...outcomes].flatMap(([host, outcome]) => toHostOutcome(addresses.get(host), host, outcome))),
    playbooks: records,
  };
  await run.finish(record);
  return { kind: 'deployed', record };

  async function runHosts(number: number, total: number, playbook: PlaybookRun, hosts: readonly string[]): Promise<PlaybookRecord> {
    const vars = new Map(hosts.map((host) => [host, withholdSecrets(playbook.hosts.get(host) ?? {}, secrets)]));
    const hasVars = [...vars.values()].some((value) => Object.keys(value).length > 0);
    const inventories = hasVars ? [inventoryPath, await run.writeHostVars(number, vars)] : [inventoryPath];
    ports.giveSecrets(secrets);
    return runOnePlaybook(
      context,
      ports,
      emit,
      { ...base, inventories, number, total, playbook, hosts, limitFile: await run.writeLimit(number, hosts) },
      signals,
    );
  }
}

/** Names the configuration of the user's own playbooks, where it is not ours: it may bring plugins, which run on this machine. */
async function sayConfig(context: DeployContext, { ansible }: DeployPorts, folder: string): Promise<void> {
  const { path, from, ignored } = await ansible.configOf({ folder, isBundled: false });
  if (ignored !== undefined)
    context.emit({
      kind: 'message',
      level: 'warning',
      text: t('{0} is not used: everybody may write to its folder. To use it: chmod o-w {1}', ignored, folder),
    });
  if (from !== 'ict') context.emit({ kind: 'message', level: 'info', text: t('Ansible configuration: {0}', path) });
}

/** A host may take minutes to answer: a stop ends the waiting as well. Undefined: it was stopped, and nothing has begun. */
const reachUnlessStopped = (
  context: DeployContext,
  ports: DeployPorts,
  wanted: readonly DeployTarget[],
  { stop, abort }: OperationSignals,
): Promise<Reached | undefined> =>
  reachHosts(context, ports, wanted, AbortSignal.any([stop, abort])).catch((error: unknown) => {
    if (stop.aborted && !abort.aborted) return undefined;
    throw error;
  });

/** `ansible-playbook --version` answers within a second; the record does without where it does not. */
const VERSION_MS = 10_000;

const toHostOutcome = (address: Address | undefined, host: string, outcome: HostOutcome) =>
  address === undefined ? [] : [[host, { address, outcome }] as const];

const toRequestBase = (request: DeployRequest, folder: string) => ({
  skipTags: request.skipTags,
  tags: request.tags,
  isCheck: request.isCheck,
  verbosity: request.verbosity,
  folder,
  ...(request.vaultPasswordFile === undefined ? {} : { vaultPasswordFile: request.vaultPasswordFile }),
});
