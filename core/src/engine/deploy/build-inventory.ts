import type { ExpandedInfra } from '#core/infra/expand/expanded-infra.ts';
import type { Inventory, InventoryHost } from '#schemas/ansible/inventory.ts';
import { toUnsafe } from '#schemas/ansible/unsafe-text.ts';
import type { DeployTarget } from './deploy-target.ts';
import type { HostStep } from './host-steps.ts';
import { quoteSshPath } from './ssh-arguments.ts';

/** Options of SSH that every host shares. */
export interface SshTrust {
  /** File with the pinned host keys of the project. */
  readonly knownHosts: string;
}

/**
 * The inventory of a project: `all` with the variables of `defaults`, a group for each server entry and each of `groups`,
 * and the hosts with their own variables. Ansible itself joins them: `defaults`, then group, then server. Groups named
 * later in the file win over earlier ones. No password is in it.
 */
export function buildInventory(
  expanded: ExpandedInfra,
  targets: readonly DeployTarget[],
  stepsOf: ReadonlyMap<string, readonly HostStep[]>,
  trust: SshTrust,
): Inventory {
  const { infra, entries, groups } = expanded;
  const present = new Map(targets.map((target) => [target.address, target.name]));
  const namesOf = (group: string) =>
    Object.fromEntries((groups[group] ?? []).flatMap((address) => (present.has(address) ? [[present.get(address) ?? '', null]] : [])));
  const trusted = sshArguments(trust);
  // Whoever names a jump host still has our check of the keys; ssh takes the first of two answers.
  const withTrust = (vars: Vars): Vars => {
    const own = vars?.[COMMON_ARGUMENTS];
    return typeof own === 'string' ? { ...vars, [COMMON_ARGUMENTS]: `${trusted} ${own}` } : vars;
  };
  const children: Inventory['all']['children'] = {};
  for (const { name } of entries) children[name] = { hosts: namesOf(name) };
  for (const [index, [name, group]] of Object.entries(infra.groups ?? {}).entries()) {
    children[name] = { hosts: namesOf(name), vars: { ...withTrust(group.vars), ansible_group_priority: index + 2 } };
  }
  return {
    all: {
      vars: { [COMMON_ARGUMENTS]: trusted, ...withTrust(infra.defaults?.vars) },
      hosts: Object.fromEntries(
        targets.map((target) => [target.name, toHost(target, withTrust(target.entry.entry.vars), stepsOf.get(target.name) ?? [])]),
      ),
      children,
    },
  };
}

type Vars = Readonly<Record<string, unknown>> | undefined;

/** Options that ssh, scp and sftp share. */
const COMMON_ARGUMENTS = 'ansible_ssh_common_args';

/** Keys are checked against the project's own file and nothing else; ict pins them, Ansible never does. */
const sshArguments = ({ knownHosts }: SshTrust): string =>
  [`UserKnownHostsFile=${quoteSshPath(knownHosts)}`, 'GlobalKnownHostsFile=/dev/null', 'StrictHostKeyChecking=yes', 'HashKnownHosts=no']
    .map((option) => `-o '${option.replaceAll("'", String.raw`'\''`)}'`)
    .join(' ');

function toHost(target: DeployTarget, vars: Vars, steps: readonly HostStep[]): InventoryHost {
  const { address, server, ip, port, user, keyFile, entry } = target;
  const own = entry.values.vars ?? {};
  return {
    ...vars,
    // What the user wrote may be a template; what the provider said is data.
    ansible_host: own['ansible_host'] === ip ? ip : toUnsafe(ip),
    ansible_port: port,
    ansible_user: own['ansible_user'] === user ? user : toUnsafe(user),
    ...(keyFile === undefined ? {} : { ansible_ssh_private_key_file: keyFile }),
    ict_address: address,
    ict_server_id: server.id,
    ict_playbooks: steps.map(({ label }) => label),
  };
}
