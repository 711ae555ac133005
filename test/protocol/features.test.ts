import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type {
  CodeAction,
  CodeLens,
  CompletionList,
  Diagnostic,
  DocumentHighlight,
  DocumentLink,
  DocumentSymbol,
  FoldingRange,
  Hover,
  InlayHint,
  Location,
  MarkupContent,
  SelectionRange,
  SemanticTokens,
  SemanticTokensDelta,
  SymbolInformation,
  TextEdit,
} from 'vscode-languageserver';
import type { HistorySummary } from '#core/ports/history.ts';
import { applyEdits } from './apply-edits.ts';
import { closeLabs, startLab, type Lab } from './lsp-lab.ts';
import { createManualTimers } from './manual-timers.ts';

afterEach(closeLabs);

const URI = 'file:///shop/infra.yaml';
const textDocument = { uri: URI };
const text = readFileSync('examples/shop/infra.yaml', 'utf8');
const key = readFileSync('examples/shop/keys/demo.pub', 'utf8');
const lines = text.split('\n');

/** Where a text stands: on the first line that holds all of `line`, at the beginning of `word` in it. */
function placeOf(line: string, word = line): { line: number; character: number } {
  const index = lines.findIndex((one) => one.includes(line));
  return { line: index, character: (lines[index] ?? '').indexOf(word) };
}

const history: HistorySummary = {
  run: '20260101-120000-abcdef',
  finishedAt: '2026-01-01T12:00:00.000Z',
  command: 'ict apply',
  exitCode: 0,
  plan: { changes: [{ address: 'server.web-1', action: 'create' }] },
  result: { succeeded: [], failed: [], skipped: [] },
};

describe('on the example', () => {
  let lab: Lab;
  const ask = <Answer>(method: string, params: object = {}): Promise<Answer> =>
    lab.client.sendRequest<Answer>(method, { textDocument, ...params });

  beforeEach(async () => {
    lab = await startLab({
      folders: ['file:///shop'],
      files: { '/shop/keys/demo.pub': key },
      ports: { readHistory: () => Promise.resolve([history]) },
    });
    lab.open(URI, text);
  });

  test('there is no problem', async () => expect(await lab.diagnosticsOf(URI, 1)).toEqual([]));

  test('completion, and more about an item', async () => {
    const size = placeOf('size: small', 'small');
    const list = await ask<CompletionList>('textDocument/completion', { position: size, context: { triggerKind: 1 } });
    expect(list.items.map(({ label }) => label)).toEqual(expect.arrayContaining(['small', 'large']));
    const item = list.items.find(({ label }) => label === 'small');
    const resolved = await lab.client.sendRequest('completionItem/resolve', item ?? {});
    expect(resolved).toMatchObject({ label: 'small' });
  });

  test('hover', async () => {
    const hover = await ask<Hover>('textDocument/hover', { position: placeOf('size: small') });
    expect((hover.contents as MarkupContent).kind).toBe('markdown');
    expect((hover.contents as MarkupContent).value).toContain('size');
  });

  test('highlights, references and the place of a new name', async () => {
    const position = placeOf('size: small', 'small');
    const marks = await ask<DocumentHighlight[]>('textDocument/documentHighlight', { position });
    expect(marks.length).toBeGreaterThan(1);
    const references = await ask<Location[]>('textDocument/references', { position, context: { includeDeclaration: false } });
    expect(references).toHaveLength(marks.length - 1);
    expect(await ask('textDocument/prepareRename', { position })).toMatchObject({ placeholder: 'small' });
  });

  test('symbols of the document, as a tree', async () => {
    const symbols = await ask<DocumentSymbol[]>('textDocument/documentSymbol');
    expect(symbols.find(({ name }) => name === 'servers')?.children?.map(({ name }) => name)).toEqual(['web', 'db']);
  });

  test('symbols of the workspace', async () => {
    const symbols = await lab.client.sendRequest<SymbolInformation[]>('workspace/symbol', { query: 'db' });
    expect(symbols[0]).toMatchObject({ name: 'db', location: { uri: URI } });
  });

  test('folding and selection', async () => {
    const folds = await ask<FoldingRange[]>('textDocument/foldingRange');
    expect(folds).toContainEqual(expect.objectContaining({ startLine: placeOf('servers:').line }));
    const [selection] = await ask<SelectionRange[]>('textDocument/selectionRange', { positions: [placeOf('size: small', 'small')] });
    expect(selection?.parent).toBeDefined();
  });

  test('links', async () => {
    const links = await ask<DocumentLink[]>('textDocument/documentLink');
    expect(links.map(({ target }) => target)).toContain('file:///shop/keys/demo.pub');
  });

  test('colours by meaning, and what is new in them', async () => {
    const first = await ask<SemanticTokens>('textDocument/semanticTokens/full');
    expect(first.data.length % 5).toBe(0);
    const none = await ask<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', { previousResultId: first.resultId });
    expect(none.edits).toEqual([]);
    lab.change(URI, 2, { range: { start: placeOf('servers:'), end: placeOf('servers:') }, text: '# a comment\n' });
    const delta = await ask<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', { previousResultId: none.resultId });
    const [edit] = delta.edits;
    const patched = [...first.data];
    patched.splice(edit?.start ?? 0, edit?.deleteCount ?? 0, ...(edit?.data ?? []));
    expect((await ask<SemanticTokens>('textDocument/semanticTokens/full')).data).toEqual(patched);
    const other = await ask<SemanticTokens>('textDocument/semanticTokens/full/delta', { previousResultId: 'of long ago' });
    expect(other.data).toEqual(patched);
    const range = { start: { line: 0, character: 0 }, end: { line: 5, character: 0 } };
    expect((await ask<SemanticTokens>('textDocument/semanticTokens/range', { range })).data.length).toBeLessThan(patched.length);
  });

  test('formatting, of all and of a part', async () => {
    const options = { tabSize: 2, insertSpaces: true };
    expect(await ask('textDocument/formatting', { options })).toEqual([]);
    const at = placeOf('size: small', ' small');
    lab.change(URI, 2, { range: { start: at, end: at }, text: '    ' });
    const edits = await ask<TextEdit[]>('textDocument/formatting', { options });
    expect(applyEdits(text.replace('size: small', 'size:     small'), edits)).toBe(text);
    const range = { start: { line: at.line, character: 0 }, end: { line: at.line, character: 30 } };
    expect(await ask('textDocument/rangeFormatting', { range, options })).toEqual(edits);
    const above = { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } };
    expect(await ask('textDocument/rangeFormatting', { range: above, options })).toEqual([]);
  });

  test('lenses, and the last result in them once the history is read', async () => {
    const lenses = await ask<CodeLens[]>('textDocument/codeLens');
    expect(lenses.every(({ command }) => command === undefined)).toBe(true);
    const titles = (): Promise<(string | undefined)[]> =>
      Promise.all(
        lenses.slice(0, 4).map(async (lens) => (await lab.client.sendRequest<CodeLens>('codeLens/resolve', lens)).command?.title),
      );
    expect((await titles()).slice(0, 3)).toEqual(['Plan', 'Apply', 'Deploy']);
    await expect.poll(() => lab.asked.map(({ method }) => method)).toContain('workspace/codeLens/refresh');
    expect((await titles())[3]).toContain('1 change');
  });

  test('hints', async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: lines.length, character: 0 } };
    expect((await ask<InlayHint[]>('textDocument/inlayHint', { range })).length).toBeGreaterThan(0);
  });

  test('a fix of a problem, tied to it', async () => {
    const at = placeOf('size: small', 'small');
    lab.change(URI, 2, { range: { start: at, end: { ...at, character: at.character + 5 } }, text: 'smoll' });
    const found = await lab.diagnosticsOf(URI, 2, (list) => list.length > 0);
    const [problem] = found;
    const range = (problem as Diagnostic).range;
    const actions = await ask<CodeAction[]>('textDocument/codeAction', { range, context: { diagnostics: found } });
    const fix = actions.find(({ title }) => title === 'Replace with `small`');
    expect(fix).toMatchObject({ kind: 'quickfix', isPreferred: true, diagnostics: [{ code: 'unknown-size' }] });
    const edits = fix?.edit?.changes?.[URI] ?? [];
    expect(applyEdits(text.replace('size: small', 'size: smoll'), edits)).toBe(text);
  });
});

test('lenses and hints are gone when the user does not want them', async () => {
  const lab = await startLab({ settings: { codeLens: false, inlayHints: false } });
  lab.open(URI, text);
  await expect.poll(() => lab.asked.map(({ method }) => method)).toContain('workspace/codeLens/refresh');
  const range = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  expect(await lab.client.sendRequest('textDocument/codeLens', { textDocument })).toEqual([]);
  expect(await lab.client.sendRequest('textDocument/inlayHint', { textDocument, range })).toEqual([]);
});

test('an editor that shows flat lists of symbols gets one', async () => {
  const lab = await startLab({ capabilities: {} });
  lab.open(URI, text);
  const symbols = await lab.client.sendRequest<SymbolInformation[]>('textDocument/documentSymbol', { textDocument });
  expect(symbols).toContainEqual(expect.objectContaining({ name: 'web', containerName: 'servers' }));
});

test('blank rows of lenses after a reload: an editor that has not asked for lenses is reminded of them', async () => {
  const timers = createManualTimers();
  const lab = await startLab({ ports: { timers } });
  const reminders = (): number => lab.asked.filter(({ method }) => method === 'workspace/codeLens/refresh').length;
  lab.open(URI, text);
  await expect.poll(() => timers.pending).toContain(2000);
  const before = reminders();
  while (timers.pending.includes(2000)) await timers.runFirst();
  await expect.poll(reminders).toBe(before + 1);
});

test('an editor that shows the lenses is not reminded; one that has thrown the answer away is', async () => {
  const timers = createManualTimers();
  const lab = await startLab({ ports: { timers } });
  lab.open(URI, text);
  await expect.poll(() => timers.pending).toContain(2000);
  const [lens] = await lab.client.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument });
  expect(timers.pending).toContain(2000);
  await lab.client.sendRequest('codeLens/resolve', lens);
  expect(timers.pending).not.toContain(2000);
});

test('nobody is reminded of a file without lenses', async () => {
  const timers = createManualTimers();
  const lab = await startLab({ settings: { codeLens: false }, ports: { timers } });
  lab.open(URI, text);
  await expect.poll(() => timers.pending).toContain(2000);
  expect(await lab.client.sendRequest('textDocument/codeLens', { textDocument })).toEqual([]);
  expect(timers.pending).not.toContain(2000);
});
