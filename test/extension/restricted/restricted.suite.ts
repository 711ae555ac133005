import assert from 'node:assert/strict';
import { type CodeLens, commands, type CompletionList, type Hover, type TextDocument, workspace } from 'vscode';
import { codeOf, diagnosticsWhen } from '../helpers/diagnostics.ts';
import { ourExtension } from '../helpers/extension.ts';
import { pressLens } from '../helpers/lenses.ts';
import { sitDown } from '../helpers/person.ts';
import { after } from '../helpers/place.ts';
import { findProcesses } from '../helpers/processes.ts';
import { openProject, type Project, replaceText } from '../helpers/project.ts';
import { testSandbox } from '../helpers/sandbox.ts';
import { until } from '../helpers/until.ts';
import { contextKey } from '../helpers/watch-extension.ts';

// A window of its own: trust is asked for, and nobody has given it. The environment would sign it in.
suite('restricted mode', () => {
  let project: Project;
  let document: TextDocument;
  suiteSetup(async () => {
    assert.equal(workspace.isTrusted, false);
    project = await openProject('examples/shop');
    document = await project.show('infra.yaml');
    await until(() => ourExtension().isActive);
  });
  suiteTeardown(() => project.close());

  test('mistakes, completion, hover and lenses are there', async () => {
    await replaceText(document, 'size: small', 'size: smoll');
    const [problem] = await diagnosticsWhen(document.uri, (found) => found.length > 0);
    assert.ok(problem);
    assert.equal(codeOf(problem), 'unknown-size');
    await replaceText(document, 'size: smoll', 'size: small');
    const list = await until(() =>
      commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', document.uri, after(document, '    size: small', 5)),
    );
    assert.ok(list.items.some(({ label }) => (typeof label === 'string' ? label : label.label) === 'large'));
    const hovers = await commands.executeCommand<Hover[]>('vscode.executeHoverProvider', document.uri, after(document, 'keep_releases', 3));
    assert.ok(hovers.length > 0);
    const lenses = await commands.executeCommand<CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 4);
    assert.equal(lenses[0]?.command?.title, 'Plan');
  });

  test('a lens explains why nothing is started, and leads to trust', async () => {
    const person = sitDown();
    try {
      await pressLens(document.uri, 0, 'Plan');
      const message = await person.read(/./);
      assert.deepEqual(message, {
        kind: 'warning',
        text: 'This workspace is not trusted, so nothing is started: no process, no network.',
        detail: '',
        buttons: ['Manage trust'],
      });
    } finally {
      person.leave();
    }
  });

  test('no process of the engine runs, and the account is not asked, also when the view is looked at', async () => {
    await commands.executeCommand('ict.servers.focus');
    const { commands: all } = (ourExtension().packageJSON as { contributes: { commands: readonly Contributed[] } }).contributes;
    for (const { command, enablement } of all) {
      if (enablement !== 'isWorkspaceTrusted') continue;
      const person = sitDown();
      await commands.executeCommand(command);
      person.leave();
      assert.match(person.shown[0]?.text ?? '', /^This workspace is not trusted/, command);
    }
    assert.deepEqual([...(await findProcesses(`${ourExtension().extensionPath}/dist/cli.js`, '--lang', project.folder))], []);
    assert.deepEqual(await testSandbox().countRequests(), {});
    assert.notEqual(contextKey('ict.signedIn'), true);
  });
});

interface Contributed {
  readonly command: string;
  readonly enablement?: string;
}
