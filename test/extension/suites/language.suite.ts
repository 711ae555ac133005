import assert from 'node:assert/strict';
import {
  type CodeLens,
  commands,
  type CompletionList,
  type DocumentSymbol,
  type Hover,
  type InlayHint,
  type Location,
  Range,
  type TextDocument,
  type TextEdit,
  workspace,
  WorkspaceEdit,
} from 'vscode';
import { after } from '../helpers/place.ts';
import { openProject, type Project, replaceText } from '../helpers/project.ts';
import { until } from '../helpers/until.ts';

// What an editor's person gets, asked through VS Code's own commands: the answers have gone through its converters.
suite('language features', () => {
  let project: Project;
  let document: TextDocument;
  suiteSetup(async () => {
    project = await openProject('examples/shop');
    document = await project.show('infra.yaml');
  });
  suiteTeardown(() => project.close());

  /** Asks a provider until the language server has registered it and answers. */
  const ask = <T>(command: string, ...words: unknown[]): Promise<T> =>
    until(() => commands.executeCommand<T>(command, document.uri, ...words));

  const everything = (): Range => new Range(0, 0, document.lineCount, 0);

  test('completion offers sizes of the file', async () => {
    const labels = await until(async () => {
      const list = await ask<CompletionList>('vscode.executeCompletionItemProvider', after(document, '    size: small', 'small'.length));
      return list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    });
    assert.ok(labels.includes('small') && labels.includes('large'), labels.join());
  });

  test('completion of keys leaves out what is there', async () => {
    const list = await ask<CompletionList>('vscode.executeCompletionItemProvider', after(document, '    protect', 'protect'.length));
    const labels = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
    assert.ok(labels.includes('cpu'), labels.join());
    assert.ok(!labels.includes('backup'), labels.join());
  });

  test('hover says what a key means', async () => {
    const hovers = await ask<Hover[]>('vscode.executeHoverProvider', after(document, 'keep_releases', 3));
    const text = hovers.flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value))).join();
    assert.match(text, /releases/);
  });

  test('code lenses stand above the file and each server entry', async () => {
    const lenses = await ask<CodeLens[]>('vscode.executeCodeLensProvider', 100);
    const titlesAt = (line: number): readonly (string | undefined)[] =>
      lenses.filter(({ range }) => range.start.line === line).map(({ command }) => command?.title);
    assert.deepEqual(titlesAt(0).slice(0, 3), ['Plan', 'Apply', 'Deploy']);
    assert.deepEqual(titlesAt(after(document, '\n  web:').line).slice(0, 3), ['Plan', 'Apply', 'Deploy']);
    const known = await commands.getCommands(true);
    const unknown = lenses.map(({ command }) => command?.command ?? '').filter((id) => id !== '' && !known.includes(id));
    assert.deepEqual(unknown, []);
  });

  test('the outline has the sections and their entries', async () => {
    const symbols = await ask<DocumentSymbol[]>('vscode.executeDocumentSymbolProvider');
    const servers = symbols.find(({ name }) => name === 'servers');
    assert.deepEqual(
      servers?.children.map(({ name }) => name),
      ['web', 'db'],
    );
  });

  test('a size leads to where it stands and to its uses', async () => {
    const place = after(document, '    size: small', 2);
    const [definition] = await ask<Location[]>('vscode.executeDefinitionProvider', place);
    assert.ok(definition);
    const line = 'targetRange' in definition ? (definition.targetRange as Range).start.line : definition.range.start.line;
    assert.equal(line, after(document, '\n  small:').line);
    const uses = await ask<Location[]>('vscode.executeReferenceProvider', place);
    assert.ok(uses.length >= 2, `${uses.length} uses`);
  });

  test('a rename reaches the definition and every use, and can be undone', async () => {
    const before = document.getText();
    const edit = await ask<WorkspaceEdit>('vscode.executeDocumentRenameProvider', after(document, '    size: small', 2), 'tiny');
    await workspace.applyEdit(edit);
    assert.ok(document.getText().includes('\n  tiny: {'));
    assert.ok(document.getText().includes('    size: tiny\n'));
    assert.ok(!document.getText().includes('small:'));
    await commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  test('formatting lays out what was typed and keeps the comments', async () => {
    const before = document.getText();
    await replaceText(document, 'count: 2 # web-1', 'count:    2 # web-1');
    const edits = await ask<TextEdit[]>('vscode.executeFormatDocumentProvider', { tabSize: 2, insertSpaces: true });
    const edit = new WorkspaceEdit();
    edit.set(document.uri, edits);
    await workspace.applyEdit(edit);
    assert.equal(document.getText(), before);
  });

  test('hints show what an entry inherits', async () => {
    const hints = await ask<InlayHint[]>('vscode.executeInlayHintProvider', everything());
    const labels = hints.map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
    assert.ok(
      labels.some((label) => label.includes('web-1, web-2')),
      labels.join(' | '),
    );
  });
});
