import { afterEach, expect, test } from 'vitest';
import type { CloudReader } from '#core/create-core/create-cloud-reader.ts';
import { sampleCatalog } from '#core/infra/testing/sample-catalog.ts';
import type { HistorySummary } from '#core/ports/history.ts';
import type { CredentialsParams } from '#schemas/protocol/credentials.ts';
import type { ServerPorts } from '#server/ports/server-ports.ts';
import { HOUR_JUMPS, withUnsteadyWall } from '#test/helpers/unsteady-clock.ts';
import { systemClock } from '#core/platform/clock.ts';
import { fullCapabilities } from './full-capabilities.ts';
import { closeLabs, startLab, type Lab } from './lsp-lab.ts';

afterEach(closeLabs);

const URI = 'file:///project/infra.yaml';
const head = 'version: 1\nproject: shop\n';
const text = `${head}defaults: { dc: Xelent, image: Ubunto 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }\nservers:\n  web: {}\n`;
const inImage = { textDocument: { uri: URI }, position: { line: 2, character: 34 } };
const isSome = (diagnostics: readonly unknown[]): boolean => diagnostics.length > 0;

/** An account, and how often it was read and by whom. */
function createFakeCloud() {
  const reads: string[] = [];
  const given: (CredentialsParams | undefined)[] = [];
  const reader: CloudReader = {
    readCatalog: () => {
      reads.push('catalog');
      return Promise.resolve(sampleCatalog);
    },
    readObjects: () => {
      reads.push('objects');
      return Promise.resolve({ servers: [], networks: [], keys: [], unreadable: [] });
    },
    close: () => undefined,
  };
  const openCloud: ServerPorts['openCloud'] = (credentials) => {
    given.push(credentials);
    return Promise.resolve(reader);
  };
  return { reads, given, openCloud };
}

const refresh = (lab: Lab): Promise<{ readAtMs: number | null }> => lab.client.sendRequest('ict/refreshValues', {});

test('nothing is read before somebody asks about the account', async () => {
  const cloud = createFakeCloud();
  const lab = await startLab({ ports: { openCloud: cloud.openCloud } });
  lab.open(URI, text);
  await lab.diagnosticsOf(URI, 1);
  await lab.client.sendRequest('textDocument/foldingRange', inImage);
  expect(cloud.given).toEqual([]);
});

test.each(HOUR_JUMPS)('a wall clock set by %d ms holds up neither diagnostics nor the account', async (jumpMs) => {
  const cloud = createFakeCloud();
  const lab = await startLab({ ports: { openCloud: cloud.openCloud, clock: withUnsteadyWall(systemClock, jumpMs) } });
  lab.open(URI, text);
  await lab.diagnosticsOf(URI, 1);
  await lab.client.sendRequest('textDocument/completion', inImage);
  await refresh(lab);
  lab.change(URI, 2, { text: text.replace('Ubunto', 'Ubuntu') });
  expect(await lab.diagnosticsOf(URI, 2)).toEqual([]);
  // Asked for by the completion, and once more by hand: what was just read is not old.
  await lab.client.sendRequest('textDocument/completion', inImage);
  expect(cloud.reads.filter((read) => read === 'catalog')).toHaveLength(2);
});

test('completion asks for the catalogue, and never waits for it', async () => {
  const cloud = createFakeCloud();
  const lab = await startLab({ ports: { openCloud: cloud.openCloud }, initializationOptions: { notifyValues: true } });
  const told = new Promise<unknown>((resolve) => lab.client.onNotification('ict/valuesChanged', resolve));
  lab.open(URI, text);
  await lab.client.sendRequest('textDocument/completion', inImage);
  expect(await told).toEqual({ kinds: ['cloud'] });
  expect([...cloud.reads].sort()).toEqual(['catalog', 'objects']);
});

test('code lenses are not drawn anew because the account was read', async () => {
  const cloud = createFakeCloud();
  const lab = await startLab({ ports: { openCloud: cloud.openCloud }, capabilities: fullCapabilities });
  lab.open(URI, text);
  await lab.client.sendRequest('textDocument/completion', inImage);
  await expect.poll(() => lab.asked.map(({ method }) => method)).toContain('workspace/inlayHint/refresh');
  expect(lab.asked.map(({ method }) => method)).not.toContain('workspace/codeLens/refresh');
});

test('a refresh reads the last results as well, so that no lens stays old where watching of files misses one', async () => {
  const record: HistorySummary = {
    run: '20260101-120000000-abcdef',
    finishedAt: '2026-01-01T12:00:00.000Z',
    command: 'ict apply',
    exitCode: 0,
    plan: { changes: [] },
    result: { succeeded: [], failed: [], skipped: [] },
  };
  let history: readonly HistorySummary[] = [];
  const lab = await startLab({ ports: { readHistory: () => Promise.resolve(history) }, capabilities: fullCapabilities });
  lab.open(URI, text);
  const lenses = await lab.client.sendRequest<readonly unknown[]>('textDocument/codeLens', inImage);
  for (const lens of lenses) await lab.client.sendRequest('codeLens/resolve', lens);
  history = [record];
  await refresh(lab);
  await expect.poll(() => lab.asked.map(({ method }) => method)).toContain('workspace/codeLens/refresh');
});

test('an unknown image is information with the age of what is known, once something is', async () => {
  const cloud = createFakeCloud();
  const lab = await startLab({ ports: { openCloud: cloud.openCloud } });
  lab.open(URI, text);
  expect(await lab.diagnosticsOf(URI, 1)).toEqual([]);
  expect(await refresh(lab)).toEqual({ readAtMs: expect.any(Number) as number });
  const [problem] = await lab.diagnosticsOf(URI, 1, isSome);
  expect(problem).toMatchObject({ code: 'unknown-image', severity: 3, range: { start: { line: 2, character: 31 } } });
  expect(problem?.message).toContain('Did you mean `Ubuntu 20.4 x64`? What the provider offers was read 0 minutes ago');
});

test('what the user signs in with is used, and leaves no trace', async () => {
  const cloud = createFakeCloud();
  const lab = await startLab({ ports: { openCloud: cloud.openCloud } });
  lab.open(URI, text);
  await lab.client.sendNotification('ict/credentials', { endpoint: 'http://127.0.0.1:1', token: 'secret-token-1' });
  await lab.client.sendNotification('ict/credentials', { token: ['secret-token-2'] });
  await refresh(lab);
  expect(cloud.given).toEqual([{ endpoint: 'http://127.0.0.1:1', token: 'secret-token-1' }]);
  await expect.poll(() => lab.complaints).toHaveLength(1);
  expect(lab.complaints.join('\n')).not.toContain('secret-token');
});

test('another account makes the one before forgotten', async () => {
  const cloud = createFakeCloud();
  const lab = await startLab({ ports: { openCloud: cloud.openCloud } });
  lab.open(URI, text);
  await refresh(lab);
  await lab.diagnosticsOf(URI, 1, isSome);
  await lab.client.sendNotification('ict/credentials', { token: null });
  expect(await lab.diagnosticsOf(URI, 1, (list) => list.length === 0)).toEqual([]);
});

test.each<[string, object]>([
  ['in a workspace that is not trusted', { initializationOptions: { trusted: false } }],
  ['when the user does not want it', { settings: { liveValues: false } }],
])('nothing is read %s', async (_when, options) => {
  const cloud = createFakeCloud();
  const lab = await startLab({ ports: { openCloud: cloud.openCloud }, ...options });
  lab.open(URI, text);
  await expect.poll(() => lab.asked.map(({ method }) => method)).toContain('workspace/configuration');
  await lab.client.sendRequest('textDocument/completion', inImage);
  expect(await refresh(lab)).toEqual({ readAtMs: null });
  expect(cloud.given).toEqual([]);
});

test('a setting that is changed counts at once', async () => {
  const cloud = createFakeCloud();
  const lab = await startLab({ ports: { openCloud: cloud.openCloud } });
  lab.open(URI, text);
  await refresh(lab);
  await lab.diagnosticsOf(URI, 1, isSome);
  lab.settings = { liveValues: false };
  await lab.client.sendNotification('workspace/didChangeConfiguration', { settings: null });
  expect(await lab.diagnosticsOf(URI, 1, (list) => list.length === 0)).toEqual([]);
});

test('an account that cannot be read is a line in the log', async () => {
  const lab = await startLab({ ports: { openCloud: () => Promise.reject(new Error('no way out')) } });
  lab.open(URI, text);
  expect(await refresh(lab)).toEqual({ readAtMs: null });
  expect(lab.complaints.join('\n')).toContain('reading the account: Error: no way out');
  expect(await lab.diagnosticsOf(URI, 1)).toEqual([]);
});
