import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { head, type Lab, openLab } from '#test/helpers/lab.ts';

/** The built program as users run it: bundle, catalogue, exit code. */
const run = async (
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  cwd: string,
): Promise<{ code: number; text: string }> => {
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [`${process.cwd()}/dist/cli.js`, ...args], {
      env: { ...environment },
      cwd,
    });
    return { code: 0, text: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, text: stdout + stderr };
  }
};

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
  await lab.write(`${head}servers: { web: { count: 2 }, db: { ram: 5 GB, backups: {} } }\n`);
});
afterEach(() => lab.close());

describe('the language', () => {
  test.each([
    ['LANG', { LANG: 'ru_RU.UTF-8' }, []],
    ['LC_ALL over LANG', { LC_ALL: 'ru_RU.UTF-8', LANG: 'en_US.UTF-8' }, []],
    ['--lang over all', { LC_ALL: 'en_US.UTF-8' }, ['--lang', 'ru']],
  ])('is picked by %s', async (_reason, environment, args) => {
    const { code, text } = await run(['validate', ...args], { ...lab.environment, LANG: '', ...environment }, lab.folder);
    expect(code).toBe(3);
    expect(text).toMatch(/ошибка/);
    expect(text).not.toMatch(/[A-Za-z]+ [a-z]+ [a-z]+ [a-z]+/);
  });

  test('of the help is Russian to the last option', async () => {
    for (const command of [[], ['plan'], ['apply'], ['sandbox', 'start'], ['power', 'stop']]) {
      const { text } = await run([...command, '--help', '--lang', 'ru'], lab.environment, lab.folder);
      expect(text).toMatch(/Использование:/);
      expect(text.split('\n').filter((line) => /(?<!-)\b(the|this|show|print|save|only)\b/.test(line))).toEqual([]);
    }
  });

  test('of a plan, with the right plural', async () => {
    await lab.write(`${head}servers: { web: { count: 2, cpu: 5 } }\n`);
    const { text } = await run(['plan', '--lang', 'ru'], lab.environment, lab.folder);
    expect(text).toContain('Изменения: создать 2.');
    expect(text).toContain('5 ядер');
  });
});

test('version, help and an unknown command have their exit codes', async () => {
  expect(await run(['version'], lab.environment, lab.folder)).toEqual({ code: 0, text: '0.1.0\n' });
  expect((await run(['--version'], lab.environment, lab.folder)).text).toBe('0.1.0\n');
  expect((await run([], lab.environment, lab.folder)).code).toBe(0);
  expect((await run(['nonsense'], lab.environment, lab.folder)).code).toBe(3);
});

test('completion knows every command and passes the shell', async () => {
  const { text } = await run(['completion', 'bash'], lab.environment, lab.folder);
  for (const word of ['plan', 'apply', '--detailed-exitcode', 'sandbox start', '--fault']) expect(text).toContain(word);
  const { stdout } = await promisify(execFile)('bash', [
    '-c',
    `${text}\nCOMP_WORDS=(ict power st); COMP_CWORD=2; _ict; echo "\${COMPREPLY[@]}"`,
  ]);
  expect(stdout.trim()).toBe('start stop');
});

test('without NO_COLOR or a terminal there is no colour; FORCE_COLOR asks for it', async () => {
  expect((await run(['validate'], lab.environment, lab.folder)).text).not.toContain('\u001b[');
  expect((await run(['validate'], { ...lab.environment, FORCE_COLOR: '1' }, lab.folder)).text).toContain('\u001b[');
  expect((await run(['validate'], { ...lab.environment, FORCE_COLOR: '1', NO_COLOR: '1' }, lab.folder)).text).not.toContain('\u001b[');
});
