import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import * as z from 'zod';

/** `sandbox.json` in the state folder: how to reach the sandbox that works over it. Readable by its owner only. */
export const sandboxFile = z.object({
  version: z.literal(1),
  endpoint: z.string(),
  /** Stays the same over restarts, so that a stored login goes on working. */
  token: z.string(),
  /** Process of the sandbox; null after it has stopped. */
  pid: z.int().nullable(),
});
export type SandboxFile = z.output<typeof sandboxFile>;

const pathIn = (stateDir: string): string => join(stateDir, 'sandbox.json');

/** Undefined when there is none, or when it is not ours. */
export const readSandboxFile = async (stateDir: string): Promise<SandboxFile | undefined> => {
  try {
    return sandboxFile.parse(JSON.parse(await readFile(pathIn(stateDir), 'utf8')));
  } catch {
    return undefined;
  }
};

export const writeSandboxFile = async (stateDir: string, content: SandboxFile): Promise<void> => {
  await mkdir(stateDir, { recursive: true, mode: 0o700 });
  await writeFileAtomic(pathIn(stateDir), `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
};
