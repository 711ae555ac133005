import type { ServerState, ServerView, UnmanagedServer } from '#schemas/events/watch-event.ts';
import { t, type Text, tn, verbatim } from '#schemas/text/text.ts';
import type { ProjectState } from '../../project/project-feed.ts';

/** What servers are sorted by. */
export const groupings = ['group', 'dc', 'state'] as const;
export type Grouping = (typeof groupings)[number];

/** A row of the servers tree, free of the editor's types. `id` is stable, so that a row keeps its place and selection. */
export type ServerNode =
  | { readonly kind: 'project'; readonly id: string; readonly project: ProjectState; readonly children: readonly ServerNode[] }
  | {
      readonly kind: 'group';
      readonly id: string;
      readonly file: string;
      /** Name of the entry, group or data centre, or a state in words. */
      readonly label: Text;
      /** What commands take as their target; undefined where it is no target of commands. */
      readonly target: string | undefined;
      readonly children: readonly ServerNode[];
    }
  | { readonly kind: 'server'; readonly id: string; readonly file: string; readonly server: ServerView }
  | { readonly kind: 'unmanaged'; readonly id: string; readonly file: string; readonly server: UnmanagedServer }
  | { readonly kind: 'problem'; readonly id: string; readonly file: string; readonly code: string; readonly text: Text };

/** Rows of all projects; of a single one its own rows, without a row for the project above them. */
export function buildServerNodes(projects: readonly ProjectState[], grouping: Grouping): readonly ServerNode[] {
  const [only] = projects;
  if (projects.length === 1 && only) return listRows(only, grouping);
  return projects.map((project) => ({ kind: 'project', id: project.file, project, children: listRows(project, grouping) }));
}

function listRows(project: ProjectState, grouping: Grouping): readonly ServerNode[] {
  const { file, view, problem } = project;
  const trouble: readonly ServerNode[] = problem
    ? [{ kind: 'problem', id: `${file}#problem`, file, code: problem.code, text: problem.text }]
    : [];
  if (!view) return trouble;
  const rows = groupServers(project, view.servers, grouping);
  const unmanaged: readonly ServerNode[] =
    view.unmanaged.length === 0
      ? []
      : [
          {
            kind: 'group',
            id: `${file}#unmanaged`,
            file,
            label: t('Not in the file'),
            target: undefined,
            children: view.unmanaged.map((server) => ({ kind: 'unmanaged', id: `${file}#id:${server.live.id}`, file, server })),
          },
        ];
  return [...trouble, ...rows, ...unmanaged];
}

function groupServers({ file, view }: ProjectState, servers: readonly ServerView[], grouping: Grouping): readonly ServerNode[] {
  const toNode = (server: ServerView, place: string): ServerNode => ({
    kind: 'server',
    id: `${file}#${place}/${server.address}`,
    file,
    server,
  });
  const group = (id: string, label: Text, target: string | undefined, members: readonly ServerView[]): ServerNode => ({
    kind: 'group',
    id: `${file}#${id}`,
    file,
    label,
    target,
    children: members.map((server) => toNode(server, id)),
  });
  switch (grouping) {
    case 'group': {
      const byAddress = new Map(servers.map((server) => [server.address, server]));
      const seen = new Set<string>();
      const rows = (view?.groups ?? []).map(({ name, isEntry, servers: members }) => {
        const found = members.flatMap((address) => byAddress.get(address) ?? []);
        for (const { address } of found) seen.add(address);
        const [single] = found;
        // An entry of one server is that server: a row above it would say the same twice.
        return isEntry && found.length === 1 && single ? toNode(single, name) : group(`group:${name}`, verbatim(name), name, found);
      });
      const rest = servers.filter(({ address }) => !seen.has(address));
      return [...rows, ...(rest.length > 0 ? [group('removed', t('No longer in the file'), undefined, rest)] : [])];
    }
    case 'dc':
      return [...groupBy(servers, (server) => server.live?.dc ?? '')].map(([dc, members]) =>
        group(`dc:${dc}`, dc === '' ? t('Not created yet') : verbatim(dc), undefined, members),
      );
    case 'state':
      return [...groupBy(servers, (server) => server.state)].map(([state, members]) =>
        group(`state:${state}`, stateTexts[state], undefined, members),
      );
    default:
      return grouping satisfies never;
  }
}

function groupBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

/** States in the words of the reader. */
export const stateTexts: Readonly<Record<ServerState, Text>> = {
  running: t('running'),
  stopped: t('stopped'),
  creating: t('being created'),
  absent: t('not created'),
  blocked: t('blocked'),
  'need-money': t('waits for money'),
  deleting: t('being deleted'),
  other: t('in another state'),
};

/**
 * Grey text beside a server's name: what a plan would do, what it is doing, address, hardware. Where it is known what the
 * server is doing, that takes the place of the hardware.
 */
export function describeServer({ state, live, action, fields }: ServerView, metrics: readonly Text[] = []): readonly Text[] {
  const parts: Text[] = [];
  // What somebody should do comes first: a narrow tree cuts the end off. Of a server that is not there yet, every field differs:
  // that is no news.
  if (live && fields.length > 0) parts.push(tn(fields.length, '{0} difference', '{0} differences'));
  else if (action === 'delete') parts.push(t('to be deleted'));
  if (state !== 'running') parts.push(stateTexts[state]);
  parts.push(...metrics);
  if (live?.ip !== undefined) parts.push(verbatim(live.ip));
  if (live && metrics.length === 0)
    parts.push(t('{0} · {1} · {2} GB', tn(live.cpu, '{0} core', '{0} cores'), formatRam(live.ramMb), live.diskGb));
  return parts;
}

const formatRam = (megabytes: number): Text => (megabytes % 1024 === 0 ? t('{0} GB', megabytes / 1024) : t('{0} MB', megabytes));

/**
 * Row of the entry that a line of a file stands in: that of its server, or of its group when it makes several. `nodes` are
 * all rows. Undefined above the first entry. 0-based line.
 */
export function findNodeAt(nodes: Iterable<ServerNode>, file: string, line: number): ServerNode | undefined {
  const all = [...nodes];
  const servers = all.flatMap((node) => (node.kind === 'server' && node.server.source?.file === file ? [node] : []));
  const startOf = (node: (typeof servers)[number]): number => node.server.source?.start.line ?? 0;
  const above = servers.filter((node) => startOf(node) <= line).sort((left, right) => startOf(right) - startOf(left));
  const [nearest] = above;
  if (!nearest) return undefined;
  const isShared = above.some((node) => node !== nearest && node.server.entry === nearest.server.entry && node.file === nearest.file);
  const group = all.find((node) => node.kind === 'group' && node.file === nearest.file && node.target === nearest.server.entry);
  return isShared ? (group ?? nearest) : nearest;
}

/** How many addresses differ from the file: the badge. */
export const countDifferences = (projects: readonly ProjectState[]): number =>
  projects.reduce(
    (total, { view }) => total + (view ? view.servers.filter(({ action }) => action !== 'no-op').length + view.others.length : 0),
    0,
  );
