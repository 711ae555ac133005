import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDebianMirrors } from '#sandbox/hosts/packages/apt-sources.ts';
import { ensureImage } from '#sandbox/hosts/packages/image-cache.ts';
import { probeIsolated } from '#sandbox/hosts/isolated/probe-isolated.ts';
import { removeTree } from '#sandbox/hosts/machine/run-tool.ts';

const probe = await probeIsolated();
const mirrors = await readDebianMirrors();
const why = probe.kind === 'available' ? 'isolated hosts can run' : `skipped: ${JSON.stringify(probe.reason)}`;

describe.skipIf(probe.kind === 'unavailable' || mirrors === undefined)(`the image cache (${why})`, { timeout: 300_000 }, () => {
  test('two builders make one whole image of Debian 13; a damaged one is made again', async () => {
    if (mirrors === undefined) return;
    const cache = await mkdtemp(join(tmpdir(), 'ict-cache-'));
    try {
      const steps: string[][] = [[], []];
      const build = (index: number): Promise<string> =>
        ensureImage('trixie', mirrors, ({ step }) => steps[index]?.push(step), undefined, cache);
      const [one, other] = await Promise.all([build(0), build(1)]);
      expect(one).toBe(other);
      expect(await readFile(join(one, 'etc/debian_version'), 'utf8')).toMatch(/^13\./);
      const [waited, worked] = steps.sort((left, right) => left.length - right.length).map((all) => [...new Set(all)]);
      expect(waited).toEqual(['waiting', 'ready']);
      expect(worked).toEqual(['waiting', 'downloading', 'installing', 'unpacking', 'ready']);
      expect((await readdir(join(cache, 'images'))).filter((name) => name.includes('partial'))).toEqual([]);

      await rm(join(one, 'usr/sbin/sshd'));
      const stop = new AbortController();
      const again = ensureImage('trixie', mirrors, ({ step }) => step === 'downloading' && stop.abort(), stop.signal, cache);
      await expect(again).rejects.toMatchObject({ code: 'closed' });
    } finally {
      await removeTree(cache, process.getuid?.() !== 0);
    }
  });
});
