import { execa } from 'execa';
import type { SshEndpoint } from '../../ports/ssh-hosts.ts';

/** Seconds that one look may take. */
const SCAN_SECONDS = 5;

/**
 * Public host keys of an SSH server, sorted; undefined while none answers. `ssh-keyscan` speaks the protocol up to the keys,
 * so an answer also says that SSH works there.
 */
export async function scanHostKeys(endpoint: SshEndpoint, signal: AbortSignal): Promise<readonly string[] | undefined> {
  const { ip, port } = endpoint;
  const result = await execa('ssh-keyscan', ['-T', String(SCAN_SECONDS), '-p', String(port), '--', ip], {
    reject: false,
    stdin: 'ignore',
    cancelSignal: signal,
  });
  signal.throwIfAborted();
  const keys = parseScan(result.stdout);
  return keys.length === 0 ? undefined : keys;
}

/** `[127.0.0.1]:2222 ssh-ed25519 AAAA…` → `ssh-ed25519 AAAA…`; comments left out. */
export const parseScan = (output: string): readonly string[] =>
  [...new Set(output.split('\n').flatMap((line) => (/^[^#\s]\S*\s+([\w@.-]+ [A-Za-z0-9+/=]+)\s*$/.exec(line) ?? []).slice(1)))].sort();
