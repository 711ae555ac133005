import { chmod, mkdir, mkdtemp, rename, rm, symlink, unlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashTree } from './hash-tree.ts';

let folder = '';
const at = (...names: string[]): string => join(folder, 'app', ...names);
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-hash-'));
  await mkdir(at('lib', 'deep'), { recursive: true });
  await Promise.all([
    writeFile(at('main.js'), 'one'),
    writeFile(at('lib', 'deep', 'x.log'), 'two'),
    writeFile(at('lib', 'a[1].js'), 'three'),
  ]);
  await symlink('main.js', at('current'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const hash = (...exclude: string[]) => hashTree(at(), exclude);

describe('the hash of a folder', () => {
  test.each<[string, () => Promise<unknown>, boolean]>([
    ['a content', () => writeFile(at('main.js'), 'two'), true],
    ['a name', () => rename(at('main.js'), at('other.js')), true],
    ['what a link leads to', () => unlink(at('current')).then(() => symlink('lib', at('current'))), true],
    ['that a file may be run', () => chmod(at('main.js'), 0o755), true],
    ['a new file deep below', () => writeFile(at('lib', 'deep', 'new'), ''), true],
    ['who else may read it', () => chmod(at('main.js'), 0o600), false],
    ['when it was written', () => utimes(at('main.js'), 1, 1), false],
    ['nothing', () => Promise.resolve(), false],
  ])('minds %s', async (_reason, change, isOther) => {
    const before = await hash();
    await change();
    expect((await hash()) !== before).toBe(isOther);
  });

  test.each([
    ['a name anywhere', 'x.log', true],
    ['a pattern of names', '*.log', true],
    ['one unknown letter', 'x.lo?', true],
    ['a path from the folder', 'lib/deep/x.log', true],
    ['a pattern over folders', 'lib/*', true],
    ['a whole folder', 'deep', true],
    ['a part of a name', 'x.lo', false],
    ['a name with brackets', 'a[1].js', false],
  ])('leaves out %s', async (_reason, pattern, isLeftOut) => {
    const before = await hash(pattern);
    await writeFile(at('lib', 'deep', 'x.log'), 'changed');
    expect((await hash(pattern)) === before).toBe(isLeftOut);
  });

  test('does not mistake a border between files', async () => {
    const [one, other] = [join(folder, 'one'), join(folder, 'other')];
    await Promise.all([mkdir(one), mkdir(other)]);
    await Promise.all([
      writeFile(join(one, 'a'), 'xb'),
      writeFile(join(one, 'b'), ''),
      writeFile(join(other, 'a'), 'x'),
      writeFile(join(other, 'b'), 'b'),
    ]);
    expect(await hashTree(one, [])).not.toBe(await hashTree(other, []));
  });
});

test('a link to a folder is the folder, as the role that delivers it sees it', async () => {
  const link = join(folder, 'link');
  await symlink(at(), link);
  const before = await hashTree(link, []);
  expect(before).toBe(await hash());
  await writeFile(at('main.js'), 'two');
  expect(await hashTree(link, [])).not.toBe(before);
});

test('a file has a hash, nothing has none', async () => {
  expect(await hashTree(at('main.js'), [])).toMatch(/^[0-9a-f]{64}$/);
  expect(await hashTree(at('nowhere'), [])).toBeUndefined();
});
