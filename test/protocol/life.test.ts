import { afterEach, expect, test } from 'vitest';
import { closeLabs, startLab } from './lsp-lab.ts';

afterEach(closeLabs);

const URI = 'file:///project/infra.yaml';
const head = 'version: 1\nproject: shop\ndefaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }\n';

test('says who it is and what it can', async () => {
  const { initialized } = await startLab();
  expect(initialized.serverInfo).toEqual({ name: 'ict', version: '1.2.3' });
  expect(initialized.capabilities).toMatchObject({
    textDocumentSync: { openClose: true, change: 2 },
    renameProvider: { prepareProvider: true },
    workspace: { workspaceFolders: { supported: true } },
  });
  expect(initialized.capabilities.diagnosticProvider).toBeUndefined();
});

test('an editor that can do nothing is served all the same', async () => {
  const lab = await startLab({ capabilities: {}, folders: null });
  expect(lab.initialized.capabilities.renameProvider).toBe(true);
  lab.open(URI, `${head}servers: { web: { size: gone } }\n`);
  const [problem] = await lab.diagnosticsOf(URI, 1);
  expect(problem).toMatchObject({ code: 'unknown-size', severity: 1, source: 'ict' });
  expect(Object.keys(problem ?? {}).sort()).toEqual(['code', 'message', 'range', 'severity', 'source']);
  expect(lab.asked).toEqual([]);
});

test('before initialize nothing is answered, and after shutdown neither', async () => {
  const lab = await startLab();
  await lab.client.sendRequest('shutdown');
  await expect(lab.client.sendRequest('textDocument/documentSymbol', { textDocument: { uri: URI } })).rejects.toMatchObject({
    code: -32600,
  });
  await lab.client.sendNotification('exit');
  await expect.poll(() => lab.exitCodes).toEqual([0]);
});

test('exit without shutdown is a failure', async () => {
  const lab = await startLab();
  await lab.client.sendNotification('exit');
  await expect.poll(() => lab.exitCodes).toEqual([1]);
});

test('Russian by the locale of the editor', async () => {
  const lab = await startLab({ locale: 'ru-RU' });
  lab.open(URI, `${head}servers: { web: { size: gone } }\n`);
  const [problem] = await lab.diagnosticsOf(URI, 1);
  expect(problem?.message).toMatch(/^Неизвестный размер/);
});

test('a page that explains codes is linked where there is one', async () => {
  const lab = await startLab({ ports: { codePage: (language) => `file:///docs/diagnostics.${language}.md` } });
  lab.open(URI, `${head}servers: { web: { size: gone } }\n`);
  const [problem] = await lab.diagnosticsOf(URI, 1);
  expect(problem?.codeDescription).toEqual({ href: 'file:///docs/diagnostics.en.md#unknown-size' });
});
