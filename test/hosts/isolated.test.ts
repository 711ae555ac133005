import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HostBackend, HostFacts } from '#sandbox/hosts/backend/host-backend.ts';
import { createIsolatedBackend } from '#sandbox/hosts/isolated/isolated-backend.ts';
import { probeIsolated } from '#sandbox/hosts/isolated/probe-isolated.ts';
import { type Client, createClient, hostRequest, listTraces } from './host-lab.ts';

const probe = await probeIsolated();
const why = probe.kind === 'available' ? 'root or rootless' : `skipped: ${JSON.stringify(probe.reason)}`;
const cgroupRoot = probe.kind === 'available' ? probe.found.cgroupRoot : '';

describe.skipIf(probe.kind === 'unavailable')(`isolated hosts (${why})`, { timeout: 300_000 }, () => {
  let client: Client;
  let backend: HostBackend;
  const factsOf = (serverId: number): HostFacts => {
    const facts = backend.list?.().find((one) => one.serverId === serverId);
    if (facts === undefined) throw new Error(`no host ${serverId}`);
    return facts;
  };
  const ssh = (serverId: number, ...command: string[]): Promise<string> => client.ssh(factsOf(serverId), ...command);

  beforeAll(async () => {
    client = await createClient();
    backend = await createIsolatedBackend({ cgroupRoot });
    // The image, when it is not in the cache, is made here.
    await Promise.all([950_001, 950_002, 950_003].map(async (id) => backend.start(hostRequest(id, client.publicKey))));
  }, 300_000);
  afterAll(async () => {
    await backend.close();
    await client.close();
    expect(await listTraces(`ict-hosts-${process.pid}-`, cgroupRoot)).toEqual([]);
  });

  test('each answers as root at its own address with its own key', async () => {
    const names = await Promise.all([950_001, 950_002, 950_003].map((id) => ssh(id, 'id -un; hostname')));
    expect(names).toEqual(['root\nweb-1', 'root\nweb-2', 'root\nweb-3']);
    for (const pick of ['ip', 'hostKey'] as const) expect(new Set(backend.list?.().map((host) => host[pick])).size).toBe(3);
    const stranger = { ...factsOf(950_001), hostKey: factsOf(950_002).hostKey };
    await expect(client.ssh(stranger, 'true')).rejects.toThrow(/verification failed/);
  });

  test('each runs systemd over files and processes of its own', async () => {
    await ssh(950_001, 'echo one > /srv/mark; useradd someone');
    expect(await ssh(950_002, 'ls /srv; id someone 2>&1 || true')).toContain('no such user');
    expect(await ssh(950_001, 'cat /proc/1/comm; cat /srv/mark; ps -e | wc -l')).toMatch(/^systemd\none\n\d{1,2}$/);
    expect(await ssh(950_001, 'systemctl is-system-running --wait; systemctl --failed --no-legend')).toBe('running');
  });

  test('apt installs a package by the way out there is', async () => {
    await ssh(950_001, 'apt-get update -qq && apt-get install -y -qq --no-install-recommends hello > /dev/null 2>&1');
    expect(await ssh(950_001, 'hello -g there')).toBe('there');
    expect(await ssh(950_001, 'curl -sS -o /dev/null -w "%{http_code}" -x http://127.0.0.1:3142 http://example.invalid/')).toBe('403');
  });

  test('the password of the server is the password of root', async () => {
    const check = `python3 -W ignore -c "import crypt,spwd; h=spwd.getspnam('root').sp_pwdp; print(crypt.crypt('Secret123', h) == h)"`;
    expect(await ssh(950_001, check)).toBe('True');
  });

  test.each([
    ['softly', true],
    ['by the plug', false],
  ])('switched off %s it refuses, switched on it is as it was', async (_reason, isSoft) => {
    const before = factsOf(950_002);
    await ssh(950_002, `echo ${String(isSoft)} > /root/kept; sync`);
    await backend.stop(950_002, isSoft);
    expect(factsOf(950_002).isUp).toBe(false);
    await expect(greet(before)).rejects.toThrow(/ECONNREFUSED/);
    expect(await backend.start(hostRequest(950_002, client.publicKey, { address: before.ip }))).toEqual({ ip: before.ip });
    expect(factsOf(950_002)).toEqual(before);
    expect(await ssh(950_002, 'cat /root/kept')).toBe(String(isSoft));
  });

  test('a reboot, from outside or from inside, is a new boot over the same files', async () => {
    const boot = 'cat /proc/sys/kernel/random/boot_id';
    const [host, first] = [factsOf(950_003), await ssh(950_003, `touch /root/kept; ${boot}`)];
    await backend.reboot(950_003, true);
    const second = await ssh(950_003, `ls /root; ${boot}`);
    expect(second).toMatch(/^kept\n/);
    expect(second).not.toContain(first);
    // The connection may be cut before the command has said that it succeeded.
    await ssh(950_003, 'systemctl reboot').catch(() => undefined);
    await expect.poll(() => factsOf(950_003).isUp, { timeout: 20_000 }).toBe(false);
    await expect.poll(() => factsOf(950_003).isUp, { timeout: 20_000 }).toBe(true);
    expect(second).not.toContain(await ssh(950_003, boot));
    expect(factsOf(950_003)).toEqual(host);
  });

  test('what listens in it answers outside; what listens on its loopback does not', async () => {
    const ports = (): number[] => factsOf(950_001).ports.map(({ inside }) => inside);
    const serve = (address: string, port: number) =>
      ssh(950_001, `systemd-run -q --unit web-${port} python3 -m http.server ${port} --bind ${address} --directory /srv`);
    await ssh(950_001, 'echo one > /srv/mark');
    await serve('0.0.0.0', 80);
    await serve('127.0.0.1', 9100);
    await expect.poll(ports, { timeout: 10_000 }).toContain(80);
    expect(await fetchPort(factsOf(950_001), 80, '/mark')).toBe('one');
    expect(await ssh(950_001, 'curl -sS http://127.0.0.1:9100/mark')).toBe('one');
    expect(await fetchPort(factsOf(950_001), 9100)).toBe('ECONNREFUSED');
    await ssh(950_001, 'systemctl stop web-80');
    await expect.poll(ports, { timeout: 10_000 }).not.toContain(80);
    expect(await fetchPort(factsOf(950_001), 80)).toBe('ECONNREFUSED');
  });

  test.each([
    ['rejects', 'reject with tcp reset'],
    ['drops', 'drop'],
  ])('its firewall is felt where it %s', async (_reason, verdict) => {
    const isOpen = (): boolean => factsOf(950_001).ports.some(({ inside }) => inside === 8081);
    await ssh(
      950_001,
      `echo one > /srv/mark; systemd-run -q --unit shut-${verdict.slice(0, 4)} python3 -m http.server 8081 --directory /srv`,
    );
    await expect.poll(isOpen, { timeout: 10_000 }).toBe(true);
    expect(await fetchPort(factsOf(950_001), 8081, '/mark')).toBe('one');
    const table = 'add table inet t; add chain inet t in { type filter hook input priority 0; }';
    await ssh(950_001, `nft '${table}; add rule inet t in iifname eth0 ip saddr 10.0.0.0/8 tcp dport 8081 ${verdict}'`);
    expect(await ssh(950_001, 'curl -sS http://127.0.0.1:8081/mark')).toBe('one');
    expect(await fetchPort(factsOf(950_001), 8081)).toBe('ECONNRESET');
    expect(isOpen()).toBe(false);
    expect(await fetchPort(factsOf(950_001), 8081)).toBe('ECONNREFUSED');
    await ssh(950_001, 'nft delete table inet t');
    await expect.poll(isOpen, { timeout: 10_000 }).toBe(true);
    expect(await fetchPort(factsOf(950_001), 8081, '/mark')).toBe('one');
    await ssh(950_001, `systemctl stop shut-${verdict.slice(0, 4)}`);
  });

  test('SSH that its firewall shuts is accepted and reset; a rebuild opens it', async () => {
    const rule = 'add table inet t; add chain inet t in { type filter hook input priority 0; }; add rule inet t in';
    await ssh(950_003, `nft '${rule} iifname eth0 ct state new tcp dport 22 reject with tcp reset'`);
    await expect(greet(factsOf(950_003))).rejects.toThrow(/ECONNRESET/);
    await backend.rebuild(hostRequest(950_003, client.publicKey, { address: factsOf(950_003).ip }));
    expect(await greet(factsOf(950_003))).toMatch(/^SSH-/);
  });

  test('a rebuild has new keys and no old files, at the old address', async () => {
    const before = factsOf(950_003);
    await backend.rebuild(hostRequest(950_003, client.publicKey, { address: before.ip }));
    expect(factsOf(950_003)).toMatchObject({ ip: before.ip });
    expect(factsOf(950_003).hostKey).not.toBe(before.hostKey);
    expect(await ssh(950_003, 'ls /root')).toBe('');
  });

  test('deleted, nothing of it is left', async () => {
    const gone = factsOf(950_001);
    await backend.delete(950_001);
    await expect(greet(gone)).rejects.toThrow(/ECONNREFUSED/);
    expect(backend.list?.().map((host) => host.serverId)).toEqual([950_002, 950_003]);
    expect((await listTraces(`ict-hosts-${process.pid}-`, cgroupRoot)).filter((trace) => trace.includes('950001'))).toEqual([]);
  });

  test('a start that follows a delete of the same number waits for it', async () => {
    const deleted = backend.delete(950_002);
    await Promise.all([deleted, backend.start(hostRequest(950_002, client.publicKey))]);
    expect(await ssh(950_002, 'ls /root; hostname')).toBe('web-2');
  });
});

/** What a port of a host serves; an error's code when nothing. */
async function fetchPort({ ip, ports }: HostFacts, port: number, path = '/'): Promise<string> {
  try {
    const outside = ports.find(({ inside }) => inside === port)?.outside ?? port;
    const answer = await fetch(`http://${ip}:${outside}${path}`, { headers: { connection: 'close' } });
    return (await answer.text()).trim();
  } catch (error) {
    return error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : String(error);
  }
}

function greet({ ip, port }: HostFacts): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, ip).on('error', reject);
    socket.on('data', (data) => {
      socket.destroy();
      resolve(data.toString());
    });
  });
}
