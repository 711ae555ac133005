import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundleOf } from '../../scripts/bundles.mjs';

// Beside node_modules and l10n, one folder below the root, as dist/ is.
const root = process.cwd();
let folder = '';

beforeAll(async () => {
  mkdirSync('.tsbuild', { recursive: true });
  folder = mkdtempSync(join(root, '.tsbuild', 'crash-'));
  // As they are shipped: minified.
  const shipped = (name: 'cli' | 'server') => build({ ...bundleOf(name, join(folder, `${name}.js`)), minify: true });
  await Promise.all([shipped('cli'), shipped('server')]);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a bundle after a script that breaks something under it. */
function crash(program: string, sabotage: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  const preload = join(folder, 'sabotage.cjs');
  writeFileSync(preload, sabotage);
  const { status, stderr } = spawnSync(process.execPath, ['--require', preload, join(folder, program), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], ...environment },
    input: '',
  });
  return { status, stderr, lines: stderr.split('\n') };
}

/** Fails where main.ts of either program begins its work. */
const breakStart = `process.stdout.on = process.once = () => { throw new RangeError('sabotage'); };`;

describe.each(['cli', 'server'])('%s fails where nobody catches it', (name) => {
  test('its stack names TypeScript, and the bundle is not printed', () => {
    const { status, lines } = crash(`${name}.js`, breakStart, []);
    expect(status).toBe(1);
    expect(lines[0]).toBe('RangeError: sabotage');
    expect(lines.join('\n')).toContain(`at ${join(root, name, 'src/main.ts')}:`);
    // The minified bundle is one long line.
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(400);
  });

  test('without its map, as in a package, the stack names the bundle', () => {
    const map = join(folder, `${name}.js.map`);
    const sabotage = `const fs = require('fs'); const { existsSync } = fs; fs.existsSync = (path) => path !== ${JSON.stringify(map)} && existsSync(path);`;
    const { status, stderr } = crash(`${name}.js`, `${sabotage}\n${breakStart}`, []);
    expect(status).toBe(1);
    expect(stderr).toContain(`${name}.js:`);
    expect(stderr).not.toContain('main.ts');
  });
});

test('a bug of ict within a command names TypeScript functions and files with ICT_LOG=debug', () => {
  const sabotage = `require('fs').promises.stat = () => { throw new RangeError('sabotage'); };`;
  const { stderr } = crash('cli.js', sabotage, ['validate', 'infra.yaml'], { ICT_LOG: 'debug' });
  expect(stderr).toContain('RangeError: sabotage');
  expect(stderr).toMatch(/ at findInfraFile \(.*find-infra-file\.ts:\d+:\d+\)/);
});

test('what a message hides is shown', () => {
  const sabotage = String.raw`process.stdout.on = () => { throw new RangeError('red \u001b[31m'); };`;
  const { lines } = crash('cli.js', sabotage, []);
  expect(lines[0]).toBe(String.raw`RangeError: red \x1b[31m`);
});
