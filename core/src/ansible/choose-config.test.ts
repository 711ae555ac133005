import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { chooseConfig } from './choose-config.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-config-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const choose = (more: { readonly named?: string; readonly isBundled?: boolean } = {}) =>
  chooseConfig({ named: undefined, folder, bundled: '/b/ansible.cfg', isBundled: false, ...more });
const own = { path: '/b/ansible.cfg', from: 'ict' };
const put = (): Promise<void> => writeFile(join(folder, 'ansible.cfg'), '[defaults]\n');

test('one beside the infra file counts for own playbooks alone', async () => {
  expect(await choose()).toEqual(own);
  await put();
  expect(await choose()).toEqual({ path: join(folder, 'ansible.cfg'), from: 'project' });
  expect(await choose({ isBundled: true })).toEqual(own);
});

test.each([
  [0o777, true],
  [0o757, true],
  [0o775, false],
  [0o755, false],
])('in a folder of mode %o it does not count: %s', async (mode, isIgnored) => {
  await put();
  await chmod(folder, mode);
  expect(await choose()).toEqual(
    isIgnored ? { ...own, ignored: join(folder, 'ansible.cfg') } : { path: join(folder, 'ansible.cfg'), from: 'project' },
  );
});

test('what the environment names counts always; a folder of that name is no configuration', async () => {
  await put();
  expect(await choose({ named: '/etc/mine.cfg', isBundled: true })).toEqual({ path: '/etc/mine.cfg', from: 'environment' });
  expect(await choose({ named: '' })).toMatchObject({ from: 'project' });
  await rm(join(folder, 'ansible.cfg'));
  await mkdir(join(folder, 'ansible.cfg'));
  expect(await choose()).toEqual(own);
});
