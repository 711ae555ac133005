import { expect, test } from 'vitest';
import { findListeningPorts, readListeningPorts } from './listening-ports.ts';

const line = (address: string, port: string, state = '0A'): string =>
  `   0: ${address}:${port} ${'0'.repeat(address.length)}:0000 ${state} 00000000:00000000 00:00000000 00000000     0        0 1 1 0 100 0 0 10 0`;
const any6 = '0'.repeat(32);

test.each<[reason: string, tables: string[], ports: number[]]>([
  ['nothing', ['', ''], []],
  ['the heading alone', ['  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode\n'], []],
  ['all addresses', [line('00000000', '0050')], [80]],
  ['all addresses of IPv6', ['', line(any6, '01BB')], [443]],
  ['both kinds: once', [line('00000000', '0050'), line(any6, '0050')], [80]],
  ['one address', [line('0200640A', '1F90')], [8080]],
  ['127.0.0.1', [line('0100007F', '238C')], []],
  ['127.0.0.53', [line('3500007F', '0035')], []],
  ['::1', ['', line(`${'0'.repeat(24)}01000000`, '1538')], []],
  ['::ffff:127.0.0.1', ['', line(`${'0'.repeat(16)}FFFF00000100007F`, '1538')], []],
  ['::ffff:10.100.0.2', ['', line(`${'0'.repeat(16)}FFFF00000200640A`, '1538')], [5432]],
  ['a connection, no listener', [line('0200640A', '0016', '01')], []],
  ['out of order', [`${line('00000000', '1F90')}\n${line('00000000', '0016')}\n`], [22, 8080]],
])('%s', (_reason, tables, ports) => {
  expect(findListeningPorts(...tables)).toEqual(ports);
});

test('a process that is gone listens nowhere', async () => {
  expect(await readListeningPorts(2 ** 30)).toEqual([]);
});
