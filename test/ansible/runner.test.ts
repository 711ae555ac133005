import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findExecutable } from '#core/ansible/find-executable.ts';
import { ansibleProcess, follow, type Followed } from './follow-run.ts';

const found = await findExecutable('ansible-playbook', process.env['PATH'], tmpdir());
const executable = found ?? '';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-ansible-'));
  await writeInventory('one.yml', 1);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const path = (name: string): string => join(folder, name);
const writeInventory = (name: string, count: number, more = ''): Promise<void> =>
  writeFile(
    path(name),
    `all:\n  vars: { ansible_connection: local, ansible_python_interpreter: /usr/bin/python3 }\n  hosts:\n${Array.from(
      { length: count },
      (_, index) => `    h${index + 1}: {}\n`,
    ).join('')}${more}`,
  );
const play = (tasks: string, hosts = 'all'): string => `- hosts: ${hosts}\n  gather_facts: false\n  tasks:\n${tasks}`;

/** Runs a playbook of this text; `words` come before it. */
async function start(
  text: string,
  words: readonly string[] = [],
  inventory = 'one.yml',
  onEvent?: Parameters<typeof follow>[1],
): Promise<Followed> {
  await writeFile(path('play.yml'), text);
  return follow(ansibleProcess(executable, folder, ['-i', path(inventory), ...words, path('play.yml')]), onEvent);
}

describe.skipIf(found === undefined)('ansible-playbook', () => {
  test('what a task did is told before the next one ends', async () => {
    const mark = path('seen');
    const tasks = `    - name: First\n      ansible.builtin.debug: { msg: hello }\n    - name: Second\n      ansible.builtin.wait_for: { path: "${mark}", timeout: 60, sleep: 1 }\n`;
    const order: string[] = [];
    const followed = await start(play(tasks), [], 'one.yml', (event) => {
      if (event.event !== 'host_ok') return;
      order.push(event.task.name);
      // The second task waits for this file: an event that came late would never let it end.
      if (event.task.name === 'First') void writeFile(mark, '');
    });
    expect(await followed.outcome).toEqual({ verdict: 'done', exitCode: 0 });
    expect(order).toEqual(['First', 'Second']);
    expect(followed.events.find(({ event }) => event === 'task_start')).toMatchObject({ task: { path: path('play.yml'), line: 4 } });
    expect(followed.lines.join('\n')).toMatch(/TASK \[First\].*"msg": "hello".*TASK \[Second\].*PLAY RECAP/s);
  });

  test('stopped, it says so and leaves no process of its group', async () => {
    const followed = await start(play('    - ansible.builtin.command: sleep 100\n'), [], 'one.yml');
    await expect.poll(async () => (await followed.listGroup()).join('\n'), { timeout: 30_000 }).toMatch(/\d sleep 100/);
    const groups = (await followed.listGroup()).map((line) => line.split(' ')[1]);
    expect(groups.length).toBeGreaterThan(2);
    expect(new Set(groups).size).toBe(1);
    followed.stop();
    expect(await followed.outcome).toEqual({ verdict: 'cancelled', exitCode: 99 });
    await expect.poll(followed.listGroup).toEqual([]);
    expect(followed.events.at(-1)?.event).not.toBe('run_end');
  });

  const ok = '    - ansible.builtin.debug: { msg: x }\n';
  test.each([
    ['a wrong option', play(ok), ['--nosuch'], { verdict: 'invalid', exitCode: 2 }],
    ['no host of the play in the inventory', play(ok, 'nobody'), [], { verdict: 'no-hosts', exitCode: 0 }],
    ['a limit that names nobody', play(ok), ['--limit', 'nobody'], { verdict: 'invalid', exitCode: 1 }],
    ['a module that does not exist', play('    - nosuch_at_all: {}\n'), [], { verdict: 'invalid', exitCode: 4 }],
    ['YAML that does not parse', '- hosts: [\n', [], { verdict: 'invalid', exitCode: 4 }],
    ['a role that is not there', '- hosts: all\n  gather_facts: false\n  roles: [nowhere]\n', [], { verdict: 'invalid', exitCode: 1 }],
    ['variables from a file that is not there', play(ok), ['-e', '@nowhere.yml'], { verdict: 'invalid', exitCode: 1 }],
    ['a task that fails', play('    - ansible.builtin.command: "false"\n'), [], { verdict: 'failed', exitCode: 2 }],
    ['an undefined variable', play('    - ansible.builtin.debug: { msg: "{{ nobody_knows }}" }\n'), [], { verdict: 'failed', exitCode: 2 }],
    [
      'a failure that is rescued',
      play('    - block: [{ ansible.builtin.command: "false" }]\n      rescue: [{ ansible.builtin.debug: { msg: mended } }]\n'),
      [],
      { verdict: 'done', exitCode: 0 },
    ],
    [
      'a failure that is ignored',
      play('    - ansible.builtin.command: "false"\n      ignore_errors: true\n'),
      [],
      { verdict: 'done', exitCode: 0 },
    ],
    ['only syntax to check', play(ok), ['--syntax-check'], { verdict: 'done', exitCode: 0 }],
  ])('%s', async (_reason, text, words, outcome) => {
    const followed = await start(text, words);
    expect(await followed.outcome, followed.lines.join('\n')).toEqual(outcome);
  });

  test('a host out of reach, alone and beside a failure', async () => {
    const away = '    away: { ansible_connection: ssh, ansible_host: 127.0.0.1, ansible_port: 1 }\n';
    await writeInventory('away.yml', 1, away);
    const environment = { ANSIBLE_SSH_RETRIES: '0' };
    const run = async (text: string) => {
      await writeFile(path('away-play.yml'), text);
      const made = ansibleProcess(executable, folder, ['-i', path('away.yml'), path('away-play.yml')], 2);
      return follow({ ...made, environment: { ...made.environment, ...environment } }).outcome;
    };
    expect(await run(play('    - ansible.builtin.command: "true"\n'))).toEqual({ verdict: 'unreachable', exitCode: 4 });
    expect(await run(play('    - ansible.builtin.command: "false"\n'))).toMatchObject({ verdict: 'failed' });
  });

  test('an inventory that is broken is a failure, not a run on nobody', async () => {
    await writeFile(path('broken.yml'), 'all: [\n');
    expect(await (await start(play(ok), [], 'broken.yml')).outcome).toEqual({ verdict: 'invalid', exitCode: 1 });
  });

  test('a locked file without its password cannot be read; with it, its values reach the host', async () => {
    const password = path('vault.sh');
    await writeFile(password, '#!/bin/sh\necho letmein\n');
    await chmod(password, 0o700);
    const vault = join(executable, '..', 'ansible-vault');
    const words = ['encrypt_string', '--vault-password-file', password, '--name', 'locked', 'inside'];
    const { stdout } = await promisify(execFile)(vault, words, { env: { PATH: process.env['PATH'], HOME: folder, LC_ALL: 'C.UTF-8' } });
    const text = `- hosts: all\n  gather_facts: false\n  vars:\n${stdout.replace(/^/gm, '    ').trimEnd()}\n  tasks:\n    - ansible.builtin.debug: { msg: "{{ locked }}" }\n`;
    const opened = await start(text, ['--vault-password-file', password]);
    expect(await opened.outcome).toMatchObject({ verdict: 'done' });
    expect(opened.lines.join('\n')).toContain('"msg": "inside"');
    expect((await (await start(text)).outcome).verdict).toMatch(/failed|invalid/);
  });
});
