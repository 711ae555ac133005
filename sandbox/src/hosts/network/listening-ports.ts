import { readFile } from 'node:fs/promises';

/**
 * TCP ports something listens on for others than its own machine, in the network of a process; sorted, each once. Empty when the process
 * is gone. One that only listens on IPv6 counts too.
 */
export const readListeningPorts = async (pid: number): Promise<readonly number[]> => {
  const read = (name: string): Promise<string> => readFile(`/proc/${pid}/net/${name}`, 'utf8').catch(() => '');
  return findListeningPorts(...(await Promise.all([read('tcp'), read('tcp6')])));
};

/** The same over the texts of `/proc/net/tcp` and `tcp6` (proc_net_tcp in the kernel's documentation). */
export const findListeningPorts = (...tables: readonly string[]): readonly number[] => {
  const ports = new Set<number>();
  for (const line of tables.flatMap((table) => table.split('\n'))) {
    const [, address, port, state] = LINE.exec(line) ?? [];
    if (address === undefined || port === undefined || state !== LISTEN || isLoopback(address)) continue;
    ports.add(Number.parseInt(port, 16));
  }
  return [...ports].sort((one, other) => one - other);
};

const LINE = /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) [0-9A-F]+:[0-9A-F]{4} ([0-9A-F]{2}) /;
const LISTEN = '0A';

/** Addresses stand there as words of 32 bits in the machine's own order, which is the little one wherever this runs. */
function isLoopback(address: string): boolean {
  if (address.length === 8) return address.endsWith('7F');
  return address === `${'0'.repeat(24)}01000000` || (address.startsWith(`${'0'.repeat(16)}FFFF0000`) && address.endsWith('7F'));
}
