import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { commands, type TextDocument, workspace } from 'vscode';
import { signIn } from '../helpers/accounts.ts';
import { lensesAt, pressLens } from '../helpers/lenses.ts';
import { type Person, sitDown } from '../helpers/person.ts';
import { findProcesses } from '../helpers/processes.ts';
import { openProject, type Project, replaceText } from '../helpers/project.ts';
import { readEvents } from '../helpers/read-events.ts';
import { hostsSandbox } from '../helpers/sandbox.ts';
import { until } from '../helpers/until.ts';
import { flatten, readRows, rowOf, rowsWhen, type SeenRow } from '../helpers/watch-extension.ts';

const infra = `version: 1
project: shop
defaults:
  dc: Xelent
  image: Ubuntu 20.4 x64
  cpu: 1
  ram: 1 GB
  disk: 10 GB
  ssh_keys: [me]
  monitoring: { agent: false }
ssh_keys:
  me: keys/id.pub
servers:
  web:
    playbooks: [nginx]
    vars: { http_port: 8080 }
`;

const SLOW = `- hosts: all
  gather_facts: false
  tasks:
    - name: Sleep
      ansible.builtin.command: sleep 300
`;

/** Starting a host and setting it up with Ansible, milliseconds. */
const HOST_MS = 120_000;

const hosts = hostsSandbox();

// The lenses' own commands, over a server that is a Debian with systemd and sshd.
suite(hosts.kind === 'ready' ? 'operations' : `operations (skipped: ${hosts.why})`, function () {
  this.timeout(HOST_MS);
  if (hosts.kind !== 'ready') {
    // Without a body it counts as skipped; a suite without tests would count as nothing.
    test('all of them');
    return;
  }
  const { sandbox } = hosts;
  let person: Person;
  let project: Project;
  let document: TextDocument;

  suiteSetup(async () => {
    person = sitDown();
    project = await openProject({ 'infra.yaml': infra });
    mkdirSync(join(project.folder, 'keys'));
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(project.folder, 'keys', 'id')]);
    document = await project.show('infra.yaml');
    await signIn(person, { ...hosts.account, name: 'hosts' });
    await person.read(/^Signed in as /);
    await commands.executeCommand('ict.operations.focus');
    await commands.executeCommand('ict.servers.focus');
  });
  setup(() => person.forget());
  suiteTeardown(async () => {
    await commands.executeCommand('ict.signOut');
    person.leave();
    await project.close();
  });

  const serverNames = async (): Promise<readonly string[]> =>
    ((await sandbox.ask('GET', '/server')) as readonly { readonly Name: string }[]).map(({ Name }) => Name);

  /** The channel, once it was written to. */
  const findAnsibleChannel = (): TextDocument | undefined =>
    workspace.textDocuments.find(({ uri, getText }) => uri.scheme === 'output' && getText().includes('PLAY RECAP'));

  /** Titles over the file. */
  const findTitle = (start: string): Promise<string> =>
    until(async () => [...(await lensesAt(document.uri, 0)).keys()].find((title) => title.startsWith(start)));

  /** The newest operation, once it is over. */
  const readOperation = async (): Promise<SeenRow> => {
    const rows = await rowsWhen('ict.operations', ([first]) => first !== undefined && !first.context.startsWith('operation running'));
    assert.ok(rows[0]);
    return rows[0];
  };

  test('Plan shows what would change, and changes nothing', async () => {
    await pressLens(document.uri, 0, 'Plan');
    await person.read(/^2 to create$/);
    const rows = flatten(await readRows('ict.plan'));
    assert.equal(rows[0]?.label, '2 to create');
    assert.equal(rowOf(rows, 'server.web').description, 'create');
    assert.ok(
      rows.some(({ label }) => label === 'ram: 1 GB'),
      rows.map(({ label }) => label).join(),
    );
    assert.deepEqual(await serverNames(), []);
  });

  test('Apply asks first, and does nothing unless it is answered', async () => {
    await pressLens(document.uri, 0, 'Apply');
    const dialog = await person.read(/^Apply · shop · hosts$/);
    assert.match(dialog.detail, /create: server\.web/);
    assert.deepEqual(dialog.buttons, ['Apply']);
    assert.deepEqual(await serverNames(), []);
  });

  test('Apply creates what the plan says', async () => {
    person.answer(/^Apply · shop/, 'Apply');
    await pressLens(document.uri, 0, 'Apply');
    await person.read(/^Apply: done\.$/);
    assert.deepEqual(await serverNames(), ['web']);
    const rows = await rowsWhen('ict.servers', (all) => all.some(({ context }) => context === 'server running'));
    assert.match(rowOf(rows, 'web').description, /127\.[\d.]+ · 1 core · 1 GB · 10 GB/);
    const operation = await readOperation();
    assert.equal(operation.label, 'Apply');
    assert.equal(operation.description, 'done');
    assert.deepEqual(
      operation.children.map(({ label }) => label),
      ['key.me', 'server.web'],
    );
    assert.match(await findTitle('✓ Apply: '), /^✓ Apply: 2 changes, /);
  });

  test('Deploy of an equal panel asks nothing, streams Ansible, and the page answers', async () => {
    await pressLens(document.uri, 0, 'Deploy');
    const end = await person.read(/^Deploy: /);
    assert.equal(end.text, 'Deploy: done.');
    assert.deepEqual(
      person.shown.filter(({ kind }) => kind === 'warning'),
      [],
    );
    const text = (await until(findAnsibleChannel)).getText();
    assert.match(text, /── Deploy: nginx \(1 of 1\) on web/);
    assert.match(text, /^PLAY RECAP/m);
    assert.match(text, /^web\s+: ok=\d+\s+changed=\d+\s+unreachable=0\s+failed=0/m);
    const answer = await fetch(`http://${await sandbox.addressOf('web')}:8080/`, { signal: AbortSignal.timeout(10_000) });
    // Nothing is delivered, so nginx itself answers.
    assert.ok([200, 403, 404].includes(answer.status), `${answer.status}`);
  });

  test('the operations view has the playbook with its tasks and hosts, and the lens tells of the deploy', async () => {
    const operation = await readOperation();
    assert.equal(operation.description, 'done');
    const [run] = operation.children;
    assert.equal(run?.label, 'nginx');
    assert.ok(run.children.length > 3);
    assert.ok(run.children.every(({ children }) => children.every(({ label }) => label === 'web')));
    assert.match(await findTitle('✓ Deploy: '), /^✓ Deploy: 1 host, /);
  });

  test('"Apply and deploy" does what was confirmed', async () => {
    await replaceText(document, 'ram: 1 GB', 'ram: 2 GB');
    person.answer(/^Deploy · shop/, 'Apply and deploy');
    person.answer(/^Apply and deploy · shop/, 'Apply and deploy');
    await pressLens(document.uri, 0, 'Deploy');
    const end = await person.read(/: (done|failed|cancelled)\./);
    assert.equal(end.text, 'Deploy: done.');
    const [server] = (await sandbox.ask('GET', '/server')) as readonly { readonly RAM: number }[];
    assert.equal(server?.RAM, 2048);
  });

  test('a deploy that is cancelled ends as cancelled, with Ansible and everything it started', async () => {
    await project.write('slow.yml', SLOW);
    await replaceText(document, 'playbooks: [nginx]', 'playbooks: [{ path: slow.yml }]');
    const pressed = pressLens(document.uri, 0, 'Deploy');
    await rowsWhen('ict.operations', (rows) => rows.some(({ label }) => label === 'Sleep'));
    const [[, line = ''] = []] = await findProcesses(' deploy ', '--events', project.folder);
    assert.notEqual((await findProcesses('ansible-playbook', project.folder)).size, 0);
    await commands.executeCommand('ict.cancelOperation');
    await pressed;
    assert.equal((await person.read(/^Deploy: (done|failed|cancelled)/)).text, 'Deploy: cancelled.');
    assert.equal((await readOperation()).context.split(' ', 2).join(' '), 'operation cancelled');
    assert.equal((await readEvents(line)).at(-1)?.exitCode, 130);
    await until(async () => (await findProcesses('ansible', project.folder)).size === 0);
  });
});
