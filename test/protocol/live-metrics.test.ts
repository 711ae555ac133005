import { afterEach, expect, test } from 'vitest';
import type { InlayHint } from 'vscode-languageserver';
import { closeLabs, startLab, type Lab } from './lsp-lab.ts';

afterEach(closeLabs);

const URI = 'file:///project/infra.yaml';
const text = 'version: 1\nproject: shop\nservers:\n  web: { cpu: 1 }\n';
const server = { state: 'live', address: 'server.web', cpuRatio: 0.12 };

const hintsOf = async (lab: Lab): Promise<readonly unknown[]> => {
  const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
  const hints = await lab.client.sendRequest<readonly InlayHint[]>('textDocument/inlayHint', { textDocument: { uri: URI }, range });
  return hints.map(({ label }) => label);
};
const tell = (lab: Lab, servers: readonly unknown[]): Promise<void> =>
  lab.client.sendNotification('ict/liveMetrics', { file: '/project/infra.yaml', servers });
/** The server asks for the settings themselves. */
const setSettings = (lab: Lab, settings: Record<string, unknown>): Promise<void> => {
  lab.settings = { inlayHints: false, ...settings };
  return lab.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
};

test('what the client tells stands behind the server, for who has asked for it', async () => {
  const lab = await startLab();
  lab.open(URI, text);
  await setSettings(lab, {});
  await tell(lab, [server]);
  await expect.poll(() => hintsOf(lab)).toEqual([]);
  await setSettings(lab, { liveMetrics: true });
  await expect.poll(() => hintsOf(lab)).toEqual(['cpu 12%']);
  await tell(lab, []);
  await expect.poll(() => hintsOf(lab)).toEqual([]);
});

test('a message that is not one is a line of the log and changes nothing', async () => {
  const lab = await startLab();
  lab.open(URI, text);
  await setSettings(lab, { liveMetrics: true });
  await tell(lab, [server]);
  await lab.client.sendNotification('ict/liveMetrics', { file: 3 });
  await expect.poll(() => hintsOf(lab)).toEqual(['cpu 12%']);
  expect(lab.complaints.join('\n')).toContain('ict/liveMetrics');
});
