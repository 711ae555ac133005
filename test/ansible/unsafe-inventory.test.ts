import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listInventory } from '#core/engine/deploy/list-inventory.ts';
import { openDeployStore } from '#core/storage/open-deploy-store.ts';
import { inventory as inventorySchema } from '#schemas/ansible/inventory.ts';
import { toUnsafe, type UnsafeText } from '#schemas/ansible/unsafe-text.ts';
import { findTestAnsible } from './test-ansible.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-unsafe-'));
  await writeFile(
    join(folder, 'play.yml'),
    '- hosts: all\n  gather_facts: false\n  tasks: [{ ansible.builtin.debug: { msg: "user={{ ansible_user }} host={{ ansible_host }}" } }]\n',
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const attack = (name: string): string => `{{ lookup('pipe','touch ${join(folder, name)}') }}`;
const inventoryWith = (user: string | UnsafeText, host: string | UnsafeText) =>
  inventorySchema.parse({
    all: {
      vars: { ansible_connection: 'local' },
      hosts: {
        web: { ansible_host: host, ansible_port: 22, ansible_user: user, ict_address: 'server.web', ict_server_id: 1, ict_playbooks: [] },
      },
      children: {},
    },
  });

/** Runs a playbook that prints user and address of the host; gives what it printed. */
async function play(inventory: string): Promise<string> {
  const { command, environment } = await findTestAnsible();
  const [program = '', ...words] = command;
  const env = { ...process.env, ...environment, LC_ALL: 'C.UTF-8', ANSIBLE_CONFIG: join(folder, 'ansible.cfg') };
  const { stdout } = await promisify(execFile)(program, [...words, '-i', inventory, join(folder, 'play.yml')], { env, cwd: folder });
  return stdout;
}

const pwned = async (): Promise<readonly string[]> => (await readdir(folder)).filter((name) => name.startsWith('PWN'));

test('a template of the provider in our YAML inventory is printed, not run', async () => {
  const run = await openDeployStore(folder, 'shop').startDeploy('r1');
  const output = await play(await run.writeInventory(inventoryWith(toUnsafe(attack('PWN1')), toUnsafe(attack('PWN2')))));
  expect(await pwned()).toEqual([]);
  expect(output).toContain('lookup');
});

test('and so it is in what `ict inventory --list` gives Ansible', async () => {
  const script = join(folder, 'inventory.sh');
  const json = JSON.stringify(listInventory(inventoryWith(toUnsafe(attack('PWN1')), toUnsafe(attack('PWN2')))));
  await writeFile(join(folder, 'list.json'), json);
  await writeFile(script, `#!/bin/sh\ncat '${join(folder, 'list.json')}'\n`);
  await chmod(script, 0o755);
  const output = await play(script);
  expect(await pwned()).toEqual([]);
  expect(output).toContain('lookup');
});

test('without the mark it would run: what the user wrote may be a template', async () => {
  const run = await openDeployStore(folder, 'shop').startDeploy('r1');
  await play(await run.writeInventory(inventoryWith(attack('PWN1'), 'localhost')));
  expect(await pwned()).toEqual(['PWN1']);
});
