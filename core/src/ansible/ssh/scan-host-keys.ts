import { isIP } from 'node:net';
import { execa } from 'execa';
import type { SshEndpoint } from '../../ports/ssh-hosts.ts';

/** Seconds that `ssh-keyscan` waits for each host. It asks all of them at the same time. */
const SCAN_SECONDS = 5;

/**
 * Public host keys of SSH servers, sorted, in the order of the endpoints; undefined where none answers. `ssh-keyscan` speaks the protocol
 * up to the keys, so an answer also says that SSH works there. Hosts of one port share one process. Rejects when aborted.
 */
export async function scanHostKeys(
  endpoints: readonly SshEndpoint[],
  signal: AbortSignal,
): Promise<readonly (readonly string[] | undefined)[]> {
  const scans = await Promise.all(
    listScans(endpoints).map(async ({ port, hosts }) =>
      [...(await scanPort(port, hosts, signal))].map(([host, keys]) => [`${port} ${host}`, keys] as const),
    ),
  );
  signal.throwIfAborted();
  const keysOf = new Map(scans.flat());
  return endpoints.map(({ ip, port }) => keysOf.get(`${port} ${ip.toLowerCase()}`));
}

/** A name of a host as DNS has it: in the list of `ssh-keyscan`, a comma or a slash would mean other hosts. */
const HOST_NAME = /^(?!-)[a-z\d.-]{1,253}$/i;

/**
 * Addresses of one port share a process. A name, which a user may have written into `ansible_host`, has one of its own: old versions end
 * at a name that does not resolve. Whatever is neither is not asked.
 */
function listScans(endpoints: readonly SshEndpoint[]): { readonly port: number; readonly hosts: readonly string[] }[] {
  const addresses = new Map<number, Set<string>>();
  const names = new Map<string, { readonly port: number; readonly hosts: readonly string[] }>();
  for (const { ip, port } of endpoints) {
    if (isIP(ip) !== 0) addresses.set(port, (addresses.get(port) ?? new Set()).add(ip));
    else if (HOST_NAME.test(ip)) names.set(`${port} ${ip}`, { port, hosts: [ip] });
  }
  return [...[...addresses].map(([port, hosts]) => ({ port, hosts: [...hosts] })), ...names.values()];
}

async function scanPort(port: number, hosts: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, readonly string[]>> {
  const { stdout } = await execa('ssh-keyscan', ['-T', String(SCAN_SECONDS), '-p', String(port), '-f', '-'], {
    reject: false,
    input: hosts.map((host) => `${host}\n`).join(''),
    cancelSignal: signal,
  });
  return parseScan(stdout);
}

/** A line of `known_hosts`: `[127.0.0.1]:2222 ssh-ed25519 AAAA…`, without the brackets for port 22. */
const LINE =
  /^(?:\[(?<inBrackets>[^\]\s]+)\]:\d+|(?<plain>[^#[\s]\S*))\s+(?<type>(?:ssh|ecdsa|sk)-[\w@.-]{1,60}) (?<blob>[A-Za-z0-9+/]{1,4096}={0,2})\s*$/;

/** Keys by host, `ssh-ed25519 AAAA…`, sorted and each once. Remarks are left out, and whatever is no public key: the text is a host's. */
export function parseScan(output: string): ReadonlyMap<string, readonly string[]> {
  const keys = new Map<string, Set<string>>();
  for (const line of output.split('\n')) {
    const { inBrackets, plain, type, blob } = LINE.exec(line)?.groups ?? {};
    const host = (inBrackets ?? plain)?.toLowerCase();
    if (host === undefined || type === undefined || blob === undefined || !isOfType(blob, type)) continue;
    const known = keys.get(host);
    if (known) known.add(`${type} ${blob}`);
    else keys.set(host, new Set([`${type} ${blob}`]));
  }
  return new Map([...keys].map(([host, found]) => [host, [...found].sort()]));
}

/** A key's own bytes name its type as well (RFC 4253, section 6.6). */
function isOfType(blob: string, type: string): boolean {
  const bytes = Buffer.from(blob, 'base64');
  return bytes.length > 4 && bytes.readUInt32BE(0) === type.length && bytes.toString('latin1', 4, 4 + type.length) === type;
}
