import { readdir, stat } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { isInfraFileName } from '#schemas/infra/infra-file.ts';
import { t } from '#schemas/text/text.ts';
import { UsageError } from '../terminal/host.ts';

/** Folders nobody keeps infra files in; and a bound, so that a home folder is not searched for minutes. */
const skipped = new Set(['node_modules', '.git', '.ict', '.venv', '__pycache__']);
const MAX_DEPTH = 8;
const MAX_FOLDERS = 5000;

/**
 * Finds the infra file a command means: a path, a folder that holds one, a NAME (`NAME.infra.yaml` somewhere below the
 * current folder, as the earlier ict did), or without a word the one file of the current folder.
 */
export async function findInfraFile(cwd: string, word: string | undefined): Promise<string> {
  if (word === undefined) return findInFolder(cwd, cwd);
  const path = resolve(cwd, word);
  const info = await stat(path).catch(() => undefined);
  if (info?.isDirectory()) return findInFolder(path, cwd);
  if (info) return path;
  if (/[\\/]|\.ya?ml$/i.test(word)) throw new UsageError(t('There is no file {0}.', word));
  const found = await findByName(cwd, word);
  const [first] = found;
  if (first === undefined) throw new UsageError(t('There is no file {0} and no {0}.infra.yaml below this folder.', word));
  if (found.length > 1)
    throw new UsageError(
      t('Several files are called {0}.infra.yaml: {1}. Name the path of one.', word, found.map((file) => relative(cwd, file)).join(', ')),
    );
  return first;
}

async function findInFolder(folder: string, cwd: string): Promise<string> {
  const names = (await readdir(folder)).filter(isInfraFileName).sort();
  const plain = names.find((name) => /^infra\.ya?ml$/i.test(name));
  const chosen = plain ?? (names.length === 1 ? names[0] : undefined);
  if (chosen !== undefined) return join(folder, chosen);
  if (names.length > 1) throw new UsageError(t('Several infra files are here: {0}. Name one.', names.join(', ')));
  const where = relative(cwd, folder) || '.';
  throw new UsageError(t('There is no infra file in {0}. Name one, or create infra.yaml.', where));
}

async function findByName(root: string, name: string): Promise<string[]> {
  const wanted = new Set([`${name}.infra.yaml`, `${name}.infra.yml`]);
  const found: string[] = [];
  let folders = [root];
  let seen = 0;
  for (let depth = 0; depth < MAX_DEPTH && folders.length > 0 && seen < MAX_FOLDERS; depth++) {
    const next: string[] = [];
    for (const folder of folders) {
      seen++;
      const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
      for (const entry of entries) {
        if (entry.isDirectory() && !skipped.has(entry.name)) next.push(join(folder, entry.name));
        else if (entry.isFile() && wanted.has(entry.name)) found.push(join(folder, entry.name));
      }
    }
    folders = next;
  }
  return found.sort();
}
