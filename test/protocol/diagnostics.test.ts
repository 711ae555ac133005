import { afterEach, expect, test } from 'vitest';
import { pullCapabilities, withoutLensRefresh } from './full-capabilities.ts';
import { closeLabs, startLab, type Lab } from './lsp-lab.ts';
import { createManualTimers } from './manual-timers.ts';

afterEach(closeLabs);

const URI = 'file:///project/infra.yaml';
const head = 'version: 1\nproject: shop\ndefaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }\n';
const at = (line: number, character: number, length = 0) => ({ start: { line, character }, end: { line, character: character + length } });
const codes = (diagnostics: readonly { readonly code?: unknown }[]): unknown[] => diagnostics.map(({ code }) => code);
const isEmpty = (diagnostics: readonly unknown[]): boolean => diagnostics.length === 0;
const isSome = (diagnostics: readonly unknown[]): boolean => diagnostics.length > 0;

test('the version of the document stands with its problems', async () => {
  const lab = await startLab();
  lab.open(URI, `${head}servers:\n  web: { size: gone }\n`);
  expect(codes(await lab.diagnosticsOf(URI, 1))).toEqual(['unknown-size']);
  expect(lab.published.at(-1)?.version).toBe(1);
  lab.change(URI, 2, { range: at(4, 9, 10), text: '' });
  expect(await lab.diagnosticsOf(URI, 2)).toEqual([]);
});

test('several changes of one message are taken in their order, and a whole text too', async () => {
  const lab = await startLab();
  lab.open(URI, head);
  lab.change(
    URI,
    2,
    { text: `${head}servers:\n  web: { size: x }\n` },
    { range: at(4, 15, 1), text: 'yy' },
    { range: at(4, 16, 1), text: 'z' },
  );
  const [problem] = await lab.diagnosticsOf(URI, 2, isSome);
  expect(problem?.message).toContain('`yz`');
});

test('a new mistake on the line being typed in waits; a mended one goes at once', async () => {
  const timers = createManualTimers();
  const lab = await startLab({ capabilities: withoutLensRefresh, ports: { timers } });
  lab.open(URI, `${head}servers:\n  web: { size: gone }\n  db: {}\n`);
  await timers.runFirst();
  expect(codes(await lab.diagnosticsOf(URI, 1))).toEqual(['unknown-size']);
  // Typed on the line of `db`; the mistake of `web` stays.
  lab.change(URI, 2, { range: at(5, 7), text: 'cpu: x' });
  await timers.runFirst();
  expect(codes(await lab.diagnosticsOf(URI, 2))).toEqual(['unknown-size']);
  expect(timers.pending).toEqual([200]);
  await timers.runFirst();
  expect(codes(await lab.diagnosticsOf(URI, 2, (list) => list.length === 2))).toEqual(['unknown-size', 'wrong-type']);
  lab.change(URI, 3, { range: at(4, 9, 10), text: '' });
  await timers.runFirst();
  expect(codes(await lab.diagnosticsOf(URI, 3))).toEqual(['wrong-type']);
  expect(timers.pending).toEqual([]);
});

test('edits that follow quickly are judged once', async () => {
  const timers = createManualTimers();
  const lab = await startLab({ capabilities: withoutLensRefresh, ports: { timers } });
  lab.open(URI, head);
  for (let version = 2; version < 10; version += 1) lab.change(URI, version, { range: at(3, 0), text: '# ' });
  await expect.poll(() => timers.scheduled).toBe(9);
  expect(timers.pending).toHaveLength(1);
  await timers.runFirst();
  await lab.diagnosticsOf(URI, 9);
  expect(lab.published.map(({ version }) => version)).toEqual([9]);
});

test('a closed document has no problems', async () => {
  const lab = await startLab();
  lab.open(URI, 'nonsense');
  await lab.diagnosticsOf(URI, 1, isSome);
  await lab.client.sendNotification('textDocument/didClose', { textDocument: { uri: URI } });
  expect(await lab.diagnosticsOf(URI, 0, isEmpty)).toEqual([]);
});

test('no more problems than the setting says', async () => {
  const lab = await startLab({ settings: { maxProblems: 2 } });
  lab.open(URI, `${head}servers:\n${Array.from({ length: 9 }, (_, index) => `  w${index}: { size: x }\n`).join('')}`);
  expect(await lab.diagnosticsOf(URI, 1, (list) => list.length === 2)).toHaveLength(2);
});

test('a name that stands twice is shown pale, with the other place beside it', async () => {
  const lab = await startLab();
  lab.open(URI, `${head}networks: { back: {} }\nservers:\n  web: { networks: [back, back] }\n  web: {}\n`);
  const found = await lab.diagnosticsOf(URI, 1, (list) => list.length === 2);
  expect(found.find(({ code }) => code === 'repeated-item')?.tags).toEqual([1]);
  expect(found.find(({ code }) => code === 'duplicate-key')?.relatedInformation?.[0]?.location).toMatchObject({ uri: URI });
  expect(found[0]?.data).toMatchObject({ code: found[0]?.code });
});

test('a playbook that is not there, until it is', async () => {
  const lab = await startLab();
  lab.open(URI, `${head}servers:\n  web:\n    playbooks:\n      - path: site.yml\n`);
  expect(codes(await lab.diagnosticsOf(URI, 1, isSome))).toEqual(['playbook-missing']);
  lab.files['/project/site.yml'] = '---\n';
  await changed(lab, 'file:///project/site.yml');
  expect(await lab.diagnosticsOf(URI, 1, isEmpty)).toEqual([]);
});

test('the problems of a price table stand in the table', async () => {
  const lab = await startLab({ files: { '/project/prices.yaml': 'prices: []\n' } });
  lab.open(URI, `${head}prices: prices.yaml\n`);
  expect(await lab.diagnosticsOf('file:///project/prices.yaml', 0, isSome)).toHaveLength(1);
  expect(await lab.diagnosticsOf(URI, 1)).toEqual([]);
});

test('an editor that asks is not told', async () => {
  const lab = await startLab({ capabilities: pullCapabilities });
  expect(lab.initialized.capabilities.diagnosticProvider).toMatchObject({ identifier: 'ict', interFileDependencies: true });
  lab.open(URI, `${head}servers:\n  web: { size: gone }\n`);
  const first = await pull(lab);
  expect(first).toMatchObject({ kind: 'full', items: [{ code: 'unknown-size' }] });
  expect(await pull(lab, first.resultId)).toEqual({ kind: 'unchanged', resultId: first.resultId });
  lab.change(URI, 2, { range: at(4, 9, 10), text: '' });
  expect(await pull(lab, first.resultId)).toMatchObject({ kind: 'full', items: [] });
  expect(lab.published).toEqual([]);
});

test('an editor that asks is asked to when files change', async () => {
  const lab = await startLab({ capabilities: pullCapabilities });
  lab.open(URI, `${head}include: [sizes.yaml]\nservers: { web: { size: s } }\n`);
  const before = await pull(lab);
  expect(codes(before.items ?? [])).toContain('file-missing');
  lab.files['/project/sizes.yaml'] = 'sizes: { s: { cpu: 1 } }\n';
  await changed(lab, 'file:///project/sizes.yaml');
  await expect.poll(() => lab.asked.map(({ method }) => method)).toContain('workspace/diagnostic/refresh');
  expect(await pull(lab, before.resultId)).toMatchObject({ kind: 'full', items: [] });
});

test('an editor that asks is told about files that are not open, until they are', async () => {
  const shared = 'file:///project/sizes.yaml';
  const lab = await startLab({ capabilities: pullCapabilities, files: { '/project/sizes.yaml': 'sizes: { s: { cpu: x } }\n' } });
  lab.open(URI, `${head}include: [sizes.yaml]\n`);
  expect(await pull(lab)).toMatchObject({ kind: 'full', items: [] });
  expect(codes(await lab.diagnosticsOf(shared, 0, isSome))).toEqual(['wrong-type']);
  lab.open(shared, 'sizes: { s: { cpu: x } }\n');
  expect(await lab.diagnosticsOf(shared, 0, isEmpty)).toEqual([]);
  await lab.client.sendNotification('textDocument/didClose', { textDocument: { uri: shared } });
  expect(codes(await lab.diagnosticsOf(shared, 0, isSome))).toEqual(['wrong-type']);
});

test('a document that is not open has no problems', async () => {
  const lab = await startLab({ capabilities: pullCapabilities });
  expect(await pull(lab)).toEqual({ kind: 'full', items: [] });
});

interface Report {
  readonly kind: string;
  readonly resultId?: string;
  readonly items?: readonly { readonly code?: unknown }[];
}

const pull = (lab: Lab, previousResultId?: string): Promise<Report> =>
  lab.client.sendRequest('textDocument/diagnostic', { textDocument: { uri: URI }, previousResultId });

const changed = (lab: Lab, uri: string): Promise<void> =>
  lab.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
