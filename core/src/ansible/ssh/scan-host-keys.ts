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

/** `[127.0.0.1]:2222 ssh-ed25519 AAAA…` → `ssh-ed25519 AAAA…`; comments left out, and whatever is no public key: the text is a host's. */
export const parseScan = (output: string): readonly string[] => [...new Set(output.split('\n').flatMap((line) => readKey(line)))].sort();

/** The key of a line; its own bytes name its type as well (RFC 4253, section 6.6). */
function readKey(line: string): readonly string[] {
  const [, type = '', blob = ''] = /^[^#\s]\S*\s+((?:ssh|ecdsa|sk)-[\w@.-]{1,60}) ([A-Za-z0-9+/]{1,4096}={0,2})\s*$/.exec(line) ?? [];
  const bytes = Buffer.from(blob, 'base64');
  const isKey = bytes.length > 4 && bytes.readUInt32BE(0) === type.length && bytes.toString('latin1', 4, 4 + type.length) === type;
  return isKey ? [`${type} ${blob}`] : [];
}
