import { afterEach, expect, test } from 'vitest';
import { CancellationTokenSource } from 'vscode-languageserver/node';
import type { FileReader } from '#core/ports/files.ts';
import { createMemoryFiles } from '#core/infra/testing/memory-files.ts';
import { closeLabs, startLab, type Lab } from './lsp-lab.ts';

afterEach(closeLabs);

const URI = 'file:///project/infra.yaml';
const text = 'version: 1\nproject: shop\ninclude: [slow.yaml]\nservers:\n  web: { size: small }\n';
const place = { textDocument: { uri: URI }, position: { line: 4, character: 17 } };
const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

/** Files of which one is read only when a test lets it. */
function createSlowFiles() {
  const files = createMemoryFiles({});
  let release = (): void => undefined;
  let isAsked = false;
  const gate = new Promise<void>((resolve) => (release = resolve));
  const slow: FileReader = {
    ...files,
    read: async (path, max) => {
      isAsked = true;
      await gate;
      return files.read(path, max);
    },
  };
  return { files: slow, release, isAsked: () => isAsked };
}

const startSlowLab = async (): Promise<{ lab: Lab; slow: ReturnType<typeof createSlowFiles> }> => {
  const slow = createSlowFiles();
  const lab = await startLab({ ports: { files: slow.files } });
  lab.open(URI, text);
  return { lab, slow };
};

test('a cancelled question is answered as cancelled, though its handler goes on', async () => {
  const { lab, slow } = await startSlowLab();
  const source = new CancellationTokenSource();
  const answer = lab.client.sendRequest('textDocument/definition', place, source.token);
  await expect.poll(slow.isAsked).toBe(true);
  source.cancel();
  // Answered after the server has heard of the cancellation.
  await lab.client.sendRequest('textDocument/foldingRange', place);
  slow.release();
  await expect(answer).rejects.toMatchObject({ code: -32800 });
});

test('a question that still waits in the queue is not run at all', async () => {
  const lab = await startLab();
  lab.open(URI, text);
  const sources = Array.from({ length: 20 }, () => new CancellationTokenSource());
  const answers = sources.map(({ token }) => lab.client.sendRequest('textDocument/documentSymbol', place, token));
  for (const source of sources) source.cancel();
  const settled = await Promise.allSettled(answers);
  expect(settled.filter(({ status }) => status === 'rejected').length).toBeGreaterThan(15);
});

test('an answer about a text that was edited meanwhile is dropped', async () => {
  const { lab, slow } = await startSlowLab();
  const answer = lab.client.sendRequest('textDocument/definition', place);
  await expect.poll(slow.isAsked).toBe(true);
  lab.change(URI, 2, { range, text: '# ' });
  // Answered after the edit was taken over: requests and notifications keep their order.
  await lab.client.sendRequest('textDocument/foldingRange', place);
  slow.release();
  await expect(answer).rejects.toMatchObject({ code: -32801 });
});

test('a handler that fails leaves a line with its stack in the log and a harmless answer', async () => {
  const lab = await startLab({
    ports: { files: { ...createMemoryFiles({}), resolve: () => raise(new Error('the disk is on fire')) } },
  });
  lab.open(URI, 'version: 1\nproject: shop\nservers:\n  web:\n    playbooks: [{ path: site.yml }]\n');
  const links = await lab.client.sendRequest('textDocument/documentLink', { textDocument: { uri: URI } });
  expect(links).toBeNull();
  await expect.poll(() => lab.complaints.join('\n')).toMatch(/textDocument\/documentLink: Error: the disk is on fire\n\s+at /);
});

test.each([
  ['far below the text', { line: 9999, character: 3 }],
  ['far to the right', { line: 4, character: 9999 }],
  ['as large as can be', { line: 2 ** 31 - 1, character: 2 ** 31 - 1 }],
])('a position %s is answered', async (_where, position) => {
  const lab = await startLab();
  lab.open(URI, text);
  const textDocument = { uri: URI };
  for (const method of ['hover', 'completion', 'definition', 'documentHighlight', 'prepareRename']) {
    await lab.client.sendRequest(`textDocument/${method}`, { textDocument, position });
  }
  await lab.client.sendRequest('textDocument/references', { textDocument, position, context: { includeDeclaration: true } });
  await lab.client.sendRequest('textDocument/selectionRange', { textDocument, positions: [position] });
  expect(lab.complaints).toEqual([]);
});

test('a new name that is none is refused in words', async () => {
  const lab = await startLab();
  lab.open(URI, 'version: 1\nproject: shop\nsizes: { small: { cpu: 1 } }\nservers:\n  web: { size: small }\n');
  await expect(lab.client.sendRequest('textDocument/rename', { ...place, newName: 'a b' })).rejects.toMatchObject({
    code: -32803,
    message: expect.stringContaining('`a b`') as string,
  });
});

const raise = (error: Error): never => {
  throw error;
};
