import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { commands } from 'vscode';
import { worksWithWindow } from '../helpers/kinds.ts';
import { pressLens } from '../helpers/lenses.ts';
import { type Person, sitDown } from '../helpers/person.ts';
import { findProcesses, listGroup } from '../helpers/processes.ts';
import { openProject, type Project } from '../helpers/project.ts';
import { testSandbox } from '../helpers/sandbox.ts';
import { until } from '../helpers/until.ts';
import { readEvents, readOutput } from '../helpers/read-events.ts';
import { rowsWhen } from '../helpers/watch-extension.ts';

const infra = `version: 1
project: shop
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }
servers:
  web: {}
  db: {}
`;

worksWithWindow('cancelling', () => {
  const sandbox = testSandbox();
  let person: Person;
  let project: Project;

  suiteSetup(async () => {
    await sandbox.reset();
    person = sitDown();
    project = await openProject({ 'infra.yaml': infra });
    await commands.executeCommand('ict.operations.focus');
  });
  suiteTeardown(async () => {
    await sandbox.setFaults();
    await sandbox.reset();
    person.leave();
    await project.close();
  });

  test('an apply that waits for the panel ends as cancelled, and leaves no process', async () => {
    const { uri } = await project.show('infra.yaml');
    await sandbox.setFaults('stuck-task');
    person.answer(/^Apply · shop/, 'Apply');
    const pressed = pressLens(uri, 0, 'Apply');
    await rowsWhen('ict.operations', (rows) => rows.some(({ label, description }) => label === 'server.web' && description !== ''));
    // The window's own: its files lie in the folder that it was given for temporary ones.
    const [[pid = 0, line = ''] = []] = await findProcesses(' apply ', '--events', tmpdir());
    assert.notEqual(pid, 0);
    await commands.executeCommand('ict.cancelOperation');
    await rowsWhen('ict.operations', ([first]) => first?.description.startsWith('stopping') === true);
    await until(async () => (await readOutput(line)).includes('Stopping: '));
    // The step never ends, so a second time.
    await commands.executeCommand('ict.cancelOperation');
    await pressed;
    assert.equal((await person.read(/^Apply: (done|failed|cancelled)/)).text.split('.')[0], 'Apply: cancelled');
    const rows = await rowsWhen('ict.operations', ([first]) => first?.context.startsWith('operation cancelled') === true);
    assert.ok(rows.some(({ label }) => label === 'server.web'));
    assert.equal((await readEvents(line)).at(-1)?.exitCode, 130);
    await until(async () => (await listGroup(pid)).length === 0);
  });

  test('the next apply ends with what was wanted, and creates nothing twice', async () => {
    const { uri } = await project.show('infra.yaml');
    await sandbox.setFaults();
    person.forget();
    person.answer(/^Apply · shop/, 'Apply');
    await pressLens(uri, 0, 'Apply');
    // Both were under way when it was cancelled: the panel may have ended them by itself.
    const { text } = await person.read(/^(Apply: |No changes)/);
    assert.match(text, /^(Apply: done|No changes: the panel is equal to the file)\.$/);
    const servers = (await sandbox.ask('GET', '/server')) as readonly { readonly Name: string }[];
    assert.deepEqual(servers.map(({ Name }) => Name).sort(), ['db', 'web']);
    assert.equal((await sandbox.countRequests())['POST /server'], 2);
  });
});
