import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, test } from 'vitest';
import { closeLabs, startLab } from './lsp-lab.ts';

afterEach(closeLabs);

const COUNT = 3000;
const fragment = 'sizes:\n  small: { cpu: 1, ram: 1 GB, disk: 10 GB }\n';
const uriOf = (index: number): string => `file:///project/d${index % 50}/f${index}.infra.yaml`;

/** Bytes that are in use once nothing is left to collect. */
function readHeap(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') for (let run = 0; run < 3; run += 1) collect();
  return process.memoryUsage().heapUsed;
}

// Requests got no answer within a minute, and closing gave nothing back.
test('with thousands of files with definitions open, requests are answered, and closing them gives their memory back', async () => {
  const lab = await startLab();
  const before = readHeap();
  for (let index = 0; index < COUNT; index += 1) lab.open(uriOf(index), fragment);
  const ask = () => lab.client.sendRequest('textDocument/hover', { textDocument: { uri: uriOf(0) }, position: { line: 1, character: 3 } });
  expect(await ask()).toMatchObject({ contents: expect.anything() });
  await Promise.all(Array.from({ length: COUNT }, (_, index) => lab.diagnosticsOf(uriOf(index))));
  const open = readHeap() - before;
  for (let index = 0; index < COUNT; index += 1)
    void lab.client.sendNotification('textDocument/didClose', { textDocument: { uri: uriOf(index) } });
  // What comes behind the last one has been heard after it.
  expect(await ask()).toBeNull();
  await Promise.all(Array.from({ length: COUNT }, (_, index) => lab.diagnosticsOf(uriOf(index), 0, (found) => found.length === 0)));
  expect(readHeap() - before).toBeLessThan(open / 4);
}, 120_000);
