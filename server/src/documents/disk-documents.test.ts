import { expect, test } from 'vitest';
import { createMemoryFiles } from '#core/infra/testing/memory-files.ts';
import { HOUR_JUMPS, withUnsteadyWall } from '#test/helpers/unsteady-clock.ts';
import { DiskDocuments } from './disk-documents.ts';

test.each(HOUR_JUMPS)('a file is read again after five seconds, though the wall clock is set by %d ms', async (jumpMs) => {
  let elapsed = 0;
  const files = { '/p/shared.yaml': 'version: 1\n' };
  const clock = withUnsteadyWall({ now: () => 1e12, elapsed: () => elapsed, sleep: () => Promise.resolve() }, jumpMs);
  const disk = new DiskDocuments(createMemoryFiles(files), clock);
  const textOf = async (): Promise<string | undefined> => (await disk.load('/p/shared.yaml'))?.model.text;
  expect(await textOf()).toBe('version: 1\n');
  files['/p/shared.yaml'] = 'version: 2\n';
  elapsed = 4999;
  expect(await textOf()).toBe('version: 1\n');
  elapsed = 5000;
  expect(await textOf()).toBe('version: 2\n');
});
