import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from 'vscode';
import { signIn } from '../helpers/accounts.ts';
import { worksWithWindow } from '../helpers/kinds.ts';
import { pressLens } from '../helpers/lenses.ts';
import { type Person, sitDown } from '../helpers/person.ts';
import { openProject, type Project } from '../helpers/project.ts';
import { environmentAccount, openSandbox, type SandboxAccount } from '../helpers/sandbox.ts';
import { contextKey, rowsWhen } from '../helpers/watch-extension.ts';

const infra = `version: 1
project: shop
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }
servers:
  web: { playbooks: [nginx], monitoring: { agent: false } }
`;

worksWithWindow('signing in', () => {
  let person: Person;
  let project: Project;

  suiteSetup(async () => {
    person = sitDown();
    project = await openProject({ 'infra.yaml': infra });
    await project.show('infra.yaml');
    await commands.executeCommand('ict.servers.focus');
  });
  setup(() => person.forget());
  suiteTeardown(async () => {
    await commands.executeCommand('ict.signOut');
    person.leave();
    await project.close();
  });

  test('a token that is not accepted is not kept, and the message leads back to the fields', async () => {
    const { endpoint } = environmentAccount();
    await signIn(person, { name: 'wrong', endpoint, token: 'not-a-token' });
    const { text, buttons } = await person.read(/^(?!Sign in)/);
    assert.match(text, /^The provider does not accept that token\. /);
    assert.deepEqual(buttons, ['Sign in']);
    assert.ok(!person.shown.some(({ text, detail }) => `${text}${detail}`.includes('not-a-token')));
    await commands.executeCommand('ict.signOut');
    await person.read(/^Nobody is signed in here\.$/);
  });

  test('with a token that is revoked the tree and a plan say so, each with the one step that helps', async () => {
    const before = process.env['ONECLOUD_TOKEN'];
    // The extension's processes get the window's own environment.
    process.env['ONECLOUD_TOKEN'] = 'revoked';
    const other = await openProject({ 'infra.yaml': infra });
    try {
      await other.show('infra.yaml');
      await rowsWhen('ict.servers', (rows) => rows.some(({ context }) => context === 'problem authentication'));
      await commands.executeCommand('ict.plan');
      const message = await person.read(/./);
      assert.deepEqual(message, { kind: 'error', text: 'The provider does not accept the token.', detail: '', buttons: ['Sign in'] });
    } finally {
      process.env['ONECLOUD_TOKEN'] = before;
      await other.close();
    }
  });
});

worksWithWindow('a panel that goes and comes back', function () {
  let person: Person;
  let project: Project;
  let account: SandboxAccount;
  let state: string;
  let port: string;

  const cli = join(process.env['ICT_TEST_ROOT'] ?? '', 'dist', 'cli.js');
  /** Starts a panel of the suite's own at the port it had. */
  const start = (): SandboxAccount => {
    const words = ['sandbox', 'start', '--detach', '--delay', '0', '--state', state, '--port', port, '--json'];
    const { stdout, stderr } = spawnSync(process.execPath, [cli, ...words], { encoding: 'utf8' });
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as SandboxAccount;
  };
  const stop = (): void => void spawnSync(process.execPath, [cli, 'sandbox', 'stop', '--state', state]);

  suiteSetup(async () => {
    person = sitDown();
    project = await openProject({ 'infra.yaml': infra });
    state = join(project.folder, '.panel');
    port = '0';
    account = start();
    port = new URL(account.endpoint).port;
    await project.show('infra.yaml');
    await signIn(person, { ...account, name: 'panel' });
    await commands.executeCommand('ict.servers.focus');
  });
  setup(() => person.forget());
  suiteTeardown(async () => {
    await commands.executeCommand('ict.signOut');
    stop();
    person.leave();
    await project.close();
  });

  test('while it answers, the servers stand there and the window counts as signed in', async () => {
    await rowsWhen('ict.servers', (rows) => rows.some(({ label, context }) => label === 'web' && context === 'server absent different'));
    assert.equal(contextKey('ict.signedIn'), true);
  });

  test('when it is gone the tree says so above what was known', async () => {
    stop();
    await commands.executeCommand('ict.refresh');
    const rows = await rowsWhen('ict.servers', (all) => all.some(({ context }) => context.startsWith('problem')));
    assert.ok(rows.some(({ label }) => label === 'web'));
    await commands.executeCommand('ict.plan');
    const message = await person.read(/./);
    assert.match(message.text, /^The provider cannot be reached: .* Check the network, the endpoint and the proxy\.$/);
    assert.deepEqual(message.buttons, ['Show log']);
  });

  test('when it is back the tree recovers', async () => {
    const again = start();
    assert.equal(again.token, account.token);
    await commands.executeCommand('ict.refresh');
    const rows = await rowsWhen('ict.servers', (all) => !all.some(({ context }) => context.startsWith('problem')));
    assert.ok(rows.some(({ label }) => label === 'web'));
  });

  test('deploying without Ansible says what to install, before anything changes', async () => {
    const before = process.env['PATH'];
    const bin = join(project.folder, '.bin');
    mkdirSync(bin);
    process.env['PATH'] = bin;
    try {
      const { uri } = await project.show('infra.yaml');
      person.answer(/^Deploy · shop/, 'Apply and deploy');
      person.answer(/^Apply and deploy · shop/, 'Apply and deploy');
      await pressLens(uri, 0, 'Deploy');
      const message = await person.read(/^Deploy: failed/);
      assert.match(message.text, /^Deploy: failed\. Ansible is not installed: /);
      assert.deepEqual(message.buttons, ['Check what deploying needs', 'Show output']);
    } finally {
      process.env['PATH'] = before;
    }
    assert.deepEqual(await openSandbox(account).ask('GET', '/server'), []);
  });
});
