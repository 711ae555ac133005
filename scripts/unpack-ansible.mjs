// Unpacks Debian 13's ansible-core into the cache folder, for tests beside the machine's own; nothing is installed. Prints the folder.
// It runs by Debian 12's Python: PYTHONPATH=FOLDER/usr/lib/python3/dist-packages /usr/bin/python3 FOLDER/usr/bin/ansible-playbook
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { loadTs } from './load-ts.mjs';

const SUITE = 'trixie';
const VERSION = '2.19';

const cache = process.env.ICT_CACHE_DIR ?? envPaths('ict', { suffix: '' }).cache;
const target = join(cache, `ansible-core-${VERSION}`);
if (!existsSync(target)) {
  const { readDebianMirrors } = await loadTs('sandbox/src/hosts/packages/apt-sources.ts');
  const mirrors = await readDebianMirrors();
  if (mirrors === undefined) throw new Error('the apt sources of this machine name no mirror of Debian');
  mkdirSync(cache, { recursive: true });
  const work = mkdtempSync(join(cache, 'unpack-'));
  try {
    unpack(work, mirrors.main);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}
console.log(target);

/**
 * An apt of its own: sources, lists and state are not the machine's.
 * @param {string} work
 * @param {string} mirror
 */
function unpack(work, mirror) {
  for (const folder of ['lists/partial', 'archives/partial', 'root']) mkdirSync(join(work, folder), { recursive: true });
  const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
  writeFileSync(join(work, 'sources.list'), `deb [signed-by=${keyring}] ${mirror} ${SUITE} main\n`);
  writeFileSync(join(work, 'status'), '');
  const options = {
    'Dir::Etc::SourceList': join(work, 'sources.list'),
    'Dir::Etc::SourceParts': '/dev/null',
    'Dir::State::Lists': join(work, 'lists'),
    'Dir::State::status': join(work, 'status'),
    'Dir::Cache': work,
    'Acquire::Languages': 'none',
    'APT::Sandbox::User': '',
  };
  const words = Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
  /**
   * @param {string} program
   * @param {readonly string[]} args
   */
  const run = (program, args) => execFileSync(program, args, { cwd: work, stdio: ['ignore', 'ignore', 'inherit'] });
  run('apt-get', [...words, '-qq', 'update']);
  run('apt-get', [...words, '-qq', 'download', 'ansible-core']);
  const archive = readdirSync(work).find((name) => name.endsWith('.deb'));
  if (archive === undefined || !archive.startsWith(`ansible-core_${VERSION}.`)) throw new Error(`not ansible-core ${VERSION}: ${archive}`);
  run('dpkg-deb', ['--extract', archive, 'root']);
  try {
    renameSync(join(work, 'root'), target);
  } catch (error) {
    // Another test's process was faster.
    if (!existsSync(target)) throw error;
  }
}
