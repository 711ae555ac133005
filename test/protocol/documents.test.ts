import { afterEach, expect, test } from 'vitest';
import type { DocumentSymbol, Location, LocationLink, WorkspaceEdit } from 'vscode-languageserver';
import { closeLabs, startLab } from './lsp-lab.ts';

afterEach(closeLabs);

const URI = 'file:///project/infra.yaml';
const SHARED = 'file:///project/shared.infra.yaml';
const head = 'version: 1\nproject: shop\ndefaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }\n';
const isEmpty = (diagnostics: readonly unknown[]): boolean => diagnostics.length === 0;
const isSome = (diagnostics: readonly unknown[]): boolean => diagnostics.length > 0;
const main = `${head}include: [shared.infra.yaml]\nservers:\n  web: { size: small }\n`;
const inSize = { line: 5, character: 16 };

test('an untitled document takes files from the first folder of the workspace', async () => {
  const lab = await startLab({ files: { '/project/shared.infra.yaml': 'sizes: { small: { cpu: 2 } }\n' } });
  lab.open('untitled:Untitled-1', main);
  expect(await lab.diagnosticsOf('untitled:Untitled-1', 1)).toEqual([]);
});

test('without a workspace what an untitled document names is not found', async () => {
  const lab = await startLab({ folders: null, files: { '/project/shared.infra.yaml': 'sizes: { small: { cpu: 2 } }\n' } });
  lab.open('untitled:Untitled-1', main);
  const found = await lab.diagnosticsOf('untitled:Untitled-1', 1);
  expect(found.map(({ code }) => code)).toContain('file-missing');
});

test('the problems of an included file stand in that file, and go when it is mended', async () => {
  const lab = await startLab({ files: { '/project/shared.infra.yaml': 'sizes: { small: { cpu: x } }\n' } });
  lab.open(URI, main);
  expect(await lab.diagnosticsOf(SHARED, 0, isSome)).toMatchObject([{ code: 'wrong-type', range: { start: { line: 0 } } }]);
  lab.files['/project/shared.infra.yaml'] = 'sizes: { small: { cpu: 1 } }\n';
  await lab.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: SHARED, type: 2 }] });
  expect(await lab.diagnosticsOf(SHARED, 0, isEmpty)).toEqual([]);
});

test('an included file needs no project when it is open itself', async () => {
  const lab = await startLab({ files: { '/project/infra.yaml': main } });
  lab.open(SHARED, 'sizes: { small: { cpu: 2 } }\n');
  expect(await lab.diagnosticsOf(SHARED, 1)).toEqual([]);
});

test('a file that nobody includes does', async () => {
  const lab = await startLab();
  lab.open(SHARED, 'sizes: { small: { cpu: 2 } }\n');
  const found = await lab.diagnosticsOf(SHARED, 1);
  expect(found.map(({ code }) => code)).toContain('missing-version');
});

test('typing in an included file speaks to the file that includes it', async () => {
  const lab = await startLab();
  lab.open(SHARED, 'sizes: { small: { cpu: 2 } }\n');
  lab.open(URI, main);
  expect(await lab.diagnosticsOf(URI, 1, isEmpty)).toEqual([]);
  lab.change(SHARED, 2, { text: 'sizes: { large: { cpu: 2 } }\n' });
  expect(await lab.diagnosticsOf(URI, 1, isSome)).toMatchObject([{ code: 'unknown-size' }]);
});

test('definition, references and renaming reach included files that are not open', async () => {
  const lab = await startLab({ files: { '/project/shared.infra.yaml': 'sizes: { small: { cpu: 2 } }\n' } });
  lab.open(URI, main);
  const place = { textDocument: { uri: URI }, position: inSize };
  const links = await lab.client.sendRequest<LocationLink[]>('textDocument/definition', place);
  expect(links).toMatchObject([{ targetUri: SHARED, targetSelectionRange: { start: { line: 0, character: 9 } } }]);
  const found = await lab.client.sendRequest<Location[]>('textDocument/references', { ...place, context: { includeDeclaration: true } });
  expect(found.map(({ uri }) => uri)).toEqual([URI, SHARED]);
  const edit = await lab.client.sendRequest<WorkspaceEdit>('textDocument/rename', { ...place, newName: 'tiny' });
  expect(Object.keys(edit.changes ?? {}).sort()).toEqual([URI, SHARED]);
});

test('symbols of the workspace are also those of included files', async () => {
  const lab = await startLab({ files: { '/project/shared.infra.yaml': 'sizes: { small: { cpu: 2 } }\n' } });
  lab.open(URI, main);
  const found = await lab.client.sendRequest<Location[]>('workspace/symbol', { query: 'small' });
  expect(found).toMatchObject([{ name: 'small', location: { uri: SHARED } }]);
});

test('from an included file to those that include it', async () => {
  const lab = await startLab({ files: { '/project/infra.yaml': main } });
  lab.open(SHARED, 'sizes: { small: { cpu: 2 } }\n');
  const place = { textDocument: { uri: SHARED }, position: { line: 0, character: 11 } };
  const found = await lab.client.sendRequest<Location[]>('textDocument/references', { ...place, context: { includeDeclaration: false } });
  expect(found.map(({ uri }) => uri)).toEqual([URI]);
});

test('an editor without links gets places', async () => {
  const lab = await startLab({ capabilities: {} });
  lab.open(URI, `${head}sizes: { small: { cpu: 2 } }\nservers:\n  web: { size: small }\n`);
  const found = await lab.client.sendRequest<Location[]>('textDocument/definition', { textDocument: { uri: URI }, position: inSize });
  expect(found).toMatchObject([{ uri: URI, range: { start: { line: 3, character: 9 } } }]);
});

test('an editor that does not tell of files has them read again when something is saved', async () => {
  const lab = await startLab({ capabilities: {} });
  lab.open(URI, main);
  await lab.diagnosticsOf(URI, 1, isSome);
  lab.files['/project/shared.infra.yaml'] = 'sizes: { small: { cpu: 2 } }\n';
  await lab.client.sendNotification('textDocument/didSave', { textDocument: { uri: URI } });
  expect(await lab.diagnosticsOf(URI, 1, isEmpty)).toEqual([]);
});

test('each folder of a workspace has its own files, also one that is added later', async () => {
  const files = { '/one/s.yaml': 'sizes: { small: { cpu: 1 } }\n', '/two/s.yaml': 'sizes: { small: { cpu: x } }\n' };
  const lab = await startLab({ folders: ['file:///one'], files });
  const event = { added: [{ uri: 'file:///two', name: 'two' }], removed: [] };
  await lab.client.sendNotification('workspace/didChangeWorkspaceFolders', { event });
  for (const folder of ['one', 'two']) lab.open(`file:///${folder}/infra.yaml`, main.replace('shared.infra', 's'));
  expect(await lab.diagnosticsOf('file:///one/infra.yaml', 1)).toEqual([]);
  expect(await lab.diagnosticsOf('file:///two/s.yaml', 0, isSome)).toMatchObject([{ code: 'wrong-type' }]);
});

test('an untitled document takes files from a folder that is added later, and no more when it is gone', async () => {
  const lab = await startLab({ folders: [], files: { '/two/shared.infra.yaml': 'sizes: { small: { cpu: 2 } }\n' } });
  lab.open('untitled:a', main);
  await lab.diagnosticsOf('untitled:a', 1, isSome);
  const folder = { uri: 'file:///two', name: 'two' };
  await lab.client.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [folder], removed: [] } });
  expect(await lab.diagnosticsOf('untitled:a', 1, isEmpty)).toEqual([]);
  await lab.client.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [folder] } });
  expect(await lab.diagnosticsOf('untitled:a', 1, (list) => list.some(({ code }) => code === 'file-missing'))).not.toEqual([]);
});

test('other YAML files are left alone, whatever the editor calls them', async () => {
  const lab = await startLab();
  lab.open('file:///project/site.yml', '- hosts: all\n', 'yaml');
  lab.open(URI, head, 'yaml');
  await lab.diagnosticsOf(URI, 1);
  expect(lab.published.map(({ uri }) => uri)).toEqual([URI]);
  const symbols = { textDocument: { uri: 'file:///project/site.yml' } };
  expect(await lab.client.sendRequest('textDocument/documentSymbol', symbols)).toBeNull();
});

test('an address that is written in another way is the same document', async () => {
  const lab = await startLab();
  lab.open('file:///pro%6Aect/infra.yaml', head);
  const found = await lab.client.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri: URI } });
  expect(found.map(({ name }) => name)).toContain('project');
});

test.each(['file://other-host/share/infra.yaml', 'file:///%E0%A4/infra.yaml', 'vscode-vfs://github/a/infra.yaml', 'nonsense', ''])(
  'a document at %j is served',
  async (uri) => {
    const lab = await startLab();
    lab.open(uri, `${head}include: [a.yaml]\nservers: { web: { size: x } }\n`);
    expect((await lab.diagnosticsOf(uri, 1, isSome)).map(({ code }) => code)).toContain('unknown-size');
    expect(lab.complaints).toEqual([]);
  },
);

test('changes of a document that is not open are passed over', async () => {
  const lab = await startLab();
  lab.change(URI, 2, { text: 'x' });
  await lab.client.sendNotification('textDocument/didClose', { textDocument: { uri: URI } });
  expect(await lab.client.sendRequest('textDocument/foldingRange', { textDocument: { uri: URI } })).toBeNull();
  expect(lab.complaints).toEqual([]);
});

test('what the server asks to be told of', async () => {
  const lab = await startLab();
  await expect.poll(() => lab.asked.map(({ method }) => method)).toContain('workspace/configuration');
  expect(JSON.stringify(lab.asked)).toContain('**/.ict/*/history/*.json');
});
