import { afterEach, expect, onTestFinished, test } from 'vitest';
import type { CompletionList } from 'vscode-languageserver';
import { startSandbox } from '#sandbox/start-sandbox.ts';
import { createOpenCloud } from '#server/values/open-cloud.ts';
import { closeLabs, startLab } from './lsp-lab.ts';

afterEach(closeLabs);

const URI = 'file:///project/infra.yaml';
const text = 'version: 1\nproject: shop\ndefaults: { dc: Nowhere }\n';
const inCentre = { textDocument: { uri: URI }, position: { line: 2, character: 16 } };

test('data centres of a real account over HTTP, read and never written', async () => {
  const sandbox = await startSandbox({ delays: 0 });
  onTestFinished(() => sandbox.close());
  const lab = await startLab({ ports: { openCloud: createOpenCloud({}, '1') }, initializationOptions: { notifyValues: true } });
  lab.open(URI, text);
  await lab.client.sendNotification('ict/credentials', { endpoint: sandbox.endpoint, token: sandbox.token });
  const told = new Promise((resolve) => lab.client.onNotification('ict/valuesChanged', resolve));
  await lab.client.sendRequest('textDocument/completion', { ...inCentre, context: { triggerKind: 1 } });
  await told;
  const list = await lab.client.sendRequest<CompletionList>('textDocument/completion', { ...inCentre, context: { triggerKind: 1 } });
  expect(list.items.map(({ label }) => label)).toContain('Xelent');
  expect(await lab.diagnosticsOf(URI, 1, (found) => found.length > 0)).toMatchObject([{ code: 'unknown-data-centre', severity: 3 }]);
});

test('a wrong token is a line in the log without the token', async () => {
  const sandbox = await startSandbox({ delays: 0 });
  onTestFinished(() => sandbox.close());
  const lab = await startLab({ ports: { openCloud: createOpenCloud({}, '1') } });
  lab.open(URI, text);
  await lab.client.sendNotification('ict/credentials', { endpoint: sandbox.endpoint, token: 'not-the-right-token' });
  expect(await lab.client.sendRequest('ict/refreshValues', {})).toEqual({ readAtMs: null });
  expect(lab.complaints.join('\n')).toContain('reading the account');
  expect(lab.complaints.join('\n')).not.toContain('not-the-right-token');
});
