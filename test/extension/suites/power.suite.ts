import assert from 'node:assert/strict';
import { commands } from 'vscode';
import { pressLens } from '../helpers/lenses.ts';
import { type Person, sitDown } from '../helpers/person.ts';
import { openProject, type Project } from '../helpers/project.ts';
import { testSandbox } from '../helpers/sandbox.ts';
import { worksWithWindow } from '../helpers/kinds.ts';
import { rowOf, rowsWhen, type SeenRow } from '../helpers/watch-extension.ts';

const infra = `version: 1
project: shop
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }
servers:
  web:
    count: 2
  db: { ram: 2 GB }
`;

interface Server {
  readonly ID: number;
  readonly Name: string;
  readonly IsPowerOn: boolean;
}

// The servers view as the extension gives it to VS Code, and what its rows' commands do.
worksWithWindow('servers view', function () {
  const sandbox = testSandbox();
  let person: Person;
  let project: Project;

  suiteSetup(async () => {
    await sandbox.reset();
    person = sitDown();
    project = await openProject({ 'infra.yaml': infra });
    const { uri } = await project.show('infra.yaml');
    await commands.executeCommand('ict.servers.focus');
    await rowsWhen('ict.servers', (rows) => rows.filter(({ context }) => context.startsWith('server absent')).length === 3);
    person.answer(/^Apply · shop/, 'Apply');
    await pressLens(uri, 0, 'Apply');
    await person.read(/^Apply: done\.$/);
  });
  setup(() => person.forget());
  suiteTeardown(async () => {
    person.leave();
    await project.close();
    await sandbox.reset();
  });

  const servers = async (): Promise<readonly Server[]> => (await sandbox.ask('GET', '/server')) as readonly Server[];
  const isOn = async (name: string): Promise<boolean | undefined> => (await servers()).find(({ Name }) => Name === name)?.IsPowerOn;
  const serverRows = (rows: readonly SeenRow[]): readonly SeenRow[] => rows.filter(({ context }) => context.startsWith('server '));
  const allAre = (state: string) => (rows: readonly SeenRow[]) =>
    serverRows(rows).length === 3 && serverRows(rows).every(({ context }) => context.startsWith(`server ${state}`));

  test('rows stand under their entries, and say address and hardware', async () => {
    const rows = await rowsWhen('ict.servers', allAre('running'));
    assert.deepEqual(
      rows.map(({ label, context }) => `${label}: ${context}`),
      ['web: group target', 'web-1: server running', 'web-2: server running', 'db: server running'],
    );
    assert.equal(rowOf(rows, 'web').description, '2 servers');
    assert.match(rowOf(rows, 'db').description, /^[\d.]+ · 1 core · 2 GB · 10 GB$/);
  });

  test('Stop asks with the names of all selected servers and the account, and does nothing unless it is answered', async () => {
    const rows = serverRows(await rowsWhen('ict.servers', allAre('running')));
    await commands.executeCommand(
      'ict.stop',
      rows[0]?.element,
      rows.map(({ element }) => element),
    );
    const dialog = await person.read(/^Stop /);
    assert.equal(dialog.text, 'Stop 3 servers: web-1, web-2, db?');
    assert.match(dialog.detail, /^Account: 127\.0\.0\.1:\d+$/);
    assert.equal(await isOn('db'), true);
  });

  test('Stop stops all selected servers in one operation, and the rows say so', async () => {
    const rows = serverRows(await rowsWhen('ict.servers', allAre('running')));
    person.answer(/^Stop 3 servers/, 'Stop');
    await commands.executeCommand(
      'ict.stop',
      rows[0]?.element,
      rows.map(({ element }) => element),
    );
    assert.equal((await person.read(/^Stop · web-1, web-2, db: /)).text, 'Stop · web-1, web-2, db: done.');
    assert.deepEqual(await Promise.all(['web-1', 'web-2', 'db'].map(isOn)), [false, false, false]);
    const stopped = await rowsWhen('ict.servers', allAre('stopped'));
    assert.match(rowOf(stopped, 'db').description, /^stopped · /);
  });

  test('Start of a group starts its servers, asks nothing, and leaves the others', async () => {
    const rows = await rowsWhen('ict.servers', allAre('stopped'));
    await commands.executeCommand('ict.start', rowOf(rows, 'web').element, [rowOf(rows, 'web').element]);
    await person.read(/^Start · web-1, web-2: done\.$/);
    assert.deepEqual(
      person.shown.filter(({ kind }) => kind === 'warning'),
      [],
    );
    assert.deepEqual(await Promise.all(['web-1', 'web-2', 'db'].map(isOn)), [true, true, false]);
    await rowsWhen('ict.servers', (all) => rowOf(all, 'web-2').context === 'server running');
  });

  test('Reboot is a request of its own, and the server runs afterwards', async () => {
    const rows = await rowsWhen('ict.servers', (all) => rowOf(all, 'web-1').context === 'server running');
    const before = (await sandbox.countRequests())['POST /server/{id}/action'] ?? 0;
    person.answer(/^Reboot 1 server: web-1\?$/, 'Reboot');
    await commands.executeCommand('ict.reboot', rowOf(rows, 'web-1').element, [rowOf(rows, 'web-1').element]);
    await person.read(/^Reboot · web-1: done\.$/);
    assert.equal((await sandbox.countRequests())['POST /server/{id}/action'], before + 1);
    assert.equal(await isOn('web-1'), true);
  });

  test('a server that somebody made in the panel stands in a group of its own, and Adopt writes it into the file', async () => {
    const [image] = (await sandbox.ask('GET', '/image')) as readonly { readonly ID: number }[];
    await sandbox.ask('POST', '/server', {
      Name: 'guest',
      CPU: 1,
      RAM: 1024,
      HDD: 10,
      HDDType: 'SSD',
      ImageID: image?.ID,
      DCLocation: 'SdnSpb',
      IsHighPerformance: false,
    });
    await commands.executeCommand('ict.refresh');
    const rows = await rowsWhen('ict.servers', (all) => all.some(({ context }) => context === 'unmanaged'));
    const group = rowOf(rows, 'Not in the file');
    assert.deepEqual(
      group.children.map(({ label }) => label),
      ['guest'],
    );
    await commands.executeCommand('ict.adopt', group.children[0]?.element, [group.children[0]?.element]);
    const text = (await project.show('infra.yaml')).getText();
    assert.match(text, /\n {2}guest:\n {4}id: \d+\n/);
  });
});
