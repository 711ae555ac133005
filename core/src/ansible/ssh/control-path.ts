import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/**
 * Folder for the sockets of kept SSH connections of one project: its own, so that they can all be closed, and short. It
 * belongs to this user alone; a folder of that name that somebody else made is refused.
 */
export async function openControlPathDir(folderOfFile: string): Promise<string> {
  const name = createHash('sha256').update(folderOfFile).digest('hex').slice(0, 10);
  const path = join(process.env['XDG_RUNTIME_DIR'] ?? tmpdir(), `ict-${process.getuid?.() ?? 0}-${name}`);
  await mkdir(path, { recursive: true, mode: 0o700 });
  const info = await lstat(path);
  if (!info.isDirectory() || (process.getuid && info.uid !== process.getuid())) throw new Error(`${path} belongs to somebody else`);
  return path;
}

/** Ends the kept connections: a connection that lives on skips the check of the host key altogether. */
export async function closeConnections(controlPathDir: string): Promise<void> {
  const sockets = await readdir(controlPathDir).catch(() => []);
  await Promise.all(
    sockets.map((name) =>
      // The host's name is not looked at when a control socket is given.
      execa('ssh', ['-O', 'exit', '-o', `ControlPath=${join(controlPathDir, name)}`, 'host'], { reject: false, stdin: 'ignore' }),
    ),
  );
}
