import { expect, test } from 'vitest';
import { createMemoryFiles } from '../testing/memory-files.ts';
import { readInfraFile } from '../read-infra-file.ts';
import { limitServers, MAX_SERVERS } from './limit-servers.ts';

test('the limit itself is no problem', () => {
  expect(limitServers([['a', { count: MAX_SERVERS }]])).toMatchObject({ kept: [['a', {}]], total: MAX_SERVERS });
});

test('three million servers are one problem, and none of them is made', async () => {
  const head = 'version: 1\nproject: shop\ndefaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }\nservers:\n';
  const text = head + Array.from({ length: 3000 }, (_, at) => `  s${at}: { count: 999 }\n`).join('');
  const { value, partial, diagnostics } = await readInfraFile(createMemoryFiles({ '/infra.yaml': text }), '/infra.yaml');
  expect(diagnostics.map(({ code, source }) => [code, source?.start.line])).toEqual([['too-many-servers', 14]]);
  expect(value).toBeUndefined();
  expect(partial?.servers).toHaveLength(9990);
});
