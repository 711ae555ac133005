import { afterEach, describe, expect, test } from 'vitest';
import { MAX_INFRA_BYTES } from '#core/infra/load/read-text.ts';
import { closeLabs, startLab, type Lab } from './lsp-lab.ts';

afterEach(closeLabs);

const [BIG, SMALL] = ['file:///project/infra.yaml', 'file:///project/other.infra.yaml'];
const sound = 'version: 1\nproject: shop\nservers: {}\n';
const codesOf = async (lab: Lab, uri: string, version?: number): Promise<unknown[]> =>
  (await lab.diagnosticsOf(uri, version)).map(({ code }) => code);
const hover = (lab: Lab, uri: string): Promise<unknown> =>
  lab.client.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: 1, character: 2 } });
const symbols = (lab: Lab, uri: string): Promise<unknown> =>
  lab.client.sendRequest('textDocument/documentSymbol', { textDocument: { uri } });

describe('a document above the limit is not looked at', () => {
  test('from the start: it has one problem and no answers, and others are answered', async () => {
    const lab = await startLab();
    lab.open(BIG, sound + `x: ${'['.repeat(MAX_INFRA_BYTES)}`);
    lab.open(SMALL, sound);
    expect(await hover(lab, SMALL)).not.toBeNull();
    expect(await codesOf(lab, BIG)).toEqual(['file-too-large']);
    expect(await hover(lab, BIG)).toBeNull();
    expect(lab.complaints).toEqual([]);
  });

  test('grown past it by edits', async () => {
    const lab = await startLab();
    lab.open(BIG, sound);
    const half = `# ${'x'.repeat(MAX_INFRA_BYTES / 2)}\n`;
    const start = { line: 0, character: 0 };
    lab.change(BIG, 2, { range: { start, end: start }, text: half });
    expect(await codesOf(lab, BIG, 2)).toEqual([]);
    lab.change(BIG, 3, { range: { start, end: start }, text: half });
    // What is new on the line that was edited is held back for a moment.
    const grown = await lab.diagnosticsOf(BIG, 3, (problems) => problems.length > 0);
    expect(grown.map(({ code }) => code)).toEqual(['file-too-large']);
    expect(await symbols(lab, BIG)).toEqual([]);
    lab.change(BIG, 4, { range: { start, end: start }, text: 'more' });
    expect(await codesOf(lab, BIG, 4)).toEqual(['file-too-large']);
  });

  test('and a short whole text brings it back', async () => {
    const lab = await startLab();
    lab.open(BIG, 'x'.repeat(MAX_INFRA_BYTES + 1));
    expect(await codesOf(lab, BIG)).toEqual(['file-too-large']);
    lab.change(BIG, 2, { text: sound });
    expect(await codesOf(lab, BIG, 2)).toEqual([]);
    expect(await hover(lab, BIG)).not.toBeNull();
  });

  // It stayed empty to every feature until it was opened again.
  test('and edits that shorten it bring it back', async () => {
    const lab = await startLab();
    lab.open(BIG, `${sound}# ${'x'.repeat(MAX_INFRA_BYTES)}`);
    expect(await codesOf(lab, BIG)).toEqual(['file-too-large']);
    const at = { line: 1, character: 9 };
    lab.change(BIG, 2, { range: { start: at, end: { line: 1, character: 13 } }, text: 'store' });
    expect(await codesOf(lab, BIG, 2)).toEqual(['file-too-large']);
    lab.change(BIG, 3, { range: { start: { line: 3, character: 1 }, end: { line: 4, character: 0 } }, text: '' });
    expect(await lab.diagnosticsOf(BIG, 3, (problems) => problems.length === 0)).toEqual([]);
    expect(await symbols(lab, BIG)).toHaveLength(3);
    lab.change(BIG, 4, { range: { start: at, end: { line: 1, character: 14 } }, text: 'a b' });
    expect((await lab.diagnosticsOf(BIG, 4, (problems) => problems.length > 0)).map(({ code }) => code)).toEqual(['invalid-value']);
  });

  test('and where nothing is kept, the message says what to do', async () => {
    const lab = await startLab();
    lab.open(BIG, 'x'.repeat(4 * MAX_INFRA_BYTES + 1));
    const [problem] = await lab.diagnosticsOf(BIG);
    expect(problem?.message).toContain('When it is shorter, close it and open it again.');
  });

  test('included by another it is too large there, though the file on the disk is not', async () => {
    const lab = await startLab({ files: { '/project/base.yaml': 'sizes: {}\n' } });
    lab.open('file:///project/base.yaml', `# ${'x'.repeat(MAX_INFRA_BYTES)}`);
    lab.open(SMALL, `${sound}include: [base.yaml]\n`);
    expect(await codesOf(lab, SMALL)).toEqual(['file-too-large']);
  });
});

test.each(['[', '{a: ', '- ', '? ', '- ? ', '[{я: "', '{? ', '&a ['])(
  'fifty thousand nested `%s` are one problem, and every question is answered',
  async (piece) => {
    const lab = await startLab();
    lab.open(BIG, `${sound}x: я\ny:\n  ${piece.repeat(50_000)}`);
    const codes = await codesOf(lab, BIG);
    expect(codes).toContain('nested-too-deeply');
    for (const method of ['documentSymbol', 'foldingRange', 'semanticTokens/full', 'codeLens'])
      await lab.client.sendRequest(`textDocument/${method}`, { textDocument: { uri: BIG } });
    await lab.client.sendRequest('textDocument/selectionRange', { textDocument: { uri: BIG }, positions: [{ line: 5, character: 5000 }] });
    await hover(lab, BIG);
    expect(lab.complaints).toEqual([]);
  },
);

test('ten thousand documents, closed again, leave nothing behind', async () => {
  const lab = await startLab();
  const uris = Array.from({ length: 10_000 }, (_, at) => `file:///project/${at}.infra.yaml`);
  for (const uri of uris) lab.open(uri, sound);
  for (const uri of uris) await lab.client.sendNotification('textDocument/didClose', { textDocument: { uri } });
  expect(await lab.client.sendRequest('workspace/symbol', { query: '' })).toEqual([]);
  expect(await hover(lab, uris[0] ?? '')).toBeNull();
});
