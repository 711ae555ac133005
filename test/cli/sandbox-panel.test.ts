import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runSandboxForeground } from '#sandbox/daemon/run-sandbox-foreground.ts';
import { head, type Lab, openLab } from '#test/helpers/lab.ts';

let [lab, state]: [Lab, string] = [] as never;
let [stop, stopped]: [AbortController, Promise<void>] = [] as never;

/** A sandbox that commands find by its state folder, and a project that was applied to it. */
beforeEach(async () => {
  state = await mkdtemp(join(tmpdir(), 'ict-panel-'));
  stop = new AbortController();
  const ready = new Promise<{ endpoint: string; token: string }>((resolve) => {
    stopped = runSandboxForeground({ stateDir: state, delays: 0, onReady: resolve }, stop.signal);
  });
  const { endpoint, token } = await ready;
  lab = await openLab({}, { ICT_SANDBOX_DIR: state, ONECLOUD_ENDPOINT: endpoint, ONECLOUD_TOKEN: token });
  await lab.write(`${head}servers: { web-1: {} }\n`);
  expect((await lab.run(['apply', '--yes'])).code).toBe(0);
});
afterEach(async () => {
  stop.abort();
  await stopped;
  await lab.close();
  await rm(state, { recursive: true, force: true });
});

const panel = (...words: string[]) => lab.run(['sandbox', ...words]);

test('a server changed by its name is drift of the project', async () => {
  expect(await panel('change', 'web-1', 'cpu=4', 'power=off')).toMatchObject({ code: 0, out: 'Changed: web-1 (id 900001)\n' });
  const plan = await lab.plan();
  const change = plan.changes.find(({ address }) => address === 'server.web-1');
  expect(change?.fields.map(({ field }) => field).sort()).toEqual(['cpu', 'power']);
});

test('a renamed server is still found by its address, in full or short, and by its id', async () => {
  expect((await panel('rename', 'server.web-1', 'postgres-prod')).out).toBe('Renamed: postgres-prod (id 900001)\n');
  expect(JSON.parse((await panel('change', 'web-1', 'cpu=2', '--json')).out)).toEqual({
    kind: 'server',
    id: 900001,
    name: 'postgres-prod',
  });
  expect((await panel('delete', '900001')).out).toBe('Deleted: postgres-prod (id 900001)\n');
});

test('networks and keys are created and deleted', async () => {
  expect((await panel('create', 'back', '--kind', 'network', 'dhcp=on')).out).toBe('Created: back (id 51001)\n');
  expect((await panel('create', 'web-1', 'ram=2 GB')).out).toBe('Created: web-1 (id 900002)\n');
  expect((await panel('delete', 'back', '--kind', 'network')).code).toBe(0);
});

test.each([
  ['an address that is not recorded', ['delete', 'server.web-9'], 3, /server\.web-9 is not in the ledger/],
  ['a name that nobody has', ['delete', 'zzz'], 1, /The sandbox has no "zzz"/],
  ['a word without a sign', ['change', 'web-1', 'cpu'], 3, /Expected key=value, not cpu/],
  ['an unknown key', ['change', 'web-1', 'cpus=2'], 1, /Did you mean "cpu"/],
])('%s is refused', async (_reason, words, code, message) => {
  const run = await panel(...words);
  expect([run.code, run.err]).toEqual([code, expect.stringMatching(message)]);
});

test('the log shows what ict sent, not what the panel did', async () => {
  await panel('rename', 'web-1', 'x');
  const log = JSON.parse((await panel('log', '--json', '--last', '5')).out) as { method: string; status: number }[];
  expect(log).toHaveLength(5);
  expect((await panel('log')).out).toMatch(/^\S+Z {2}200 {2}POST {4}\/server$/m);
  expect((await panel('log')).out).not.toContain('_sandbox');
});
