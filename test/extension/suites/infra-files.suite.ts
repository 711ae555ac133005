import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { commands } from 'vscode';
import { worksWithWindow } from '../helpers/kinds.ts';
import { openProject, type Project } from '../helpers/project.ts';
import { rowsWhen } from '../helpers/watch-extension.ts';

const infra = (project: string): string => `version: 1
project: ${project}
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }
servers: { ${project}-server: {} }
`;

// VS Code tells of a folder that comes or goes by itself alone, not by the files in it.
worksWithWindow('infra files of the workspace', () => {
  let kept: Project;
  let other: Project;

  suiteSetup(async () => {
    kept = await openProject({ 'infra.yaml': infra('kept') });
    other = await openProject({ 'deep/infra.yaml': infra('other') });
    await kept.show('infra.yaml');
    await commands.executeCommand('ict.servers.focus');
    await has('kept-server', true);
    await has('other-server', true);
  });
  suiteTeardown(async () => {
    await kept.close();
    await other.close();
  });

  const has = (label: string, isThere: boolean): Promise<unknown> =>
    rowsWhen('ict.servers', (rows) => rows.length > 0 && rows.some((row) => row.label === label) === isThere);

  test('a project leaves the tree with its folder', async () => {
    await rename(join(other.folder, 'deep'), join(kept.folder, '.git'));
    await has('other-server', false);
  });

  test('a folder that comes as a whole brings its project, at the latest when its file is opened', async () => {
    await rename(join(kept.folder, '.git'), join(other.folder, 'deep'));
    await other.show('deep/infra.yaml');
    await has('other-server', true);
  });
});
