import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { parseScan, scanHostKeys } from './scan-host-keys.ts';

/** A public key of a type: its bytes begin with the type's name. */
const key = (type: string): string => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(type.length);
  return `${type} ${Buffer.concat([length, Buffer.from(`${type} and more`)]).toString('base64')}`;
};

describe('ssh-keyscan said', () => {
  const [rsa, ed25519] = [key('ssh-rsa'), key('ssh-ed25519')];
  test.each<[string, string, Record<string, readonly string[]>]>([
    ['several keys, sorted, each once', `h ${rsa}\nh ${ed25519}\nh ${rsa}\n`, { h: [ed25519, rsa] }],
    ['several hosts, mixed', `a ${rsa}\nb ${rsa}\na ${ed25519}\n`, { a: [ed25519, rsa], b: [rsa] }],
    ['another port', `[127.0.0.1]:2222 ${key('ecdsa-sha2-nistp256')}\r\n`, { '127.0.0.1': [key('ecdsa-sha2-nistp256')] }],
    ['IPv6', `fe80::1 ${rsa}\n[::1]:2222 ${ed25519}\n`, { 'fe80::1': [rsa], '::1': [ed25519] }],
    ['keys on hardware', `h ${key('sk-ssh-ed25519@openssh.com')}\n`, { h: [key('sk-ssh-ed25519@openssh.com')] }],
    ['keys whose bytes say something else', `h ssh-rsa ${ed25519.split(' ')[1]}\nh ssh-rsa AAAA\nh @cert-authority ${rsa}\n`, {}],
    ['remarks and what is cut off', `# h:22 SSH-2.0-OpenSSH_9.2\n\nh ssh-ed25519\n[h ${rsa}\n`, {}],
    ['nothing', '', {}],
  ])('%s', (_reason, output, keys) => {
    expect(Object.fromEntries(parseScan(output))).toEqual(keys);
  });
});

describe.skipIf(process.platform === 'win32')('a scan', () => {
  let folder = '';
  const keys = [key('ssh-ed25519')];
  // Answers for every host but those that end in 9, and notes each start with its arguments and its list.
  const program = `#!/bin/sh
hosts=$(cat)
echo "$* :" $hosts >> "$SCAN_LOG"
port=$4
for host in $hosts; do
  case $host in *9) echo "# $host: no answer" ;; *) echo "[$host]:$port ${key('ssh-ed25519')}" ;; esac
done
exit 1
`;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ict-scan-'));
    await writeFile(join(folder, 'ssh-keyscan'), program);
    await chmod(join(folder, 'ssh-keyscan'), 0o755);
    vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH'] ?? ''}`);
    vi.stubEnv('SCAN_LOG', join(folder, 'log'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });
  const scan = (endpoints: readonly string[], signal = new AbortController().signal) =>
    scanHostKeys(
      endpoints.map((text) => ({ ip: text.slice(0, text.lastIndexOf(' ')), port: Number(text.slice(text.lastIndexOf(' ') + 1)) })),
      signal,
    );
  const started = async (): Promise<readonly string[]> => (await readFile(join(folder, 'log'), 'utf8')).trim().split('\n').sort();

  test('of many hosts starts one process for each port, and keeps answers and silence apart', async () => {
    const found = await scan(['10.0.0.1 22', '10.0.0.9 22', '127.0.0.1 2201', '10.0.0.2 22', '127.0.0.1 2209']);
    expect(found).toEqual([keys, undefined, keys, keys, keys]);
    expect(await started()).toEqual([
      '-T 5 -p 22 -f - : 10.0.0.1 10.0.0.9 10.0.0.2',
      '-T 5 -p 2201 -f - : 127.0.0.1',
      '-T 5 -p 2209 -f - : 127.0.0.1',
    ]);
  });

  test('of the same host for two servers asks once and answers both', async () => {
    expect(await scan(['10.0.0.1 22', '10.0.0.1 22'])).toEqual([keys, keys]);
    expect(await started()).toEqual(['-T 5 -p 22 -f - : 10.0.0.1']);
  });

  test('finds an IPv6 address whatever the case of its letters', async () => {
    expect(await scan(['FE80::1 22'])).toEqual([keys]);
  });

  test('does not hand over what is no address: a network or a list would be other hosts', async () => {
    expect(await scan(['10.0.0.0/8 22', '10.0.0.1,10.0.0.2 22', '10.0.0.3\n10.0.0.4 22', '-H 22', '10.0.0.1 22'])).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      keys,
    ]);
    expect(await started()).toEqual(['-T 5 -p 22 -f - : 10.0.0.1']);
  });

  test('asks a host by the name that a user gave it, in a process of its own', async () => {
    expect(await scan(['10.0.0.1 22', 'db.Example.org 22', '10.0.0.2 22'])).toEqual([keys, keys, keys]);
    expect((await started()).toSorted()).toEqual(['-T 5 -p 22 -f - : 10.0.0.1 10.0.0.2', '-T 5 -p 22 -f - : db.Example.org']);
  });

  test('of nothing starts nothing', async () => {
    expect(await scan([])).toEqual([]);
    expect(await scan(['10.0.0.0/8 22'])).toEqual([undefined]);
    await expect(started()).rejects.toThrow('ENOENT');
  });

  test('ends when it is aborted', async () => {
    await expect(scan(['10.0.0.1 22'], AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });

  test('without ssh-keyscan finds no host', async () => {
    await rm(join(folder, 'ssh-keyscan'));
    vi.stubEnv('PATH', folder);
    expect(await scan(['10.0.0.1 22'])).toEqual([undefined]);
  });
});
