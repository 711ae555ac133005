import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { attachedNodeOptions, type Cli, createCli } from './cli.ts';

const TOKEN = 'a-secret-token';
let folder: string;
let cli: Cli;
let token: string | undefined;

/** A program that tells what it was given. */
const PROGRAM = `
const { argv, env, execArgv } = process;
console.log(JSON.stringify({ words: argv.slice(2), execArgv, token: env.ONECLOUD_TOKEN, electron: env.ELECTRON_RUN_AS_NODE, colour: env.NO_COLOR }));
console.error('complaint');
if (argv.includes('wait')) setInterval(() => undefined, 1000);
else process.exitCode = argv.includes('fail') ? 7 : 0;
`;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-cli-'));
  await writeFile(join(folder, 'cli.cjs'), PROGRAM);
  token = TOKEN;
  cli = createCli(join(folder, 'cli.cjs'), 'ru', () => ({ variables: { ONECLOUD_TOKEN: token } }));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

test('the token is in the environment and never among the words', async () => {
  const { exitCode, stdout, stderr } = await cli.run(['plan', 'a b.yaml', '$HOME'], { cwd: folder });
  expect(exitCode).toBe(0);
  expect(stderr).toBe('complaint\n');
  expect(JSON.parse(stdout)).toEqual({
    words: ['--lang', 'ru', 'plan', 'a b.yaml', '$HOME'],
    execArgv: [],
    token: TOKEN,
    electron: '1',
    colour: '1',
  });
});

test('the account is asked for at each start', async () => {
  token = 'of another account';
  expect(JSON.parse((await cli.run([], { cwd: folder })).stdout)).toMatchObject({ token: 'of another account' });
  expect(JSON.parse((await cli.run([], { cwd: folder, variables: { ONECLOUD_TOKEN: 'to be checked' } })).stdout)).toMatchObject({
    token: 'to be checked',
  });
});

test('signed out, what the editor itself was given stays', async () => {
  token = undefined;
  const { stdout } = await cli.run([], { cwd: folder });
  expect((JSON.parse(stdout) as { token?: string }).token).toBe(process.env['ONECLOUD_TOKEN']);
});

test('an exit code is an answer, a folder that is gone an error', async () => {
  expect((await cli.run(['fail'], { cwd: folder })).exitCode).toBe(7);
  await expect(cli.run([], { cwd: join(folder, 'gone') })).rejects.toMatchObject({ code: 'ENOENT' });
});

test('an aborted signal ends the process', async () => {
  const abort = new AbortController();
  const running = cli.run(['wait'], { cwd: folder, signal: abort.signal });
  abort.abort();
  await expect(running).rejects.toMatchObject({ name: 'AbortError' });
});

test('a detached process writes both of its streams to the file', async () => {
  const path = join(folder, 'output.txt');
  const output = await open(path, 'a');
  const child = cli.startDetached(['apply'], { cwd: folder, output });
  await output.close();
  await once(child, 'exit');
  const text = await readFile(path, 'utf8');
  expect(text).toContain('"apply"');
  expect(text).toContain('complaint');
});

test('a process that looks for hours has a small young generation', async () => {
  const child = cli.startAttached(['watch'], { cwd: folder });
  const [part] = (await once(child.stdout ?? child, 'data')) as [Buffer];
  expect(JSON.parse(part.toString('utf8'))).toMatchObject({ execArgv: attachedNodeOptions, words: ['--lang', 'ru', 'watch'] });
});

test('a description for a terminal has the token in the environment only', () => {
  const { executable, words, variables } = cli.describe(['ssh', 'server.web']);
  expect(executable).toBe(process.execPath);
  expect(words.join(' ')).not.toContain(TOKEN);
  expect(variables).toEqual({ ELECTRON_RUN_AS_NODE: '1', ONECLOUD_TOKEN: TOKEN });
});
