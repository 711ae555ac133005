import { execFileSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { inventory as inventorySchema } from '#schemas/ansible/inventory.ts';
import { expandSample, targetsOf } from '#test/helpers/deploy-samples.ts';
import { buildInventory } from './build-inventory.ts';
import { listSteps } from './host-steps.ts';
import { drawInventory, listInventory } from './list-inventory.ts';
import { listSshArguments } from './ssh-arguments.ts';

const text = `servers:
  web: { count: 2, playbooks: [nginx], vars: { http_port: 8080 } }
  db: { vars: { http_port: 1 } }
  idle: { count: 0 }
groups:
  front: { servers: [web], vars: { env: a } }
  all_of_it: { servers: [front, db], vars: { env: b } }
  nobody: { servers: [idle] }
`;

async function build(knownHosts = '/p/known_hosts') {
  const expanded = await expandSample(text);
  const targets = targetsOf(expanded).map((target) => (target.name === 'db' ? { ...target, keyFile: '/home/me/id', port: 2222 } : target));
  const steps = new Map(targets.map(({ name, entry }) => [name, listSteps(entry, (path) => path)]));
  return inventorySchema.parse(buildInventory(expanded, targets, steps, { knownHosts }));
}

test('hosts, a group for each entry and each of `groups`, later groups over earlier ones', async () => {
  const { all } = await build();
  expect(all.hosts).toEqual({
    'web-1': {
      http_port: 8080,
      ansible_host: { __ansible_unsafe: '10.0.0.1' },
      ansible_port: 22,
      ansible_user: { __ansible_unsafe: 'root' },
      ict_address: 'server.web-1',
      ict_server_id: 1,
      ict_playbooks: ['nginx'],
    },
    'web-2': {
      http_port: 8080,
      ansible_host: { __ansible_unsafe: '10.0.0.2' },
      ansible_port: 22,
      ansible_user: { __ansible_unsafe: 'root' },
      ict_address: 'server.web-2',
      ict_server_id: 2,
      ict_playbooks: ['nginx'],
    },
    db: {
      http_port: 1,
      ansible_host: { __ansible_unsafe: '10.0.0.3' },
      ansible_port: 2222,
      ansible_user: { __ansible_unsafe: 'root' },
      ansible_ssh_private_key_file: '/home/me/id',
      ict_address: 'server.db',
      ict_server_id: 3,
      ict_playbooks: [],
    },
  });
  expect(all.children).toEqual({
    web: { hosts: { 'web-1': null, 'web-2': null } },
    db: { hosts: { db: null } },
    idle: { hosts: {} },
    front: { hosts: { 'web-1': null, 'web-2': null }, vars: { env: 'a', ansible_group_priority: 2 } },
    all_of_it: { hosts: { 'web-1': null, 'web-2': null, db: null }, vars: { env: 'b', ansible_group_priority: 3 } },
    nobody: { hosts: {}, vars: { ansible_group_priority: 4 } },
  });
});

test('a server that does not exist is in no group', async () => {
  const expanded = await expandSample(text);
  const { all } = buildInventory(expanded, targetsOf(expanded).slice(1), new Map(), { knownHosts: '/k' });
  expect(Object.keys(all.hosts)).toEqual(['web-2', 'db']);
  expect(all.children['front']?.hosts).toEqual({ 'web-2': null });
});

describe('the file of known hosts', () => {
  test.each([
    ['/home/me/known_hosts'],
    ['/home/my self/known_hosts'],
    [`/home/o'neil/known_hosts`],
    [`/home/my "own" self's/known_hosts`],
    [String.raw`/home/back\slash/known_hosts`],
    ['/home/100%h/known_hosts'],
    ['/home/#1/known_hosts'],
  ])('is understood by ssh, through Ansible’s words and ours: %s', async (path) => {
    const { all } = await build(path);
    const words = execFileSync(
      'python3',
      ['-c', 'import shlex,sys; sys.stdout.write("\\0".join(shlex.split(sys.argv[1])))', String(all.vars['ansible_ssh_common_args'])],
      {
        encoding: 'utf8',
      },
    ).split('\0');
    const [target] = targetsOf(await expandSample(text));
    if (!target) throw new Error('no target');
    const own = listSshArguments(target, path, []);
    for (const given of [words, own.slice(0, own.indexOf('--'))]) {
      const told = execFileSync('ssh', ['-F', 'none', '-G', ...given, 'host'], { encoding: 'utf8' });
      expect(told).toContain('stricthostkeychecking true');
      expect(/^userknownhostsfile (.*)$/m.exec(told)?.[1]).toBe(path);
    }
  });
});

test('listed as an inventory script does, and drawn', async () => {
  const made = await build();
  expect(listInventory(made)).toMatchObject({
    _meta: { hostvars: { db: { http_port: 1 } } },
    all: { hosts: ['web-1', 'web-2', 'db'], children: ['ungrouped', 'web', 'db', 'idle', 'front', 'all_of_it', 'nobody'] },
    front: { hosts: ['web-1', 'web-2'], vars: { env: 'a' } },
    idle: { hosts: [] },
  });
  const drawn = drawInventory({ all: { ...made.all, children: { front: made.all.children['front'] ?? {} } } });
  expect(drawn).toBe('@all:\n  |--@front:\n  |  |--web-1\n  |  |--web-2\n  |--@ungrouped:\n  |  |--db\n');
});
