import { createHash } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import envPaths from 'env-paths';
import { t } from '#schemas/text/text.ts';
import type { DebianMirrors, DebianSuite } from './apt-sources.ts';
import { writeSources } from './apt-sources.ts';
import { findScript } from '../machine/find-script.ts';
import { HostError } from '../backend/host-error.ts';
import { runTool } from '../machine/run-tool.ts';

/** How far the making of an image is. `waiting`: another sandbox is making it. */
export type ImageStep = 'waiting' | 'downloading' | 'installing' | 'unpacking' | 'ready';

/** Hears of the making of images; a cached image is `ready` at once. */
export type ImageListener = (progress: { readonly suite: DebianSuite; readonly step: ImageStep }) => void;

/** `ICT_CACHE_DIR`, or the cache folder of the user: images and packages, safe to delete when no sandbox runs. */
export const cacheFolder = (environment: NodeJS.ProcessEnv = process.env): string =>
  environment['ICT_CACHE_DIR'] ?? envPaths('ict', { suffix: '' }).cache;

/**
 * Path of a suite's root file system, made when it is not in the cache yet or not whole. Named after the script that makes it, so a
 * changed script makes a new one. Several sandboxes may ask at once: one makes it, the others wait. Throws {@link HostError}
 * `no-image`, or `closed` after an abort.
 */
export const ensureImage = async (
  suite: DebianSuite,
  mirrors: DebianMirrors,
  onProgress: ImageListener = () => undefined,
  signal?: AbortSignal,
  cacheDir: string = cacheFolder(),
): Promise<string> => {
  const script = findScript('build-image.sh');
  if (script === undefined) throw new HostError('no-image', t('The scripts of the sandbox are not installed.'));
  const hash = createHash('sha256')
    .update(await readFile(script))
    .digest('hex')
    .slice(0, 12);
  // Root's image and a user's differ in the ids of their files.
  const owner = process.getuid?.() === 0 ? '' : '-user';
  const folder = join(cacheDir, 'images', `${suite}-${hash}${owner}`);
  await mkdir(join(cacheDir, 'images'), { recursive: true });
  const onLine = (line: string): void => {
    const step = stepOf(line);
    if (step !== undefined) onProgress({ suite, step });
  };
  onProgress({ suite, step: 'waiting' });
  try {
    // The lock goes with the process that holds it, however it ends.
    await runTool('flock', [`${folder}.lock`, 'bash', script, suite, folder, ...writeSources(mirrors, suite)], { onLine }, signal);
  } catch (error) {
    if (signal?.aborted === true) throw new HostError('closed', t('The sandbox is stopping.'), error);
    if (!(error instanceof HostError)) throw error;
    throw new HostError('no-image', t('The image of {0} could not be made. {1}', `Debian ${suite}`, error.problem), error);
  }
  onProgress({ suite, step: 'ready' });
  return join(folder, 'root');
};

/** What a line of mmdebstrap, or of our script, begins. */
function stepOf(line: string): ImageStep | undefined {
  if (/^I: (running apt-get update|downloading)/.test(line)) return 'downloading';
  if (/^I: (extracting|installing)/.test(line)) return 'installing';
  return line === 'image: unpacking' ? 'unpacking' : undefined;
}
