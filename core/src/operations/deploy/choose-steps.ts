import type { HostRecords } from '#schemas/state/host-records.ts';
import { agentStep, commandStep, type HostStep, listSteps } from '../../engine/deploy/host-steps.ts';
import type { PlaybookRun } from '../../engine/deploy/order-runs.ts';
import type { DeployTarget } from '../../engine/deploy/deploy-target.ts';
import type { DeployWork } from './carry-out-deploy.ts';
import type { DeployContext, DeployPorts } from './deploy-context.ts';
import { createFingerprints } from './fingerprint.ts';

/** What runs on each host, and why nothing does. */
export interface ChosenSteps {
  /** Host → its steps of this deploy; hosts without any are left out. */
  readonly byHost: ReadonlyMap<string, readonly HostStep[]>;
  /** Host → every step that the file gives it. */
  readonly all: ReadonlyMap<string, readonly HostStep[]>;
  readonly targets: ReadonlyMap<string, DeployTarget>;
  /** Fingerprint of a step on a host. */
  readonly fingerprints: ReadonlyMap<string, string>;
  readonly why?: 'no-playbooks' | 'unchanged';
}

const keyOf = ({ label, tags }: Pick<HostStep, 'label' | 'tags'>): string => [label, ...tags].join(' ');
const place = (host: string, step: Pick<HostStep, 'label' | 'tags'>): string => `${host} ${keyOf(step)}`;

/** The agent, where one is wanted and it is not installed yet as the file wants it, then the file's playbooks; with `isChangedOnly` only what is new. */
export async function chooseSteps(context: DeployContext, ports: DeployPorts, work: DeployWork): Promise<ChosenSteps> {
  const { kind, request, expanded, everyone, targets } = work;
  const { hosts: records } = await ports.store.readHosts();
  const resolve = (path: string): string => context.files.resolve(path, expanded.file);
  const all = new Map(everyone.map(({ name, entry }) => [name, listSteps(entry, resolve)]));
  const prints = createFingerprints(context, ports);
  const fingerprints = new Map<string, string>();
  const byHost = new Map<string, readonly HostStep[]>();
  let dropped = 0;
  await Promise.all(
    targets.map(async (target) => {
      const { name, address, entry, server } = target;
      const known = records[address]?.serverId === server.id ? records[address] : undefined;
      const agent = kind === 'command' || !context.wantsAgent ? undefined : agentStep(entry);
      const listed = kind === 'deploy' ? (all.get(name) ?? []) : kind === 'command' ? [commandStep] : [];
      const candidates = agent && !listed.some(({ label }) => label === agent.label) ? [agent, ...listed] : listed;
      const steps: HostStep[] = [];
      for (const step of candidates) {
        const print = await prints.of(step, { ...expanded.infra.defaults?.vars, ...groupVars(work, target), ...entry.entry.vars });
        fingerprints.set(place(name, step), print);
        const isSame = known?.deployed[keyOf(step)]?.fingerprint === print;
        // The agent is installed once; playbooks run whenever a deploy is asked for.
        if (isSame && (request.isChangedOnly || step === agent)) dropped += 1;
        else steps.push(step);
      }
      if (steps.length > 0) byHost.set(name, steps);
    }),
  );
  const ordered = new Map(targets.flatMap(({ name }) => (byHost.has(name) ? [[name, byHost.get(name) ?? []] as const] : [])));
  const chosen = { byHost: ordered, all, targets: new Map(targets.map((target) => [target.name, target])), fingerprints };
  if (ordered.size > 0) return chosen;
  return { ...chosen, why: dropped > 0 && request.isChangedOnly ? 'unchanged' : 'no-playbooks' };
}

/** Variables that the host has by its groups. */
const groupVars = ({ expanded }: DeployWork, { address }: DeployTarget): Readonly<Record<string, unknown>> =>
  Object.assign(
    {},
    ...Object.entries(expanded.infra.groups ?? {})
      .filter(([name]) => expanded.groups[name]?.includes(address))
      .map(([, group]) => group.vars ?? {}),
  ) as Readonly<Record<string, unknown>>;

/** Records that a playbook ended well on these hosts, so that `--changed` knows it. */
export async function rememberGood(
  ports: DeployPorts,
  chosen: ChosenSteps,
  playbook: PlaybookRun,
  hosts: readonly string[],
  run: string,
): Promise<void> {
  if (hosts.length === 0) return;
  const before = await ports.store.readHosts();
  const records: HostRecords['hosts'] = { ...before.hosts };
  for (const host of hosts) {
    const target = chosen.targets.get(host);
    const fingerprint = chosen.fingerprints.get(place(host, playbook));
    const record = target && records[target.address];
    if (!target || !record || fingerprint === undefined) continue;
    records[target.address] = { ...record, deployed: { ...record.deployed, [keyOf(playbook)]: { run, fingerprint } } };
  }
  await ports.store.writeHosts({ ...before, hosts: records });
}
