import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { findExecutable } from '#core/ansible/find-executable.ts';
import { ansibleProcess, follow } from './follow-run.ts';

const found = await findExecutable('ansible-playbook', process.env['PATH'], tmpdir());

const HOSTS = 50;
/** Tasks with a loop: a worker for each task and host is what costs the time, and one worker does a whole loop. */
const [TASKS, ITEMS] = [5, 20];

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ict-many-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test.skipIf(found === undefined)(
  `Ansible: ${HOSTS} hosts × ${TASKS * ITEMS} results, none is lost`,
  async () => {
    const names = Array.from({ length: HOSTS }, (_, index) => `h${index + 1}`);
    const tasks = Array.from(
      { length: TASKS },
      (_, index) => `    - name: t${index}\n      ansible.builtin.debug: { msg: "{{ item }}" }\n      loop: "{{ range(${ITEMS}) }}"\n`,
    );
    await writeFile(
      join(folder, 'hosts.yml'),
      `all:\n  vars: { ansible_connection: local }\n  hosts:\n${names.map((name) => `    ${name}: {}\n`).join('')}`,
    );
    await writeFile(join(folder, 'many.yml'), `- hosts: all\n  gather_facts: false\n  strategy: free\n  tasks:\n${tasks.join('')}`);
    const words = ['-i', join(folder, 'hosts.yml'), join(folder, 'many.yml')];
    const followed = follow(ansibleProcess(found ?? '', folder, words, HOSTS));
    expect(await followed.outcome).toEqual({ verdict: 'done', exitCode: 0 });
    expect(followed.events.map(({ seq }) => seq)).toEqual(followed.events.map((_, index) => index + 1));
    const items = new Map<string, number>();
    const results = new Set<string>();
    for (const event of followed.events) {
      if (event.event === 'item_ok')
        items.set(`${event.host} ${event.task.name}`, (items.get(`${event.host} ${event.task.name}`) ?? 0) + 1);
      if (event.event === 'host_ok') results.add(`${event.host} ${event.task.name}`);
    }
    expect(results.size).toBe(HOSTS * TASKS);
    expect([...items.values()].every((count) => count === ITEMS) && items.size === HOSTS * TASKS).toBe(true);
  },
  120_000,
);

/** Follows a run in a process of its own, keeping nothing, and tells what it has counted and its greatest memory. */
const follower = `
import { runPlaybook } from '#core/ansible/run/run-playbook.ts';
let events = 0, last = 0, isWhole = true, lines = 0;
const never = new AbortController().signal;
const [executable = '', ...words] = process.argv.slice(2);
const outcome = await runPlaybook(
  { executable, arguments: words, environment: { PATH: process.env['PATH'] ?? '' }, cwd: '/' },
  {
    onEvent: (event) => { events += 1; isWhole &&= event.seq === last + 1; last = event.seq; },
    onLine: () => { lines += 1; },
  },
  { stop: never, abort: never },
);
process.stdout.write(JSON.stringify({ verdict: outcome.verdict, events, isWhole, lines, peakMb: process.resourceUsage().maxRSS / 1024 }));
`;
/** Writes what Ansible would for 50 hosts and 100 tasks, with long answers, as fast as it is read. */
const writer = String.raw`
import json, os
out = os.fdopen(3, 'w', encoding='utf-8')
seq = 0
def emit(event, **fields):
    global seq
    seq += 1
    out.write(json.dumps({'v': 1, 'seq': seq, 'ts': 1, 'event': event, **fields}, ensure_ascii=False) + '\n')
emit('run_start', playbook='/p.yml', ansible='2.14.18', pid=1)
for number in range(100):
    task = {'id': str(number), 'name': 'Task %d' % number, 'action': 'command', 'role': None, 'path': '/p.yml', 'line': number + 1}
    emit('task_start', task=task)
    for host in range(50):
        emit('host_start', host='h%d' % host, task=task)
        emit('host_ok', host='h%d' % host, task=task, changed=True, duration=0.1, result={'rc': 0, 'stdout': 'слово ' * 2700})
        print('changed: [h%d]' % host)
emit('run_end', stats={'h%d' % host: {'ok': 100, 'changed': 100, 'failures': 0, 'unreachable': 0, 'skipped': 0} for host in range(50)})
`;

describe('a process that follows a great run', () => {
  test('50 hosts × 100 tasks with answers of 16,000 letters: all events, under 100 MB', async () => {
    const bundle = join(folder, 'follower.mjs');
    await writeFile(join(folder, 'writer.py'), writer);
    await build({
      stdin: { contents: follower, resolveDir: process.cwd(), loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      outfile: bundle,
      logLevel: 'error',
      banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    });
    const { stdout } = await promisify(execFile)(process.execPath, [bundle, '/usr/bin/env', 'python3', join(folder, 'writer.py')]);
    const told = z
      .object({ verdict: z.string(), events: z.number(), isWhole: z.boolean(), lines: z.number(), peakMb: z.number() })
      .parse(JSON.parse(stdout));
    console.log(`the follower took ${told.peakMb.toFixed(0)} MB at most`);
    expect(told).toMatchObject({ verdict: 'done', events: 2 + 100 + 2 * 50 * 100, isWhole: true, lines: 5000 });
    expect(told.peakMb).toBeLessThan(100);
  }, 120_000);
});
