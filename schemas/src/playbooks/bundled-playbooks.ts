import type { z } from 'zod';
import { bundledPlaybooks as listed } from '../infra/bundled-playbooks.ts';
import type { Text } from '../text/text.ts';
import { appVars } from './app-vars.ts';
import { baseVars } from './base-vars.ts';
import { dockerVars } from './docker-vars.ts';
import { nginxVars } from './nginx-vars.ts';
import { nodeExporterVars } from './node-exporter-vars.ts';
import { postgresqlVars } from './postgresql-vars.ts';

/** A playbook that ict ships, with the type of what it is given. */
export interface BundledPlaybook<Schema extends z.ZodObject = z.ZodObject> {
  /** Its variables; those of other playbooks pass. */
  readonly schema: Schema;
  readonly summary: Text;
  readonly tags: readonly string[];
}

const describePlaybook = <Schema extends z.ZodObject>(name: string, schema: Schema): BundledPlaybook<Schema> => {
  const info = listed.find((one) => one.name === name);
  if (info === undefined) throw new Error(`no playbook ${name} is shipped`);
  return { schema, summary: info.summary, tags: info.tags };
};

/** Every playbook that ict ships. The roles' `argument_specs.yml` say the same to Ansible; a test keeps them equal. */
export const bundledPlaybooks = {
  app: describePlaybook('app', appVars),
  base: describePlaybook('base', baseVars),
  docker: describePlaybook('docker', dockerVars),
  nginx: describePlaybook('nginx', nginxVars),
  node_exporter: describePlaybook('node_exporter', nodeExporterVars),
  postgresql: describePlaybook('postgresql', postgresqlVars),
} as const satisfies Readonly<Record<string, BundledPlaybook>>;
export type BundledPlaybookName = keyof typeof bundledPlaybooks;
