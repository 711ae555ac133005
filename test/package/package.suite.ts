import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { ourExtension } from '../extension/helpers/extension.ts';

/** What the Marketplace calls large begins far above; this is what a slow line bears. */
const MAX_BYTES = 2 * 1024 * 1024;

// The packed extension, as VS Code has installed it.
suite('the package', () => {
  const home = (): string => ourExtension().extensionPath;
  const files = (): string[] =>
    readdirSync(home(), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(home().length + 1));
  const read = (name: string): string => readFileSync(join(home(), name), 'utf8');

  test('is installed, not the working tree', () => {
    assert.notEqual(home(), process.env['ICT_TEST_ROOT']);
  });

  test('is small', () => {
    const size = statSync(process.env['ICT_TEST_VSIX'] ?? '').size;
    assert.ok(size < MAX_BYTES, `${size} bytes`);
  });

  test('has no native modules, no packages and no install scripts', () => {
    assert.deepEqual(
      files().filter((name) => name.endsWith('.node') || name.startsWith('node_modules')),
      [],
    );
    const { scripts = {} } = JSON.parse(read('package.json')) as { scripts?: Record<string, string> };
    assert.deepEqual(
      Object.keys(scripts).filter((name) => /install|prepare/.test(name)),
      [],
    );
  });

  test('has no sources, tests or maps', () => {
    assert.deepEqual(
      files().filter((name) => /\.(ts|map|tsbuildinfo)$|(^|\/)(test|scripts|\.tsbuild)\//.test(name)),
      [],
    );
  });

  for (const name of [
    'dist/extension.js',
    'dist/language-client.js',
    'dist/lazy-modules.js',
    'dist/server.js',
    'dist/cli.js',
    'package.nls.json',
    'package.nls.ru.json',
    'l10n/bundle.l10n.ru.json',
    'docs/reference/diagnostics.md',
    'docs/reference/diagnostics.ru.md',
  ])
    test(`holds ${name}`, () => assert.ok(read(name).length > 0));

  test('holds the playbooks and what makes the hosts of the sandbox', () => {
    const there = new Set(files().map((name) => name.split('/').slice(0, 2).join('/')));
    const root = process.env['ICT_TEST_ROOT'] ?? '';
    for (const name of readdirSync(join(root, 'playbooks')).filter((one) => one.endsWith('.yml')))
      assert.ok(there.has(`playbooks/${name}`), name);
    for (const name of readdirSync(join(root, 'sandbox', 'images'))) assert.ok(files().includes(`dist/images/${name}`), name);
  });

  test('names every package that is bundled, with its licence', () => {
    const notices = read('THIRD-PARTY-NOTICES.txt');
    const { dependencies } = JSON.parse(readFileSync(join(process.env['ICT_TEST_ROOT'] ?? '', 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    for (const [name, version] of Object.entries(dependencies)) assert.ok(notices.includes(`${name} ${version} (`), name);
    assert.match(notices, /Permission is hereby granted/);
  });
});
