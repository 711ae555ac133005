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
  const ports = [...new Set(endpoints.map(({ port }) => port))];
  const found = await Promise.all(
    ports.map(async (port) => {
      const hosts = endpoints.filter((endpoint) => endpoint.port === port && isIP(endpoint.ip) !== 0);
      return [port, await scanPort(port, [...new Set(hosts.map(({ ip }) => ip))], signal)] as const;
    }),
  );
  signal.throwIfAborted();
  const keysOf = new Map(found);
  return endpoints.map(({ ip, port }) => keysOf.get(port)?.get(ip.toLowerCase()));
}

/** Only addresses: in its list, a comma or a slash would mean other hosts, and old versions end at a name that does not resolve. */
async function scanPort(port: number, ips: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, readonly string[]>> {
  if (ips.length === 0) return new Map();
  const { stdout } = await execa('ssh-keyscan', ['-T', String(SCAN_SECONDS), '-p', String(port), '-f', '-'], {
    reject: false,
    input: ips.map((ip) => `${ip}\n`).join(''),
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
