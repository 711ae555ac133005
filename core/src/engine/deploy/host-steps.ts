import type { ExpandedEntry } from '#core/infra/expand/expanded-infra.ts';
import { isPlaybookPath } from '#schemas/infra/playbooks.ts';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';

/** A playbook for one host, as its entry in the file asks for it. */
export interface HostStep {
  /** Name of a bundled playbook, or absolute path of another. */
  readonly playbook: string;
  readonly isBundled: boolean;
  /** As the file names it: for people and for records. */
  readonly label: string;
  readonly tags: readonly string[];
  /** Variables that this playbook gets on this host, beside those of the inventory. */
  readonly vars: Readonly<Record<string, unknown>>;
}

/** Resolves a path of the infra file. */
export type ResolvePath = (path: string) => string;

/** Seconds that a health check waits when the file says nothing. */
const HEALTH_SECONDS = 30;

/** The playbooks of an entry in their order: those it lists, then `app` when it delivers code and does not list it. */
export function listSteps(entry: ExpandedEntry, resolve: ResolvePath): readonly HostStep[] {
  const listed = (entry.values.playbooks ?? []).map((reference): HostStep => {
    if (typeof reference === 'string') return toStep(reference, reference, resolve, [], {});
    const { name, path, tags = [], vars = {} } = reference;
    return name === undefined ? toStep(undefined, path ?? '', resolve, tags, vars) : toStep(name, name, resolve, tags, vars);
  });
  const { app } = entry.entry;
  if (!app) return listed;
  const vars = toAppVars(app, resolve);
  if (!listed.some(({ isBundled, playbook }) => isBundled && playbook === 'app'))
    return [...listed, { playbook: 'app', isBundled: true, label: 'app', tags: [], vars }];
  return listed.map((step) => (step.isBundled && step.playbook === 'app' ? { ...step, vars: { ...vars, ...step.vars } } : step));
}

function toStep(
  name: string | undefined,
  label: string,
  resolve: ResolvePath,
  tags: readonly string[],
  vars: Readonly<Record<string, unknown>>,
): HostStep {
  const isBundled = name !== undefined && !isPlaybookPath(name);
  return { playbook: isBundled ? label : resolve(label), isBundled, label, tags, vars };
}

/** `app` of the infra file in the words of the role. */
function toAppVars(app: NonNullable<ServerEntry['app']>, resolve: ResolvePath): Readonly<Record<string, unknown>> {
  return {
    app_source: resolve(app.source),
    app_dest: app.dest,
    ...(app.exclude ? { app_exclude: app.exclude } : {}),
    ...(app.keep_releases === undefined ? {} : { app_keep_releases: app.keep_releases }),
    ...(app.after ? { app_after: app.after } : {}),
    ...(app.health ? { app_health: { url: app.health.url, within: app.health.within ?? HEALTH_SECONDS } } : {}),
  };
}

/** The step that installs the metrics agent; undefined where the file turns it off. */
export function agentStep(entry: ExpandedEntry): HostStep | undefined {
  const { agent, transport, port, sources } = entry.values.monitoring ?? {};
  if (agent === false) return undefined;
  const vars = {
    node_exporter_transport: transport ?? 'ssh',
    ...(port === undefined ? {} : { node_exporter_port: port }),
    ...(sources ? { node_exporter_sources: sources } : {}),
  };
  return { playbook: 'node_exporter', isBundled: true, label: 'node_exporter', tags: [], vars };
}

/** The step that runs one command; the command itself stands in the environment variable `ICT_COMMAND`. */
export const commandStep: HostStep = { playbook: 'internal/command', isBundled: true, label: 'command', tags: [], vars: {} };
