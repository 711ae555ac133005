import { describe, expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import type { ProjectView, ServerView } from '#schemas/events/watch-event.ts';
import type { ProjectState } from '../../project/project-feed.ts';
import { buildServerNodes, countDifferences, describeServer, findNodeAt, type Grouping, type ServerNode } from './server-nodes.ts';

const render = createTextRenderer('en', {});
const FILE = '/project/infra.yaml';

const server = (name: string, more: Partial<ServerView> = {}): ServerView => ({
  address: `server.${name}`,
  name,
  entry: name.replace(/-\d+$/, ''),
  state: 'running',
  action: 'no-op',
  fields: [],
  protect: false,
  live: { id: 1, ip: '203.0.113.1', cpu: 2, ramMb: 2048, diskGb: 40, dc: 'SdnSpb' },
  ...more,
});

const at = (line: number) => ({ file: FILE, start: { line, character: 2 }, end: { line, character: 5 } });

function project(servers: readonly ServerView[], more: Partial<ProjectView> = {}, file = FILE): ProjectState {
  const entries = [...new Set(servers.flatMap(({ entry }) => entry ?? []))];
  const view: ProjectView = {
    kind: 'project',
    format: 1,
    at: '2026-01-01T00:00:00.000Z',
    file,
    project: 'shop',
    endpoint: 'https://api.example',
    account: {},
    servers: [...servers],
    unmanaged: [],
    groups: entries.map((name) => ({
      name,
      isEntry: true,
      servers: servers.filter(({ entry }) => entry === name).map(({ address }) => address),
    })),
    others: [],
    notes: [],
    refusals: [],
    ...more,
  };
  return { file, view, isStale: false };
}

/** Rows as an indented outline. */
function outline(nodes: readonly ServerNode[], depth = 0): string {
  return nodes
    .map((node) => {
      const margin = '  '.repeat(depth);
      switch (node.kind) {
        case 'project':
          return `${margin}${node.project.view?.project ?? node.project.file}\n${outline(node.children, depth + 1)}`;
        case 'group':
          return `${margin}[${render(node.label)}]${node.target === undefined ? '' : ` → ${node.target}`}\n${outline(node.children, depth + 1)}`;
        case 'server':
        case 'unmanaged':
          return `${margin}${node.server.name}${node.kind === 'unmanaged' ? ' (unmanaged)' : ''}\n`;
        case 'problem':
          return `${margin}! ${node.code}: ${render(node.text)}\n`;
        default:
          return node satisfies never;
      }
    })
    .join('');
}

const many = [server('web-1'), server('web-2', { state: 'stopped' }), server('db', { live: undefined, state: 'absent', action: 'create' })];

test.each<[Grouping, string]>([
  ['group', '[web] → web\n  web-1\n  web-2\ndb\n'],
  ['dc', '[SdnSpb]\n  web-1\n  web-2\n[Not created yet]\n  db\n'],
  ['state', '[running]\n  web-1\n[stopped]\n  web-2\n[not created]\n  db\n'],
])('sorted by %s', (grouping, expected) => {
  expect(outline(buildServerNodes([project(many)], grouping))).toBe(expected);
});

test('of several projects each has its row', () => {
  const nodes = buildServerNodes([project([server('web')]), project([server('db')], { project: 'blog' }, '/other/infra.yaml')], 'group');
  expect(outline(nodes)).toBe('shop\n  web\nblog\n  db\n');
});

test('servers that left the file and those that nobody manages stand apart', () => {
  const live = { id: 7, cpu: 1, ramMb: 1024, diskGb: 10 };
  const { entry: _entry, ...gone } = server('old', { action: 'delete' });
  const state = project([server('web'), gone], { unmanaged: [{ name: 'legacy', state: 'running', live }] });
  expect(outline(buildServerNodes([state], 'group'))).toBe(
    'web\n[No longer in the file]\n  old\n[Not in the file]\n  legacy (unmanaged)\n',
  );
});

test('a problem stands above what was known before, and alone where nothing was', () => {
  const problem = {
    kind: 'problem',
    format: 1,
    at: '2026-01-01T00:00:00.000Z',
    file: FILE,
    code: 'unavailable',
    text: { text: 'No network.' },
  } as const;
  expect(outline(buildServerNodes([{ ...project([server('web')]), problem }], 'group'))).toBe('! unavailable: No network.\nweb\n');
  expect(outline(buildServerNodes([{ file: FILE, isStale: true, problem }], 'group'))).toBe('! unavailable: No network.\n');
  expect(buildServerNodes([], 'group')).toEqual([]);
});

test('every row has an id of its own, and keeps it while values change', () => {
  const ids = (nodes: readonly ServerNode[]): readonly string[] =>
    nodes.flatMap((node) => [node.id, ...('children' in node ? ids(node.children) : [])]);
  const before = ids(buildServerNodes([project(many)], 'group'));
  expect(new Set(before).size).toBe(before.length);
  expect(ids(buildServerNodes([project(many.map((one) => ({ ...one, state: 'stopped' as const })))], 'group'))).toEqual(before);
});

test.each<[string, Partial<ServerView>, string]>([
  ['a running one tells address and hardware', {}, '203.0.113.1 | 2 cores · 2 GB · 40 GB'],
  ['another state comes first', { state: 'stopped' }, 'stopped | 203.0.113.1 | 2 cores · 2 GB · 40 GB'],
  ['one that is not there tells nothing else', { state: 'absent', live: undefined, action: 'create' }, 'not created'],
  [
    'differences are counted, and come first',
    { action: 'update', fields: [{ field: 'ram', actual: 2048, desired: 4096, origin: 'file' }] },
    '1 difference | 203.0.113.1 | 2 cores · 2 GB · 40 GB',
  ],
  ['what goes is said', { action: 'delete' }, 'to be deleted | 203.0.113.1 | 2 cores · 2 GB · 40 GB'],
  ['odd memory is told in megabytes', { live: { id: 1, cpu: 1, ramMb: 512, diskGb: 10 } }, '1 core · 512 MB · 10 GB'],
])('description: %s', (_reason, more, expected) => {
  expect(describeServer(server('web', more)).map(render).join(' | ')).toBe(expected);
});

test('the badge counts servers and other objects that a plan would touch', () => {
  const others: ProjectView['others'] = [{ address: 'network.back', kind: 'network', action: 'create', fields: [] }];
  expect(countDifferences([project(many, { others }), { file: FILE, isStale: true }])).toBe(2);
});

describe('the row of a line', () => {
  const servers = [
    server('web-1', { source: at(4) }),
    server('web-2', { source: at(4) }),
    server('db', { source: at(9) }),
    server('other', { source: { ...at(1), file: '/project/more.yaml' } }),
  ];
  const all = (nodes: readonly ServerNode[]): readonly ServerNode[] =>
    nodes.flatMap((node) => [node, ...('children' in node ? all(node.children) : [])]);
  const nodes = all(buildServerNodes([project(servers)], 'group'));
  test.each([
    ['above all entries', FILE, 2, undefined],
    ['the name of an entry that makes several: its group', FILE, 4, `${FILE}#group:web`],
    ['inside of it', FILE, 7, `${FILE}#group:web`],
    ['a single server', FILE, 12, `${FILE}#db/server.db`],
    ['a file that is included', '/project/more.yaml', 3, `${FILE}#other/server.other`],
    ['a file of others', '/elsewhere.yaml', 3, undefined],
  ])('%s', (_reason, file, line, expected) => {
    expect(findNodeAt(nodes, file, line)?.id).toBe(expected);
  });
  test('sorted otherwise there is no group: the server nearest to the line', () => {
    const found = findNodeAt(all(buildServerNodes([project(servers)], 'state')), FILE, 5);
    expect(found?.kind).toBe('server');
  });
});
