import { createHash } from 'node:crypto';
import { lstat, mkdir, readdir, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** Folder for the sockets of kept SSH connections of one project: its own, so that they can all be closed, and short. */
export function toControlPathDir(folderOfFile: string): string {
  const name = createHash('sha256').update(folderOfFile).digest('hex').slice(0, 10);
  return join(process.env['XDG_RUNTIME_DIR'] ?? tmpdir(), `ict-${process.getuid?.() ?? 0}-${name}`);
}

/** Makes the folder, before somebody keeps connections. It belongs to this user alone; one that somebody else made is refused. */
export async function openControlPathDir(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const info = await lstat(path);
  if (!info.isDirectory() || (process.getuid && info.uid !== process.getuid())) throw new Error(`${path} belongs to somebody else`);
}

/** Ends the kept connections: a connection that lives on skips the check of the host key altogether. The folder goes too when it is empty. */
export async function closeConnections(controlPathDir: string): Promise<void> {
  const sockets = await readdir(controlPathDir).catch(() => []);
  await Promise.all(
    sockets.map((name) =>
      // The host's name is not looked at when a control socket is given.
      execa('ssh', ['-O', 'exit', '-o', `ControlPath=${join(controlPathDir, name)}`, 'host'], { reject: false, stdin: 'ignore' }),
    ),
  );
  // Not with what is in it: somebody may have made a connection meanwhile.
  await rmdir(controlPathDir).catch(() => undefined);
}
