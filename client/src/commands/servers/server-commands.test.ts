import { beforeEach, expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import { editor } from '#test/helpers/fake-vscode.ts';
import type { ClientContext } from '../context/client-context.ts';
import { newOperation } from '../../operations/operation-state.ts';
import { serverCommands } from './server-commands.ts';

beforeEach(() => editor.reset());

const server = (id: string, file: string, ip?: string) => ({
  kind: 'server',
  id,
  file,
  server: { address: `server.${id}`, name: id, ...(ip === undefined ? {} : { live: { id: 1, ip } }) },
});
const web = server('web', '/a/infra.yaml', '203.0.113.1');
const db = server('db', '/a/infra.yaml');
const far = server('far', '/b/infra.yaml', '203.0.113.2');
const rows: Readonly<Record<string, unknown>> = {
  web,
  db,
  far,
  group: { kind: 'group', id: 'group', file: '/a/infra.yaml', target: 'all-of-a', children: [web, db] },
};

/** What commands work with, and the command lines they start. */
function createContext(): { readonly context: ClientContext; readonly started: (readonly string[])[] } {
  const started: (readonly string[])[] = [];
  const context = {
    render: createTextRenderer('en', {}),
    accounts: { current: { name: 'home', endpoint: 'https://api.example' } },
    feed: { projects: [] },
    log: { error: () => undefined },
    servers: { resolve: ({ id }: { readonly id: string }) => rows[id] },
    cli: { describe: (words: readonly string[]) => ({ executable: '/node', words, variables: { ONECLOUD_TOKEN: 'secret' } }) },
    operations: {
      onDidChange: () => ({ dispose: () => undefined }),
      start: (title: string, file: string, words: readonly string[]) => {
        started.push(words);
        const state = { ...newOperation('power', file), status: 'done' };
        return Promise.resolve({ id: 'id', ended: Promise.resolve({ id: 'id', title, file, words, state }) });
      },
    },
  } as unknown as ClientContext;
  return { context, started };
}

const row = (id: string) => ({ id });

test('starting interrupts nobody, so it is not asked about', async () => {
  const { context, started } = createContext();
  await serverCommands['ict.start'](context, row('web'), undefined);
  expect(started).toEqual([['power', 'start', 'server.web', '--file', '/a/infra.yaml', '--yes']]);
  expect(editor.shown.filter(({ kind }) => kind === 'warning')).toEqual([]);
});

test('stopping names the servers and the account, and a closed dialog is a no', async () => {
  const { context, started } = createContext();
  await serverCommands['ict.stop'](context, row('group'), undefined);
  expect(started).toEqual([]);
  expect(editor.shown).toEqual([
    { kind: 'warning', given: ['Stop 2 servers: web, db?', { modal: true, detail: 'Account: home' }, 'Stop'] },
  ]);
});

test('servers of several projects are all done, project by project', async () => {
  const { context, started } = createContext();
  editor.answers.push('Reboot');
  await serverCommands['ict.reboot'](context, row('far'), [row('web'), row('far'), row('group')]);
  expect(started).toEqual([
    ['power', 'reboot', 'server.web', 'server.db', '--file', '/a/infra.yaml', '--yes'],
    ['power', 'reboot', 'server.far', '--file', '/b/infra.yaml', '--yes'],
  ]);
});

test('the terminal of SSH gets the token by its environment, and is not stored by the editor', () => {
  const { context } = createContext();
  serverCommands['ict.ssh'](context, row('web'));
  expect(editor.shown).toMatchObject([
    {
      kind: 'terminal',
      given: [
        {
          name: 'ssh web',
          isTransient: true,
          env: { ONECLOUD_TOKEN: 'secret' },
          shellArgs: ['ssh', 'server.web', '--file', '/a/infra.yaml'],
        },
      ],
    },
  ]);
});

test('addresses are copied; without one the clipboard keeps what it has', async () => {
  const { context } = createContext();
  await serverCommands['ict.copyAddress'](context, row('db'), undefined);
  expect(editor.shown.map(({ kind }) => kind)).toEqual(['information']);
  await serverCommands['ict.copyAddress'](context, row('web'), [row('web'), row('far')]);
  expect(editor.shown).toContainEqual({ kind: 'clipboard', given: ['203.0.113.1\n203.0.113.2'] });
});

test.each(['ict.start', 'ict.stop', 'ict.reboot', 'ict.ssh', 'ict.remoteSsh', 'ict.revealInFile'] as const)(
  '%s without a row says what to do',
  async (id) => {
    const { context, started } = createContext();
    await serverCommands[id](context, undefined, undefined);
    expect(started).toEqual([]);
    expect(editor.shown).toMatchObject([{ kind: 'information', given: ['Choose a server in the Servers view first.'] }]);
  },
);
