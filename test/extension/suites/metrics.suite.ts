import assert from 'node:assert/strict';
import { commands, type TabInputWebview, window, workspace } from 'vscode';
import { ourExtension } from '../helpers/extension.ts';
import { openProject, type Project } from '../helpers/project.ts';
import { until } from '../helpers/until.ts';

/** Tabs with a dashboard, by their title. */
const dashboards = (): readonly string[] =>
  window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .filter(({ input }) => (input as TabInputWebview | undefined)?.viewType?.endsWith('ict.dashboard') === true)
    .map(({ label }) => label);

const text = `version: 1
project: shop
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }
servers:
  web: { count: 2 }
  db: {}
`;

suite('metrics', () => {
  let project: Project;
  suiteSetup(async () => {
    project = await openProject({ 'infra.yaml': text });
    await project.show('infra.yaml');
    await until(() => ourExtension().isActive);
  });
  suiteTeardown(() => project.close());

  test('a dashboard opens beside the file it is about, once', async () => {
    const target = { uri: project.uri('infra.yaml').toString(), targets: ['web'] };
    await commands.executeCommand('ict.showDashboard', target);
    await until(() => dashboards().length > 0);
    await commands.executeCommand('ict.showDashboard', target);
    assert.deepEqual(dashboards(), ['web: metrics']);
  });

  test('another target has another dashboard', async () => {
    await commands.executeCommand('ict.showDashboard', { uri: project.uri('infra.yaml').toString(), targets: ['db'] });
    await until(() => dashboards().length === 2);
    assert.deepEqual(dashboards(), ['web: metrics', 'db: metrics']);
  });

  test('closed, it is gone, and opens anew', async () => {
    await commands.executeCommand('workbench.action.closeAllEditors');
    await until(() => dashboards().length === 0);
    await commands.executeCommand('ict.showDashboard', { uri: project.uri('infra.yaml').toString(), targets: ['web'] });
    await until(() => dashboards().length === 1);
  });

  for (const [name, expected] of [
    ['tree.metrics', true],
    ['liveMetrics', false],
  ] as const)
    test(`the setting ict.${name} is ${String(expected)} until somebody changes it`, async () => {
      const read = (): unknown => workspace.getConfiguration('ict').get(name);
      assert.equal(read(), expected);
      await workspace.getConfiguration('ict').update(name, !expected);
      assert.equal(read(), !expected);
      await workspace.getConfiguration('ict').update(name, undefined);
      assert.equal(read(), expected);
    });
});
