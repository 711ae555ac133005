import assert from 'node:assert/strict';
import { commands, type CompletionList } from 'vscode';
import { after } from '../helpers/place.ts';
import { openProject, type Project } from '../helpers/project.ts';
import { testSandbox } from '../helpers/sandbox.ts';
import { until } from '../helpers/until.ts';

// The account that the environment signs the window in to.
suite('the account', () => {
  const sandbox = testSandbox();
  let project: Project;
  suiteSetup(async () => {
    project = await openProject('examples/shop');
  });
  suiteTeardown(() => project.close());

  test('completion of images offers what the account has', async () => {
    const images = (await sandbox.ask('GET', '/image')) as readonly { readonly Name: string }[];
    const document = await project.show('infra.yaml');
    const place = after(document, '  image: Ubuntu 20.4 x64', 'Ubuntu 20.4 x64'.length);
    const labels = await until(async () => {
      const list = await commands.executeCommand<CompletionList>('vscode.executeCompletionItemProvider', document.uri, place);
      const found = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      return found.length >= images.length ? found : undefined;
    });
    // Written as the panel writes them, with spaces, or as the API does.
    const bare = new Set(labels.map((label) => label.replaceAll(' ', '').toLowerCase()));
    assert.ok(images.some(({ Name }) => bare.has(Name.toLowerCase())));
    // One of them is ours, above.
    assert.ok(((await sandbox.countRequests())['GET /image'] ?? 0) > 1);
  });
});
