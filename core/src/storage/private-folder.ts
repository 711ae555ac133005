import { chmod, mkdir, stat } from 'node:fs/promises';

/**
 * Makes a folder for files about runs: only its owner may look into it, whatever the umask. One that is there already loses the
 * permissions of others, where we may take them.
 */
export async function makePrivateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  // Windows has no mode bits.
  if (process.platform === 'win32') return;
  const { mode } = await stat(path);
  if ((mode & 0o777) !== 0o700) await chmod(path, 0o700).catch(() => undefined);
}
