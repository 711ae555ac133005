import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { head, type Lab, openLab, publicKey } from '#test/helpers/lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
  execFileSync('mkfifo', ['pipe'], { cwd: lab.folder });
  await symlink('/dev/zero', join(lab.folder, 'zero'));
});
afterEach(() => lab.close());

// Each of these waited for ever, or took all memory.
describe.runIf(process.platform === 'linux')('a file that names what is no file', () => {
  test.each([
    ['include: [pipe]', 'a pipe'],
    ['include: [zero]', 'a device'],
    ['include: [/dev/tty]', 'a device'],
    ['include: [/proc/self/environ]', 'a file of the kernel'],
    ['include: [.]', 'a folder'],
    ['prices: pipe', 'a pipe'],
    ['prices: zero', 'a device'],
    ['ssh_keys: { a: pipe, b: pipe, c: pipe, d: pipe, e: pipe }', 'a pipe'],
    ['ssh_keys: { a: zero }', 'a device'],
  ])('%s: validate says so', async (line, special) => {
    await lab.write(`${head}${line}\nservers: { web: {} }\n`);
    const { code, out, err } = await lab.run(['validate']);
    expect([code, out + err]).toEqual([3, expect.stringContaining(`is ${special}. Only ordinary files are read`)]);
    // Nothing of this process is shown.
    expect(out + err).not.toMatch(/PATH=/);
  });

  test.each([
    ['validate', 'pipe'],
    ['fmt', 'pipe'],
    ['fmt', 'zero'],
    ['plan', 'pipe'],
    ['apply', '--plan', 'pipe'],
    ['apply', '--plan', 'zero'],
    ['sandbox', 'start', '--seed', 'pipe'],
    ['convert', 'pipe'],
  ])('%s %s ends with a message', async (...args) => {
    await lab.write(`${head}servers: { web: {} }\n`);
    const { code, err, out } = await lab.run(args);
    expect(code).not.toBe(0);
    expect(out + err).toMatch(/pipe|zero/);
    expect(out + err).not.toMatch(/bug/i);
  });

  test('a token file that is a pipe is no token', async () => {
    await lab.write(`${head}servers: { web: {} }\n`);
    execFileSync('chmod', ['600', 'pipe'], { cwd: lab.folder });
    const { code, err } = await lab.run(['plan'], { environment: { ONECLOUD_TOKEN: '', ONECLOUD_TOKEN_FILE: join(lab.folder, 'pipe') } });
    expect([code, err]).toEqual([4, expect.stringContaining('cannot be read')]);
  });

  test('what lies in place of our own files holds up nothing', async () => {
    await lab.write(`${head}ssh_keys: { laptop: ${publicKey} }\nservers: { web: {} }\n`);
    await mkdir(join(lab.folder, '.ict', 'shop', 'history'), { recursive: true });
    execFileSync('mkfifo', ['ledger.json', 'history/20260101-000000-aaaaaa.json'], { cwd: join(lab.folder, '.ict', 'shop') });
    expect((await lab.run(['history'])).code).toBe(0);
    expect(await lab.run(['plan'])).toMatchObject({ code: 1, err: expect.stringContaining('ledger.json cannot be read') });
  });
});

test('a file that is larger than any plan is none', async () => {
  await writeFile(join(lab.folder, 'plan'), '{');
  execFileSync('truncate', ['-s', '3G', 'plan'], { cwd: lab.folder });
  expect(await lab.run(['apply', '--plan', 'plan'])).toMatchObject({ code: 3, err: expect.stringContaining('too large') });
});
