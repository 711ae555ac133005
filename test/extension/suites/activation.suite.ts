import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { commands } from 'vscode';
import { ourExtension } from '../helpers/extension.ts';
import { openProject, type Project } from '../helpers/project.ts';
import { until } from '../helpers/until.ts';

const infra = 'version: 1\nproject: shop\n';

// The first suite of all: until here nothing has woken the extension.
suite('activation', () => {
  let project: Project;
  suiteSetup(async () => {
    project = await openProject({
      'notes.yaml': 'servers: []\n',
      'infrastructure.yaml': infra,
      'infra.yaml': infra,
      'infra.yml': infra,
      'shop.infra.yaml': infra,
      'deep/er/shop.infra.yml': infra,
    });
  });
  suiteTeardown(() => project.close());

  test('other YAML files keep their language and do not wake the extension', async () => {
    for (const name of ['notes.yaml', 'infrastructure.yaml']) {
      const document = await project.show(name);
      assert.equal(document.languageId, 'yaml');
      // Its answer comes after everything that the opened file activates.
      await commands.executeCommand('vscode.executeDocumentSymbolProvider', document.uri);
    }
    assert.equal(ourExtension().isActive, false);
  });

  for (const name of ['infra.yaml', 'infra.yml', 'shop.infra.yaml', 'deep/er/shop.infra.yml'])
    test(`${name} is an infra file`, async () => {
      assert.equal((await project.show(name)).languageId, 'ict-infra');
    });

  test('an infra file wakes the extension', async () => {
    await project.show('infra.yaml');
    await until(() => ourExtension().isActive);
  });

  test('every command of the manifest is there once it is awake', async () => {
    const { contributes } = ourExtension().packageJSON as { contributes: { commands: readonly { command: string }[] } };
    const known = new Set(await commands.getCommands(true));
    assert.deepEqual(
      contributes.commands.filter(({ command }) => !known.has(command)),
      [],
    );
  });

  for (const name of ['package.nls.json', 'package.nls.ru.json'])
    test(`every text of the manifest stands in ${name}, and no other`, () => {
      const { extensionPath } = ourExtension();
      const read = (file: string): string => readFileSync(join(extensionPath, file), 'utf8');
      // VS Code gives the manifest with its texts in place, so it is read from the disk.
      const wanted = [...read('package.json').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key ?? '');
      const texts = JSON.parse(read(name)) as Record<string, string>;
      assert.deepEqual(Object.keys(texts).sort(), [...new Set(wanted)].sort());
      assert.deepEqual(
        Object.entries(texts).filter(([, text]) => text.trim() === ''),
        [],
      );
    });
});
