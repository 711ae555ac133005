import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, unlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probeIsolated } from '#sandbox/hosts/isolated/probe-isolated.ts';
import { openPlaybookLab, type Played, type PlaybookLab, type PlayOptions } from './playbook-lab.ts';

const probe = await probeIsolated();
const why = probe.kind === 'available' ? 'on isolated hosts' : `skipped: ${JSON.stringify(probe.reason)}`;
const cgroupRoot = probe.kind === 'available' ? probe.found.cgroupRoot : '';

const HOSTS = ['web', 'metrics', 'db', 'shop', 'first', 'containers', 'debian13'] as const;

describe.skipIf(probe.kind === 'unavailable')(`bundled playbooks (${why})`, { timeout: 400_000 }, () => {
  let lab: PlaybookLab;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ict-shop-'));
    lab = await openPlaybookLab(cgroupRoot, HOSTS, 980_001);
    console.log(`ansible-core ${lab.version}`);
  }, 300_000);
  afterAll(async () => {
    await lab.close();
    await rm(folder, { recursive: true });
  });

  const succeed = async (playbook: string, host: string, options: PlayOptions = {}): Promise<Played> => {
    const played = await lab.play(playbook, host, options);
    if (played.code !== 0) throw new Error(`${playbook} on ${host} ended with ${played.code}:\n${played.out}`);
    return played;
  };
  /** A dry run of a fresh host, the run, a second one that has nothing to do, and a dry run of what is there. */
  const prove = async (playbook: string, host: string, vars: PlayOptions['vars'] = {}): Promise<void> => {
    expect((await succeed(playbook, host, { vars, isCheck: true })).changed).toBeGreaterThan(0);
    expect((await succeed(playbook, host, { vars })).changed).toBeGreaterThan(0);
    expect((await succeed(playbook, host, { vars })).changes).toEqual([]);
    expect((await succeed(playbook, host, { vars, isCheck: true })).changes).toEqual([]);
  };
  const addressOf = (host: string, port: number): string => {
    const { ip, ports } = lab.factsOf(host);
    return `http://${ip}:${ports.find(({ inside }) => inside === port)?.outside ?? port}`;
  };
  /** What a host serves to the outside; an error's code when it does not. */
  const get = async (host: string, port: number, path = '/'): Promise<string> => {
    try {
      const answer = await fetch(`${addressOf(host, port)}${path}`, {
        headers: { connection: 'close' },
        signal: AbortSignal.timeout(10_000),
      });
      return answer.ok ? (await answer.text()).trim() : String(answer.status);
    } catch (error) {
      return error instanceof Error && error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : String(error);
    }
  };

  test.concurrent('nginx: sites answer from outside, a refused setting leaves the old ones', async ({ expect }) => {
    const sites = [
      { name: 'pages', port: 8080, root: '/srv/pages' },
      { name: 'front', proxy: 'http://127.0.0.1:8080' },
    ];
    await prove('nginx', 'web', { nginx_sites: sites });
    await lab.ssh('web', 'echo hello > /srv/pages/index.html');
    // At once: a play that reloads nginx ends when its sites answer.
    expect(await get('web', 80)).toBe('hello');
    expect(await get('web', 8080)).toBe('hello');
    const wrong = [{ name: 'pages', port: 8080, root: '/srv/pages', extra: 'nonsense;' }];
    const refused = await lab.play('nginx', 'web', { vars: { nginx_sites: wrong }, tags: 'nginx_sites' });
    expect(refused.code).toBe(2);
    expect(refused.out).toContain('The settings from before are back');
    expect(await lab.ssh('web', 'nginx -t 2>&1 && ls /etc/nginx/conf.d')).toMatch(/test is successful\nict-front\.conf\nict-pages\.conf$/);
    expect((await succeed('nginx', 'web', { vars: { nginx_sites: sites }, tags: 'nginx_sites' })).changes).toEqual([]);
    expect((await succeed('nginx', 'web', { vars: { nginx_sites: sites.slice(0, 1) }, tags: 'nginx_sites' })).changes).toEqual([
      'nginx : Sites no longer wanted',
      'nginx : Reload nginx',
    ]);
    await expect.poll(() => get('web', 80), { timeout: 5_000 }).toBe('ECONNREFUSED');
    expect(await get('web', 8080)).toBe('hello');
  });

  test.concurrent('node_exporter: over SSH alone, and by HTTP for those who may', async ({ expect }) => {
    await prove('node_exporter', 'metrics');
    expect(await lab.ssh('metrics', 'curl -sS http://127.0.0.1:9100/metrics | grep -c ^node_uname_info')).toBe('1');
    expect(await get('metrics', 9100)).toBe('ECONNREFUSED');
    const open = { node_exporter_transport: 'http', node_exporter_sources: ['10.0.0.0/8'] };
    expect((await succeed('node_exporter', 'metrics', { vars: open })).changed).toBeGreaterThan(0);
    await expect.poll(() => get('metrics', 9100, '/metrics'), { timeout: 5_000 }).toContain('node_uname_info');
    expect((await succeed('node_exporter', 'metrics', { vars: open, tags: 'node_exporter_service' })).changes).toEqual([]);
    const unnamed = await lab.play('node_exporter', 'metrics', { vars: { node_exporter_transport: 'http' } });
    expect(unnamed).toMatchObject({ code: 2, changed: 0 });
    expect(unnamed.out).toContain('list who may read the metrics');
  });

  test.concurrent('postgresql: another port, users with passwords, access from outside', async ({ expect }) => {
    const vars = {
      postgresql_port: 5433,
      postgresql_listen: ['*'],
      postgresql_settings: { max_connections: 50, log_statement: 'none' },
      postgresql_users: [{ name: 'shop', password: 'pass "word\'s' }],
      postgresql_databases: [{ name: 'shop', owner: 'shop' }],
      postgresql_hba: [{ address: '10.0.0.0/8' }],
    };
    await prove('postgresql', 'db', vars);
    const ask = (sql: string): string => `PGPASSWORD='pass "word'\\''s' psql -h 127.0.0.1 -p 5433 -U shop shop -XAtc "${sql}"`;
    expect(await lab.ssh('db', ask('SELECT current_user; SHOW max_connections'))).toBe('shop\n50');
    await expect.poll(() => lab.factsOf('db').ports.map(({ inside }) => inside), { timeout: 5_000 }).toEqual([5433]);
    // Back to its own port: what is asked of the server before the restart must not go to the new one.
    const moved = { ...vars, postgresql_port: 5432, postgresql_users: [{ name: 'shop', password: 'another' }] };
    const played = await succeed('postgresql', 'db', { vars: moved });
    expect(played.changes).toEqual(['postgresql : Our settings', 'postgresql : Restart PostgreSQL', 'postgresql : Users']);
    expect(played.out).not.toContain('another');
    expect((await succeed('postgresql', 'db', { vars: moved, tags: 'postgresql_databases' })).changes).toEqual([]);
    expect(await lab.ssh('db', 'PGPASSWORD=another psql -h 127.0.0.1 -U shop shop -XAtc "SELECT 1"')).toBe('1');
  });

  test.concurrent('app: releases, one that is broken is taken back, the same one is not delivered again', async ({ expect }) => {
    const put = (name: string, text: string) => writeFile(join(folder, name), text);
    const vars = {
      app_source: folder,
      app_dest: '/srv/shop',
      app_keep_releases: 2,
      app_cache_dir: `${folder}-cache`,
      app_after: ['echo after >> /root/after'],
      app_health: { url: 'http://127.0.0.1:8000/health', within: 2 },
    };
    const deploy = (options: PlayOptions = {}): Promise<Played> => lab.play('app', 'shop', { vars, ...options });
    const releases = (): Promise<string> => lab.ssh('shop', 'ls /srv/shop/releases | wc -l');
    await lab.ssh('shop', 'systemd-run -q --unit shop python3 -m http.server 8000 --directory /srv/shop/current');
    try {
      await put('index.html', 'one');
      const first = await deploy();
      expect(first.code).toBe(2);
      expect(first.out).toContain('There was no release before; none is live.');
      expect(await lab.ssh('shop', 'ls -A /srv/shop; ls -A /srv/shop/releases')).toBe('releases');

      await put('health', 'fine');
      await put('old.txt', 'old');
      expect(await deploy({ isCheck: true })).toMatchObject({ code: 0 });
      expect(await deploy()).toMatchObject({ code: 0 });
      await expect.poll(() => get('shop', 8000), { timeout: 5_000 }).toBe('one');
      expect(await deploy()).toMatchObject({ code: 0, changes: [] });
      expect(await deploy({ isCheck: true })).toMatchObject({ code: 0, changes: [] });

      await unlink(join(folder, 'health'));
      await unlink(join(folder, 'old.txt'));
      await put('index.html', 'two, broken');
      const broken = await deploy();
      expect(broken.code).toBe(2);
      expect(broken.out).toMatch(/"Healthy\\?" failed: .*404.* Release \S+ is live\./);
      expect(await get('shop', 8000)).toBe('one');
      expect(await get('shop', 8000, '/old.txt')).toBe('old');
      expect(await releases()).toBe('1');

      await put('health', 'fine');
      await put('index.html', 'two');
      expect(await deploy()).toMatchObject({ code: 0 });
      expect(await get('shop', 8000)).toBe('two');
      expect(await get('shop', 8000, '/old.txt')).toBe('404');
      await put('index.html', 'three');
      expect(await deploy()).toMatchObject({ code: 0 });
      expect(await get('shop', 8000)).toBe('three');
      expect(await releases()).toBe('2');
      expect((await deploy({ vars: { ...vars, app_keep_releases: 1 }, tags: 'app_prune' })).changes).toEqual([
        'app : Old releases are gone',
      ]);
      expect(await releases()).toBe('1');
    } finally {
      await rm(`${folder}-cache`, { recursive: true, force: true });
    }
  });

  test.concurrent('base: users, sshd, and a firewall that is felt', async ({ expect }) => {
    const vars = {
      base_packages: ['less'],
      base_users: [
        { name: 'dev', keys: ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGF0CQgy0XOhYE6U dev'], sudo: true },
        { name: 'nobody-here', state: 'absent' },
      ],
      base_firewall_rules: [{ port: 8001 }, { port: 8002, from: ['10.0.0.0/8'] }, { port: 8003, from: ['192.0.2.0/24'] }],
      base_auto_reboot: true,
    };
    await lab.ssh('first', 'for port in 8001 8002 8003 8004; do systemd-run -q python3 -m http.server $port --directory /srv; done');
    await expect.poll(() => lab.factsOf('first').ports.length, { timeout: 10_000 }).toBe(4);
    await prove('base', 'first', vars);
    expect(await lab.ssh('first', 'sudo -u dev sudo -n id -un; sshd -T | grep -i ^passwordauth')).toBe('root\npasswordauthentication no');
    // A connection that is dropped is noticed at the first try.
    await Promise.all([8003, 8004].map((port) => get('first', port)));
    await expect.poll(() => lab.factsOf('first').ports.map(({ inside }) => inside), { timeout: 15_000 }).toEqual([8001, 8002]);
    expect(await Promise.all([8003, 8004].map((port) => get('first', port)))).toEqual(['ECONNREFUSED', 'ECONNREFUSED']);
    expect(await greet(lab.factsOf('first'))).toMatch(/^SSH-2/);
    const more = { ...vars, base_firewall_rules: [{ port: 8001, state: 'absent' }, { port: 8004 }, { port: 22, state: 'absent' }] };
    expect((await succeed('base', 'first', { vars: more, tags: 'base_firewall' })).changes).toEqual([
      'base : Rule for one port',
      'base : Rule for one port',
    ]);
    await get('first', 8001);
    await expect.poll(() => lab.factsOf('first').ports.map(({ inside }) => inside), { timeout: 15_000 }).toEqual([8002, 8004]);
    const locked = await lab.play('base', 'first', { vars: { base_ssh_root_login: 'no' }, tags: 'base_ssh' });
    expect(locked).toMatchObject({ code: 2, changed: 0 });
    expect(locked.out).toContain('would lock out the user');
  });

  test.concurrent('docker: installed, set up, running', async ({ expect }) => {
    const vars = { docker_users: ['root'], docker_registry_mirrors: ['https://mirror.example'], docker_compose: false };
    await prove('docker', 'containers', vars);
    expect(await lab.ssh('containers', 'docker info --format "{{.LoggingDriver}} {{.LiveRestoreEnabled}}"')).toBe('json-file true');
  });

  test.concurrent('Debian 13: node_exporter, nginx, base', async ({ expect }) => {
    const vars = { http_port: 8080, base_firewall_rules: [{ port: 8080 }], base_unattended_upgrades: false };
    for (const playbook of ['node_exporter', 'nginx', 'base']) {
      expect((await succeed(playbook, 'debian13', { vars })).changed).toBeGreaterThan(0);
      expect((await succeed(playbook, 'debian13', { vars })).changes).toEqual([]);
    }
    await lab.ssh('debian13', 'echo thirteen > /var/www/html/index.html');
    await expect.poll(() => get('debian13', 8080), { timeout: 10_000 }).toBe('thirteen');
    expect(await lab.ssh('debian13', 'ufw status')).toContain('8080/tcp');
  });
});

test('ansible-lint finds nothing in the production profile', { timeout: 120_000 }, async () => {
  const environment = { ...process.env, LC_ALL: 'C.UTF-8' };
  const words = ['--offline', '--profile', 'production', '--parseable', '--nocolor', '--strict'];
  const files = await Promise.all(
    ['.', 'internal', 'roles'].map(async (part) => (await readdir(join('playbooks', part))).map((name) => join(part, name))),
  );
  const subjects = files.flat().filter((file) => file.endsWith('.yml') || file.startsWith('roles/'));
  const { stdout } = await promisify(execFile)('ansible-lint', [...words, ...subjects], { cwd: 'playbooks', env: environment });
  expect(stdout).toBe('');
});

/** The first line that a host's SSH says. */
function greet({ ip, port }: { readonly ip: string; readonly port: number }): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, ip).on('error', reject);
    socket.once('data', (data) => {
      socket.destroy();
      resolve(data.toString());
    });
  });
}
