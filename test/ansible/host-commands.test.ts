import { execFileSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type Lab, openLab } from '#test/helpers/lab.ts';

const file = `version: 1
project: shop
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB, ssh_keys: [me], vars: { colour: red } }
ssh_keys: { me: keys/id.pub }
servers:
  web: { count: 2, monitoring: { agent: false } }
  db: { vars: { colour: blue, db_password: correct-horse-battery } }
groups:
  shop-all: { servers: [web, db], vars: { env: production } }
`;

describe('commands that reach hosts', () => {
  let lab: Lab;

  beforeAll(async () => {
    lab = await openLab({ hosts: 'isolated' }, { ICT_AGENT: 'on' });
    await mkdir(join(lab.folder, 'keys'));
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(lab.folder, 'keys', 'id')]);
    await lab.write(file);
  }, 120_000);

  afterAll(() => lab.close(), 60_000);

  test('apply installs the metrics agent where the file wants it, and says nothing of how', { timeout: 120_000 }, async () => {
    const { code, out, err } = await lab.run(['apply', '--yes']);
    expect(err + out).toContain('node_exporter · 1 host: db');
    expect(out).not.toContain('PLAY RECAP');
    expect(code).toBe(0);
    const metrics = await lab.run([
      'run',
      'curl -s http://127.0.0.1:9100/metrics || wget -qO- http://127.0.0.1:9100/metrics',
      '--on',
      'db',
    ]);
    expect(metrics.out).toContain('node_exporter_build_info');
  });

  test('a second apply does not touch the hosts', async () => {
    const { code, err } = await lab.run(['apply', '--yes']);
    expect(code).toBe(0);
    expect(err).not.toContain('node_exporter');
  });

  test('run: what the command wrote, by host; templates and quotes come through as they are', async () => {
    const { code, out } = await lab.run(['run', `echo "{{ not a template }} it's $((1+1))"; hostname`, '--on', 'web']);
    expect(code).toBe(0);
    const lines = (host: string): string[] => out.split('\n').filter((line) => line.startsWith(`${host} | `));
    for (const host of ['web-1', 'web-2']) expect(lines(host)).toEqual([`${host} | {{ not a template }} it's 2`, `${host} | ${host}`]);
  });

  test('run: a command that fails ends with 10 and its words', async () => {
    const { code, err } = await lab.run(['run', 'echo trouble >&2; false', '--on', 'db']);
    expect(code).toBe(10);
    expect(err).toContain('trouble');
  });

  test('run: a target that names nothing ends with 3, before any host', async () => {
    const { code, err } = await lab.run(['run', 'true', '--on', 'wbe']);
    expect(code).toBe(3);
    expect(err).toContain('`web`');
  });

  test('ssh: runs a command with the pinned key; its exit code is that of the command', async () => {
    expect((await lab.run(['ssh', 'web-2', '--', 'touch', '/root/was-here'])).code).toBe(0);
    expect((await lab.run(['run', 'ls /root', '--on', 'web-2'])).out).toContain('was-here');
    expect((await lab.run(['ssh', 'server.db', '--', 'exit', '7'])).code).toBe(7);
    expect((await lab.run(['ssh', 'web'])).err).toContain('web-1, web-2');
  });

  test('inventory: ansible-inventory reads the YAML and the script, and both say the same', async () => {
    const yaml = join(lab.folder, 'inventory.yml');
    await writeFile(yaml, (await lab.run(['inventory'])).out);
    const listed = join(lab.folder, 'listed.json');
    await writeFile(listed, (await lab.run(['inventory', '--list'])).out);
    const script = join(lab.folder, 'inventory.sh');
    await writeFile(script, `#!/bin/sh\nexec cat '${listed}'\n`);
    await chmod(script, 0o755);
    const [fromYaml, fromScript] = [readInventory(yaml), readInventory(script)];
    expect(fromScript).toEqual(fromYaml);
    expect(fromYaml['shop-all']).toMatchObject({ hosts: ['web-1', 'web-2', 'db'] });
    const { hostvars } = z.object({ hostvars: z.record(z.string(), z.record(z.string(), z.unknown())) }).parse(fromYaml['_meta']);
    expect(hostvars['db']).toMatchObject({ colour: 'blue', env: 'production', ict_address: 'server.db' });
    expect(hostvars['web-1']).toMatchObject({ colour: 'red', env: 'production', ansible_port: 22 });
    expect(JSON.stringify(fromYaml)).not.toContain('correct-horse-battery');
  });

  test('inventory: one host, the tree, and a name that is not there', async () => {
    expect(JSON.parse((await lab.run(['inventory', '--host', 'db'])).out)).toMatchObject({ ict_address: 'server.db' });
    expect((await lab.run(['inventory', '--graph'])).out).toContain('  |--@web:\n  |  |--web-1\n  |  |--web-2\n');
    expect((await lab.run(['inventory', '--host', 'nobody'])).code).toBe(3);
  });

  test('history lists applies, agents and commands; a run can be shown again', async () => {
    const rows = z
      .array(z.object({ run: z.string(), what: z.string(), exitCode: z.number() }))
      .parse(JSON.parse((await lab.run(['history', '--json'])).out));
    expect(rows.map(({ what }) => what)).toContain('ict apply');
    const agent = rows.find(({ what }) => what.includes('node_exporter'));
    const shown = await lab.run(['history', 'show', agent?.run ?? '']);
    expect(shown.out).toContain('PLAY RECAP');
    expect((await lab.run(['deploy', '--replay', agent?.run ?? ''])).out).toBe(shown.out);
    expect((await lab.run(['history', 'show', 'never'])).code).toBe(3);
  });

  test('doctor: everything is here; without Ansible it names the one command that brings it', async () => {
    const good = await lab.run(['doctor']);
    expect(good.out).toMatch(/✓ ansible-playbook\s+2\./);
    expect(good.code).toBe(0);
    const tools = join(lab.folder, 'bin');
    await mkdir(tools);
    await writeFile(join(tools, 'apt-get'), '#!/bin/sh\n');
    await chmod(join(tools, 'apt-get'), 0o755);
    // The folder with the tools lies outside of where ict is called, as programs of the project itself are never run.
    const bad = await lab.run(['doctor'], { environment: { PATH: tools }, cwd: join(lab.folder, 'keys') });
    expect(bad.code).toBe(1);
    expect(bad.out).toMatch(/✗ ansible-playbook\s+not on PATH/);
    expect(bad.err).toContain('sudo apt-get install -y --no-install-recommends ansible-core');
    const deploy = await lab.run(['deploy'], { environment: { PATH: tools } });
    expect(deploy.code).toBe(1);
    expect(deploy.err).toContain('ict doctor');
  });
});

/** What Ansible itself makes of an inventory; the order of hosts is the file's. */
function readInventory(path: string): Record<string, unknown> {
  const text = execFileSync('ansible-inventory', ['-i', path, '--list'], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    env: {
      ...process.env,
      LC_ALL: 'C.UTF-8',
      ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED: '1',
      ANSIBLE_TRANSFORM_INVALID_GROUP_CHARS: 'ignore',
    },
  });
  return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
}
