import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { t } from '#schemas/text/text.ts';
import { startAptProxy } from '../packages/apt-proxy.ts';
import { type DebianMirrors, type DebianSuite, readDebianMirrors } from '../packages/apt-sources.ts';
import { addressOf } from '../backend/host-address.ts';
import type { HostBackend, HostFacts, HostRequest, PowerListener } from '../backend/host-backend.ts';
import { HostError } from '../backend/host-error.ts';
import { closeSite, openSite, sweepSites } from './host-site.ts';
import { cacheFolder, ensureImage, type ImageListener } from '../packages/image-cache.ts';
import { createIsolatedHost, type IsolatedHost } from './isolated-host.ts';
import { findScript } from '../machine/find-script.ts';
import { removeTree } from '../machine/run-tool.ts';

/** What isolated hosts are made with. */
export interface IsolatedOptions {
  /** A cgroup v2 folder this process may make folders in; as the probe found it. */
  readonly cgroupRoot: string;
  /** Keeps the hosts' files over restarts. Missing: they end with the backend. */
  readonly disksDir?: string;
  /** Images and packages; `ICT_CACHE_DIR` or the user's cache folder when missing. */
  readonly cacheDir?: string;
  readonly onProgress?: ImageListener;
}

/**
 * Hosts of systemd in Linux namespaces, for root and for users with subordinate ids. Ends what a killed sandbox has left behind
 * first. The image is made when the first host starts. Throws {@link HostError} when the machine is not fit; ask the probe first.
 */
export const createIsolatedBackend = async (options: IsolatedOptions): Promise<HostBackend> => {
  const { cgroupRoot, cacheDir = cacheFolder(), onProgress } = options;
  const script = findScript('run-host.sh');
  if (script === undefined) throw new HostError('no-image', t('The scripts of the sandbox are not installed.'));
  const mirrors = await readDebianMirrors();
  if (mirrors === undefined) throw new HostError('no-mirror', t('The apt sources of this machine name no mirror of Debian.'));
  await sweepSites(cgroupRoot);
  const site = await openSite(cgroupRoot);
  if (site === undefined) throw new HostError('tool-failed', t('No control group can be made in {0}.', cgroupRoot));
  const limit = await readHostLimit();
  const disksDir = options.disksDir ?? join(site.runDir, 'disks');
  let onPower: PowerListener = () => undefined;
  const closing = new AbortController();
  const images = createImages(mirrors, cacheDir, onProgress, closing.signal);
  const hosts = new Map<number, IsolatedHost>();
  const proxySocket = join(site.runDir, 'apt.sock');
  const proxy = await startAptProxy(proxySocket, join(cacheDir, 'apt'), mirrors);

  const hostOf = (request: HostRequest): IsolatedHost => {
    const known = hosts.get(request.serverId);
    if (known?.facts() !== undefined) return known;
    if (listFacts().length >= limit) {
      throw new HostError('too-many', t('This machine has room for {0} hosts (fs.inotify.max_user_instances).', limit));
    }
    // One erased before goes on under its number, so that a start waits for the end of the erasing.
    const host =
      known ??
      createIsolatedHost(request.serverId, {
        site,
        script,
        disk: join(disksDir, String(request.serverId)),
        onPower: (isOn) => onPower(request.serverId, isOn),
        findImage: () => images(suiteOf(request.image)),
        signal: closing.signal,
      });
    hosts.set(request.serverId, host);
    return host;
  };

  const listFacts = (): readonly HostFacts[] =>
    [...hosts.values()]
      .map((host) => host.facts())
      .filter((facts) => facts !== undefined)
      .sort((left, right) => left.serverId - right.serverId);
  // A host that was off when the sandbox started has files and nothing else.
  const eraseFiles = (serverId: number): Promise<void> =>
    hosts.get(serverId)?.erase() ?? removeTree(join(disksDir, String(serverId)), site.isRootless);

  return {
    name: 'isolated',
    async start(request) {
      if (!isLinux(request)) return { ip: request.address ?? addressOf(request.serverId) };
      return { ip: await hostOf(request).start(request) };
    },
    stop: async (serverId, isSoft) => hosts.get(serverId)?.stop(isSoft),
    reboot: async (serverId, isSoft) => hosts.get(serverId)?.reboot(isSoft),
    async rebuild(request) {
      const erased = eraseFiles(request.serverId);
      const started = isLinux(request) ? hostOf(request).start(request) : (request.address ?? addressOf(request.serverId));
      await erased;
      return { ip: await started };
    },
    delete: (serverId) => eraseFiles(serverId),
    list: listFacts,
    watchPower: (listener) => void (onPower = listener),
    async close() {
      closing.abort();
      await Promise.all([...hosts.values()].map((host) => host.stop(false)));
      await proxy.close();
      await closeSite(site);
    },
  };
};

/** Makes each image once per sandbox; a failed making is tried again by the next host. */
function createImages(mirrors: DebianMirrors, cacheDir: string, onProgress: ImageListener | undefined, signal: AbortSignal) {
  const made = new Map<DebianSuite, Promise<string>>();
  return (suite: DebianSuite): Promise<string> => {
    const known = made.get(suite);
    if (known !== undefined) return known;
    const image = ensureImage(suite, mirrors, onProgress, signal, cacheDir);
    made.set(suite, image);
    image.catch(() => made.delete(suite));
    return image;
  };
}

/** Every Linux is Debian here: 13 for images named so, 12 for the rest. */
function suiteOf(image: string): DebianSuite {
  return /debian\s*13|trixie/i.test(image) ? 'trixie' : 'bookworm';
}

/** Windows and BSD have an address where nothing answers. */
function isLinux({ adminUser, image }: HostRequest): boolean {
  return adminUser === 'root' && !/bsd/i.test(image);
}

/**
 * How many hosts this machine bears: systemd takes seven inotify instances per host, and who comes too late, on any host or on the
 * machine itself, goes without and often silently. Some are left to the user's other programs.
 */
const readHostLimit = async (): Promise<number> => {
  const text = await readFile('/proc/sys/fs/inotify/max_user_instances', 'utf8').catch(() => '128');
  return Math.max(1, Math.floor((Number(text) - LEFT_TO_OTHERS) / PER_HOST));
};

const PER_HOST = 7;
const LEFT_TO_OTHERS = 40;
