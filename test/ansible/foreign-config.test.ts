import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createAnsible } from '#core/ansible/create-ansible.ts';
import { toControlPathDir } from '#core/ansible/ssh/control-path.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-foreign-'));
  await mkdir(join(folder, 'plugins'));
  await writeFile(
    join(folder, 'plugins', 'evil.py'),
    `from ansible.plugins.vars import BaseVarsPlugin
open(${JSON.stringify(join(folder, 'PWN'))}, 'w').close()
class VarsModule(BaseVarsPlugin):
    def get_vars(self, loader, path, entities):
        return {}
`,
  );
  await writeFile(join(folder, 'ansible.cfg'), '[defaults]\nvars_plugins = ./plugins\n');
  await writeFile(join(folder, 'play.yml'), '- hosts: all\n  gather_facts: false\n  tasks: [{ ansible.builtin.debug: { msg: hello } }]\n');
  await writeFile(join(folder, 'inventory.yml'), 'all: { vars: { ansible_connection: local }, hosts: { web: {} } }\n');
  await writeFile(join(folder, 'limit'), 'web\n');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs a playbook as a deploy does; gives whether the foreign plugin was loaded. */
async function isLoadedBy(playbook: string, isBundled: boolean): Promise<boolean> {
  const ansible = createAnsible({
    environment: () => ({ ...process.env, ICT_COMMAND: 'true' }),
    folder,
    controlPathDir: toControlPathDir(folder),
  });
  const never = new AbortController().signal;
  const request = {
    playbook,
    isBundled,
    inventories: [join(folder, 'inventory.yml')],
    limitFile: join(folder, 'limit'),
    hostCount: 1,
    tags: [],
    skipTags: [],
    isCheck: false,
    verbosity: 0,
    folder,
  };
  const { verdict } = await ansible.run(request, { onEvent: () => undefined, onLine: () => undefined }, { stop: never, abort: never });
  expect(verdict).toBe('done');
  return existsSync(join(folder, 'PWN'));
}

test('a plugin of a folder that everybody may write to does not run', async () => {
  await chmod(folder, 0o777);
  expect(await isLoadedBy(join(folder, 'play.yml'), false)).toBe(false);
});

test('a command does not run a plugin of any folder', async () => {
  expect(await isLoadedBy('internal/command', true)).toBe(false);
});

test('an own playbook runs with the configuration beside it', async () => {
  expect(await isLoadedBy(join(folder, 'play.yml'), false)).toBe(true);
});
