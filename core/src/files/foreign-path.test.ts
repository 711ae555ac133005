import { expect, test } from 'vitest';
import { isReservedName } from '#schemas/infra/reserved-name.ts';
import { isAllowedSpelling } from './allowed-folder.ts';
import { isForeignPath, networkShareOf } from './foreign-path.ts';

test.each([
  String.raw`\\host\share\x`,
  '//host/share/x',
  String.raw`\/host\share`,
  String.raw`\\.\PhysicalDrive0`,
  String.raw`\\.\pipe\x`,
  String.raw`\\?\UNC\host\share\x`,
  String.raw`\\?\GLOBALROOT\Device\x`,
  String.raw`\??\UNC\host\x`,
  'CON',
  'nul',
  String.raw`C:\work\NUL.txt`,
  String.raw`C:\work\aux \x.yaml`,
  'C:/work/com1',
  'C:/work/LPT¹.yaml',
  'C:NUL:',
])('%s is foreign on Windows, and a name like any other elsewhere', (path) => {
  expect([isForeignPath(path, 'win32'), isForeignPath(path, 'linux'), isForeignPath(path, 'darwin')]).toEqual([true, false, false]);
});

test.each([
  String.raw`C:\work\infra.yaml`,
  'C:/work/infra.yaml',
  String.raw`\\?\C:\work\infra.yaml`,
  'console.yaml',
  'C:/work/com10.yaml',
  'nullable/a',
  '/work/x',
])('%s is a path of this machine', (path) => expect(isForeignPath(path, 'win32')).toBe(false));

test('the share of the folder in which the user works is no foreign one', () => {
  const shares = [String.raw`\\Files\Home\me\project`];
  expect(isAllowedSpelling('//files/home/other/a.yaml', shares, 'win32')).toBe(true);
  expect(isAllowedSpelling('//files/homes/a.yaml', shares, 'win32')).toBe(false);
  expect(isAllowedSpelling(String.raw`\\.\pipe\x`, shares, 'win32')).toBe(false);
  expect(isAllowedSpelling('//files/home/other/a.yaml', [], 'win32')).toBe(false);
  expect(networkShareOf(String.raw`\\.\pipe\x`)).toBeUndefined();
});

test.each([
  ['con', true],
  ['Aux', true],
  ['nul.yaml', true],
  ['lpt3', true],
  ['shop', false],
  ['com', false],
  ['console', false],
  ['', false],
])('%s is a device of Windows: %s', (name, is) => expect(isReservedName(name)).toBe(is));
