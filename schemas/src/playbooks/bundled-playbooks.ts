import type * as z from 'zod';
import { t, type Text } from '../text/text.ts';
import { appVars } from './app-vars.ts';
import { baseVars } from './base-vars.ts';
import { describeVariables, type PlaybookVariable } from './describe-variables.ts';
import { dockerVars } from './docker-vars.ts';
import { nginxVars } from './nginx-vars.ts';
import { nodeExporterVars } from './node-exporter-vars.ts';
import { postgresqlVars } from './postgresql-vars.ts';

/** A playbook that ict ships. */
export interface BundledPlaybook {
  readonly name: string;
  readonly summary: Text;
  /** Tags of its tasks, by which a deploy can be narrowed. */
  readonly tags: readonly string[];
  readonly variables: readonly PlaybookVariable[];
}

const describePlaybook = (name: string, summary: Text, tags: readonly string[], schema: z.ZodObject): BundledPlaybook => ({
  name,
  summary,
  tags: [name, ...tags.map((tag) => `${name}_${tag}`)],
  variables: describeVariables(schema),
});

/**
 * Every playbook that ict ships, by name. Ansible is told the same by the `argument_specs.yml` of the roles; a test keeps them
 * equal, so that the editor and `ict validate` need no file of Ansible's.
 */
export const bundledPlaybooks: readonly BundledPlaybook[] = [
  describePlaybook('app', t('Deliver code by releases'), ['deliver', 'prune'], appVars),
  describePlaybook(
    'base',
    t('Users, SSH hardening, firewall, unattended upgrades'),
    ['firewall', 'packages', 'ssh', 'upgrades', 'users'],
    baseVars,
  ),
  describePlaybook('docker', t('Docker and Compose'), ['install', 'settings'], dockerVars),
  describePlaybook('nginx', t('Web server with static and proxy sites'), ['install', 'service', 'sites'], nginxVars),
  describePlaybook('node_exporter', t('Metrics agent node_exporter'), ['access', 'install', 'service'], nodeExporterVars),
  describePlaybook('postgresql', t('PostgreSQL with its users and databases'), ['databases', 'install', 'settings'], postgresqlVars),
];
