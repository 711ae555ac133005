// Makes the VSIX: builds, collects the licences of what is bundled, packs. vsce is fetched for this run only: it is large.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * @param {string} command
 * @param {readonly string[]} args
 */
const run = (command, args) => {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  if (status !== 0) process.exit(status ?? 1);
};

run(process.execPath, ['scripts/build.mjs']);
writeFileSync('THIRD-PARTY-NOTICES.txt', collectNotices());
run('npx', [
  '--yes',
  '@vscode/vsce@3.9.2',
  'package',
  '--no-dependencies',
  '--allow-missing-repository',
  '--no-rewrite-relative-links',
  '--out',
  'ict.vsix',
]);

/** Licence texts of every package that can end up in a bundle: the dependencies and theirs. */
function collectNotices() {
  const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  const parts = [];
  for (const [path, { dev, version, license }] of Object.entries(packages)) {
    if (path === '' || dev) continue;
    const text = ['LICENSE', 'LICENSE.md', 'LICENSE.txt', 'License.txt', 'license', 'license.md', 'LICENCE']
      .map((name) => read(`${path}/${name}`))
      .find((found) => found !== undefined);
    parts.push(`${path.replace(/^.*node_modules\//, '')} ${version} (${license ?? 'see below'})\n\n${text?.trim() ?? ''}\n`);
  }
  return `1cloud ict contains these packages.\n\n${parts.join('\n--------\n\n')}`;
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
