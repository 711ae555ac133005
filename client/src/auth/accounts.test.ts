import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createMemento, createSecrets } from '#test/helpers/fake-vscode.ts';
import { Accounts } from './accounts.ts';

const home = { name: 'home', endpoint: 'https://api.example' };
const work = { name: 'work', endpoint: 'https://work.example' };

/** Accounts of a new window; what is stored is shared between windows. */
function openWindow(
  secrets = createSecrets(),
  global = createMemento(),
  workspace = createMemento(),
): { accounts: Accounts; secrets: typeof secrets; global: typeof global; workspace: typeof workspace; changes: () => number } {
  const accounts = new Accounts(secrets, global, workspace);
  let count = 0;
  accounts.onDidChange(() => (count += 1));
  return { accounts, secrets, global, workspace, changes: () => count };
}

beforeEach(() => {
  vi.stubEnv('ONECLOUD_TOKEN', undefined);
  vi.stubEnv('ONECLOUD_TOKEN_FILE', undefined);
});

afterEach(() => void vi.unstubAllEnvs());

test('the token is in the secret storage and nowhere else', async () => {
  const { accounts, secrets, global, workspace } = openWindow();
  await accounts.add({ ...home, email: 'me@example.org' }, 'secret-token');
  expect([...secrets.stored.values()]).toEqual(['secret-token']);
  const remembered = [global, workspace].map((memory) => memory.keys().map((key) => memory.get(key)));
  expect(JSON.stringify(remembered)).not.toContain('secret-token');
  expect(accounts.variables).toEqual({ ONECLOUD_TOKEN: 'secret-token', ONECLOUD_ENDPOINT: home.endpoint });
});

test('another window finds the account after loading', async () => {
  const first = openWindow();
  await first.accounts.add(home, 'one');
  const { accounts, changes } = openWindow(first.secrets, first.global);
  expect(accounts.variables).toEqual({});
  await accounts.load();
  expect(accounts.variables).toEqual({ ONECLOUD_TOKEN: 'one', ONECLOUD_ENDPOINT: home.endpoint });
  expect(changes()).toBe(1);
  await accounts.load();
  expect(changes()).toBe(1);
});

test('a workspace keeps its own account', async () => {
  const { accounts, secrets, global, workspace } = openWindow();
  await accounts.add(home, 'one');
  await openWindow(secrets, global).accounts.add(work, 'two');
  const again = openWindow(secrets, global, workspace).accounts;
  await again.load();
  expect(again.current?.name).toBe('home');
});

test('the token of one account never goes to the address of another', async () => {
  const { accounts, secrets } = openWindow();
  await accounts.add(work, 'token of work');
  await accounts.add(home, 'token of home');
  let release = (): void => undefined;
  secrets.gate = (key) => (key.endsWith('home') ? new Promise((resolve) => (release = resolve)) : Promise.resolve());
  const slow = accounts.load();
  await accounts.use('work');
  release();
  await slow;
  expect(accounts.variables).toEqual({ ONECLOUD_TOKEN: 'token of work', ONECLOUD_ENDPOINT: work.endpoint });
});

test('signed in anew at another address, the old token is not sent there', async () => {
  const { accounts, secrets } = openWindow();
  await accounts.add(home, 'old');
  const seen: unknown[] = [];
  const { store } = secrets;
  secrets.store = (key, value) => {
    seen.push(accounts.variables);
    return store(key, value);
  };
  accounts.onDidChange(() => seen.push(accounts.variables));
  await accounts.add({ name: 'home', endpoint: work.endpoint }, 'new');
  expect(seen.at(-1)).toEqual({ ONECLOUD_TOKEN: 'new', ONECLOUD_ENDPOINT: work.endpoint });
  expect(seen).not.toContainEqual({ ONECLOUD_TOKEN: 'old', ONECLOUD_ENDPOINT: work.endpoint });
  expect(seen).not.toContainEqual({ ONECLOUD_TOKEN: 'new', ONECLOUD_ENDPOINT: home.endpoint });
});

test('signing out in another window counts here', async () => {
  const first = openWindow();
  await first.accounts.add(home, 'one');
  const second = openWindow(first.secrets, first.global);
  await second.accounts.load();
  await second.accounts.remove('home');
  await vi.waitFor(() => expect(first.accounts.variables).toEqual({}));
  expect(first.accounts.isSignedIn).toBe(false);
  expect([...first.secrets.stored.keys()]).toEqual([]);
});

describe('without an account', () => {
  test.each([
    ['nothing is there', {}, false],
    ['the editor has a token', { ONECLOUD_TOKEN: 'x' }, true],
    ['the editor has a file with a token', { ONECLOUD_TOKEN_FILE: '/x' }, true],
  ])('%s', (_reason, environment, expected) => {
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    const { accounts } = openWindow();
    expect(accounts.isSignedIn).toBe(expected);
    expect(accounts.credentials).toBeUndefined();
    expect(accounts.variables).toEqual({});
  });
});

test('what is stored and cannot be understood is no account', () => {
  const { accounts } = openWindow(createSecrets(), createMemento({ 'ict.accounts': [{ name: 1 }], 'ict.currentAccount': 'home' }));
  expect(accounts.list).toEqual([]);
  expect(accounts.current).toBeUndefined();
});
