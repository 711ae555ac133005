import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Debian's mirrors as the machine itself uses them; URLs without a slash at the end. */
export interface DebianMirrors {
  readonly main: string;
  /** Where security updates come from; undefined when the machine has none. */
  readonly security: string | undefined;
}

/** Suites the hosts' images are made of. */
export type DebianSuite = 'bookworm' | 'trixie';

/** Mirrors in the machine's apt sources; undefined when there is none of Debian. `folder` is `/etc/apt`. */
export const readDebianMirrors = async (folder = '/etc/apt'): Promise<DebianMirrors | undefined> => {
  const parts = join(folder, 'sources.list.d');
  const names = (await readdir(parts).catch(() => [])).sort((one, other) => (one < other ? -1 : 1)).map((name) => join(parts, name));
  const paths = [join(folder, 'sources.list'), ...names].filter((path) => /\.(list|sources)$/.test(path));
  const texts = await Promise.all(paths.map((path) => readFile(path, 'utf8').catch(() => '')));
  return findDebianMirrors(paths.map((path, index) => ({ path, text: texts[index] ?? '' })));
};

/** The same over texts of files: `.list` in one line each, `.sources` in fields (sources.list(5)). */
export const findDebianMirrors = (files: readonly { readonly path: string; readonly text: string }[]): DebianMirrors | undefined => {
  const entries = files.flatMap(({ path, text }) => (path.endsWith('.sources') ? parseFields(text) : parseLines(text))).filter(isDebian);
  const security = entries.find(({ uri, suite }) => isSecurity(uri, suite))?.uri;
  const main = entries.find(({ uri, suite }) => !isSecurity(uri, suite))?.uri;
  return main === undefined ? undefined : { main, security };
};

/** Lines of a `sources.list` for an image. */
export const writeSources = ({ main, security }: DebianMirrors, suite: DebianSuite): readonly string[] => [
  `deb ${main} ${suite} main`,
  `deb ${main} ${suite}-updates main`,
  ...(security === undefined ? [] : [`deb ${security} ${suite}-security main`]),
];

interface Entry {
  readonly uri: string;
  readonly suite: string;
  readonly components: readonly string[];
}

function parseLines(text: string): Entry[] {
  return text.split('\n').flatMap((line) => {
    const [, uri, suite, components] = /^deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)\s+([^#]*)/.exec(line) ?? [];
    if (uri === undefined || suite === undefined || components === undefined) return [];
    return [{ uri: uri.replace(/\/+$/, ''), suite, components: components.trim().split(/\s+/) }];
  });
}

function parseFields(text: string): Entry[] {
  const stanzas = text.replaceAll(/^#.*\n/gm, '').split(/\n\s*\n/);
  return stanzas.flatMap((stanza) => {
    const field = (name: string): string[] => new RegExp(`^${name}:(.*)$`, 'im').exec(stanza)?.[1]?.trim().split(/\s+/) ?? [];
    if (!field('Types').includes('deb') || field('Enabled')[0] === 'no') return [];
    const components = field('Components');
    return field('URIs').flatMap((uri) => field('Suites').map((suite) => ({ uri: uri.replace(/\/+$/, ''), suite, components })));
  });
}

/** Others name their suites after Debian's as well; a mirror of Debian itself ends so. */
function isDebian({ uri, suite, components }: Entry): boolean {
  const isMirror = /^https?:\/\/.*\/debian(-security)?$/.test(uri);
  return isMirror && /^(bullseye|bookworm|trixie|forky|sid|(old)?stable|testing)\b/.test(suite) && components.includes('main');
}

const isSecurity = (uri: string, suite: string): boolean => uri.includes('security') || /-security$|\/updates$/.test(suite);
