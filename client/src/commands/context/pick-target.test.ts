import { beforeEach, expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import { t } from '#schemas/text/text.ts';
import { editor, Uri, window } from '#test/helpers/fake-vscode.ts';
import type { ClientContext } from './client-context.ts';
import { pickTarget, selectBy, titleOf } from './pick-target.ts';

beforeEach(() => editor.reset());

const render = createTextRenderer('en', {});
const rows: Readonly<Record<string, unknown>> = {
  web: { kind: 'server', id: 'web', file: '/a/infra.yaml', server: { address: 'server.web', name: 'web' } },
  db: { kind: 'server', id: 'db', file: '/a/infra.yaml', server: { address: 'server.db', name: 'db' } },
  far: { kind: 'server', id: 'far', file: '/b/infra.yaml', server: { address: 'server.far', name: 'far' } },
  group: { kind: 'group', id: 'group', file: '/a/infra.yaml', target: 'backend', children: [] },
  state: { kind: 'group', id: 'state', file: '/a/infra.yaml', target: undefined, children: [] },
  project: { kind: 'project', id: 'project', project: { file: '/b/infra.yaml' }, children: [] },
};

const context = (...files: readonly string[]): ClientContext =>
  ({
    render,
    feed: { projects: files.map((file) => ({ file, isStale: true })) },
    servers: { resolve: ({ id }: { id: string }) => rows[id] },
  }) as unknown as ClientContext;

const row = (id: string) => ({ id });

test.each([
  ['a code lens over a server', { uri: 'file:///a/infra.yaml', targets: ['web'] }, undefined, { file: '/a/infra.yaml', names: ['web'] }],
  ['a code lens over the file', { uri: 'file:///a/infra.yaml' }, undefined, { file: '/a/infra.yaml', names: [] }],
  ['a row', row('web'), undefined, { file: '/a/infra.yaml', names: ['server.web'] }],
  ['a row among the selected ones', row('web'), [row('web'), row('db')], { file: '/a/infra.yaml', names: ['server.web', 'server.db'] }],
  ['a row beside the selected ones', row('db'), [row('web')], { file: '/a/infra.yaml', names: ['server.db'] }],
  ['rows of two projects: those of the first', row('web'), [row('web'), row('far')], { file: '/a/infra.yaml', names: ['server.web'] }],
  ['a group that is in the file', row('group'), undefined, { file: '/a/infra.yaml', names: ['backend'] }],
  ['a project', row('project'), undefined, { file: '/b/infra.yaml', names: [] }],
  ['the title bar of an editor', Uri.file('/c/shop.infra.yaml'), undefined, { file: '/c/shop.infra.yaml', names: [] }],
  ['a row that is gone: the only file', row('gone'), undefined, { file: '/a/infra.yaml', names: [] }],
])('%s', async (_reason, argument, selection, expected) => {
  expect(await pickTarget(context('/a/infra.yaml'), argument, selection)).toEqual(expected);
});

test('the file in front goes before the others', async () => {
  window.activeTextEditor = { document: { uri: Uri.file('/b/infra.yaml'), languageId: 'ict-infra' } };
  expect(await pickTarget(context('/a/infra.yaml', '/b/infra.yaml'), undefined, undefined)).toEqual({ file: '/b/infra.yaml', names: [] });
});

test('of several the user chooses; choosing none ends it', async () => {
  expect(await pickTarget(context('/a/infra.yaml', '/b/infra.yaml'), undefined, undefined)).toBeUndefined();
  editor.answers.push({ file: '/b/infra.yaml' });
  expect(await pickTarget(context('/a/infra.yaml', '/b/infra.yaml'), undefined, undefined)).toEqual({ file: '/b/infra.yaml', names: [] });
});

test('without an infra file that is said', async () => {
  expect(await pickTarget(context(), undefined, undefined)).toBeUndefined();
  expect(editor.shown).toMatchObject([{ kind: 'information' }]);
});

test('titles and arguments name the targets', () => {
  expect(titleOf(t('Apply'), { file: '/a', names: [] }, render)).toBe('Apply');
  expect(titleOf(t('Apply'), { file: '/a', names: ['web', 'db'] }, render)).toBe('Apply · web, db');
  expect(selectBy('--only', ['web', 'db'])).toEqual(['--only', 'web', '--only', 'db']);
});
