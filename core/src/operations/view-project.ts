import { splitAddress } from '#schemas/infra/names.ts';
import type { Change } from '#schemas/plan/plan.ts';
import { type ProjectView, type ServerState, type ServerView, WATCH_FORMAT } from '#schemas/events/watch-event.ts';
import type { ActualServer, ActualState } from '#schemas/state/actual.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { DesiredServer } from '../infra/desired-state.ts';
import { toTimestamp } from '../ports/clock.ts';
import { type MadePlan, planFile } from './make-plan.ts';
import type { OperationContext } from './operation-context.ts';

/** A project as it is shown, with the panel it was made from. */
export interface ViewedProject {
  readonly kind: 'viewed';
  readonly view: ProjectView;
  readonly actual: ActualState;
}

/** Reads file, record and panel once and joins them for showing. Changes nothing. Throws as `makePlan`. */
export async function viewProject(
  context: OperationContext,
  file: string,
  signal: AbortSignal,
): Promise<ViewedProject | { readonly kind: 'invalid'; readonly diagnostics: readonly Diagnostic[] }> {
  const made = await planFile(context, { file, only: [], except: [], policy: { allowReplace: [] } }, signal);
  if (made.kind === 'invalid') return made;
  const { plan, actual, desired } = made;
  const remotes = new Map(actual.servers.map((server) => [server.id, server]));
  const desiredByAddress = new Map(desired.servers.map((server) => [server.address, server]));
  const servers = plan.changes.filter(({ kind }) => kind === 'server');
  const entries = new Set(desired.servers.map(({ entry }) => entry));
  const unmanaged = plan.unmanaged.flatMap(({ kind, id }) => (kind === 'server' ? (remotes.get(id) ?? []) : []));
  const view: ProjectView = {
    kind: 'project',
    format: WATCH_FORMAT,
    at: toTimestamp(context.clock),
    file,
    project: plan.project,
    endpoint: plan.account.endpoint,
    account: {
      ...(actual.account.email === undefined ? {} : { email: actual.account.email }),
      ...(actual.account.balance === undefined ? {} : { balance: actual.account.balance }),
    },
    servers: servers.map((change) => toServerView(change, made, remotes, desiredByAddress.get(change.address))),
    unmanaged: unmanaged.map((server) => ({ name: server.name, state: toState(server), live: toLive(server) })),
    groups: Object.entries(desired.groups).map(([name, addresses]) => ({ name, isEntry: entries.has(name), servers: [...addresses] })),
    others: plan.changes
      .filter(({ kind, action }) => kind !== 'server' && action !== 'no-op')
      .map(({ address, kind, action, fields }) => ({ address, kind, action, fields })),
    notes: plan.notes,
    refusals: plan.refusals,
  };
  return { kind: 'viewed', view, actual };
}

function toServerView(
  change: Change,
  { ledger }: MadePlan,
  remotes: ReadonlyMap<number, ActualServer>,
  declared: DesiredServer | undefined,
): ServerView {
  const { address, action, fields, remoteId, source } = change;
  const remote = remoteId === undefined ? undefined : remotes.get(remoteId);
  return {
    address,
    name: splitAddress(address).name,
    ...(declared ? { entry: declared.entry } : {}),
    state: toState(remote),
    ...(remote ? { live: toLive(remote) } : {}),
    action,
    fields,
    protect: declared?.protect === true || ledger.entries[address]?.protect === true,
    ...(source ? { source } : {}),
  };
}

/** What the provider's state and power come to. */
export function toState(server: ActualServer | undefined): ServerState {
  if (!server) return 'absent';
  switch (server.state) {
    case 'active':
      return server.isPowerOn ? 'running' : 'stopped';
    case 'new':
      return 'creating';
    case 'blocked':
    case 'need-money':
    case 'deleting':
    case 'other':
      return server.state;
    // Counts as gone wherever a plan is made.
    case 'deleted':
      return 'deleting';
    default:
      return server.state satisfies never;
  }
}

const toLive = ({ id, ip, adminUser, cpu, ramMb, diskGb, diskType, pool, dc, image }: ActualServer): NonNullable<ServerView['live']> => ({
  id,
  cpu,
  ramMb,
  diskGb,
  ...(ip === undefined ? {} : { ip }),
  ...(adminUser === undefined ? {} : { adminUser }),
  ...(diskType === undefined ? {} : { diskType }),
  ...(pool === undefined ? {} : { pool }),
  ...(dc === undefined ? {} : { dc }),
  ...(image === undefined ? {} : { image }),
});
