import { beforeEach, expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import type { DashboardTarget } from '#schemas/protocol/dashboard.ts';
import { verbatim } from '#schemas/text/text.ts';
import { editor, Uri } from '#test/helpers/fake-vscode.ts';
import type { ClientContext } from '../context/client-context.ts';
import { dashboardCommands } from './dashboard-commands.ts';

beforeEach(() => editor.reset());

const FILE = '/a/infra.yaml';
const web = { kind: 'server', id: 'web', file: FILE, server: { address: 'server.web', name: 'web' } };
const db = { kind: 'server', id: 'db', file: FILE, server: { address: 'server.db', name: 'db' } };
const rows: Readonly<Record<string, unknown>> = {
  web,
  db,
  far: { ...web, id: 'far', file: '/b/infra.yaml' },
  group: { kind: 'group', id: 'group', file: FILE, label: verbatim('backend'), target: 'backend', children: [web] },
  dc: { kind: 'group', id: 'dc', file: FILE, label: verbatim('SdnSpb'), target: undefined, children: [web, db] },
  project: { kind: 'project', id: 'project', project: { file: FILE, view: { project: 'shop' } }, children: [] },
  problem: { kind: 'problem', id: 'problem', file: FILE, code: 'unavailable', text: verbatim('') },
};
const row = (id: string) => ({ id });

async function show(argument: unknown, selection?: unknown): Promise<DashboardTarget | undefined> {
  let shown: DashboardTarget | undefined;
  const context = {
    render: createTextRenderer('en', {}),
    feed: { projects: [{ file: FILE, isStale: false, view: { project: 'shop' } }] },
    servers: { resolve: ({ id }: { id: string }) => rows[id] },
    dashboards: { show: (target: DashboardTarget) => (shown = target) },
  } as unknown as ClientContext;
  await dashboardCommands['ict.showDashboard'](context, argument, selection);
  return shown;
}

test.each<[string, unknown, unknown, unknown]>([
  ['a server', row('web'), undefined, { file: FILE, title: 'web', names: ['server.web'] }],
  ['several servers', row('web'), [row('web'), row('db')], { file: FILE, title: 'web, db', names: ['server.web', 'server.db'] }],
  ['servers of two files: those of the first', row('web'), [row('web'), row('far')], { file: FILE, title: 'web', names: ['server.web'] }],
  ['a group of the file', row('group'), undefined, { file: FILE, title: 'backend', names: ['backend'] }],
  ['a data centre: its servers', row('dc'), undefined, { file: FILE, title: 'SdnSpb', names: ['server.web', 'server.db'] }],
  ['a project', row('project'), undefined, { file: FILE, title: 'shop' }],
  ['the palette: the whole project', undefined, undefined, { file: FILE, title: 'shop' }],
  ['a code lens', { uri: `file://${FILE}`, targets: ['web'] }, undefined, { file: FILE, title: 'web', names: ['web'] }],
  ['a file that has not been read', Uri.file('/c/infra.yaml'), undefined, { file: '/c/infra.yaml', title: 'All servers' }],
  ['a row that is no server', row('problem'), undefined, undefined],
])('of %s', async (_reason, argument, selection, expected) => expect(await show(argument, selection)).toEqual(expected));
