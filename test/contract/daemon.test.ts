import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { advanceSandbox, resetSandbox, switchFaults } from '#sandbox/daemon/command-sandbox.ts';
import { readStatus } from '#sandbox/daemon/read-status.ts';
import { runSandboxForeground } from '#sandbox/daemon/run-sandbox-foreground.ts';
import { startDetached } from '#sandbox/daemon/start-detached.ts';
import { stopSandbox } from '#sandbox/daemon/stop-sandbox.ts';
import { validServer } from '#sandbox/testing/test-sandbox.ts';

let scripts: string;
let stateDir: string;

beforeAll(async () => {
  scripts = await mkdtemp(join(tmpdir(), 'sandbox-script-'));
  const daemon = fileURLToPath(new URL('../../sandbox/src/daemon/run-sandbox-foreground.ts', import.meta.url));
  await build({
    stdin: {
      contents: `import { runSandboxForeground } from ${JSON.stringify(daemon)};
        void runSandboxForeground({ stateDir: process.argv[2], faults: process.argv.slice(3) });`,
      resolveDir: fileURLToPath(new URL('../..', import.meta.url)),
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outfile: join(scripts, 'run.cjs'),
    logLevel: 'silent',
  });
  await writeFile(join(scripts, 'broken.mjs'), `console.error('no such thing'); process.exit(3);`);
  await writeFile(join(scripts, 'mute.mjs'), 'setInterval(() => undefined, 1000);');
});
afterAll(() => rm(scripts, { recursive: true }));

beforeEach(async () => {
  stateDir = await mkdtemp(join(tmpdir(), 'sandbox-daemon-'));
});
afterEach(async () => {
  await stopSandbox(stateDir);
  await rm(stateDir, { recursive: true });
});

const start = (...faults: string[]) =>
  startDetached({ stateDir, execPath: process.execPath, args: [join(scripts, 'run.cjs'), stateDir, ...faults] });
const callApi = async ({ endpoint, token }: { endpoint: string; token: string }, method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${endpoint}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return await answer.json();
};

describe('a detached sandbox', () => {
  test('starts, is found by its folder, and stops', async () => {
    expect(await readStatus(stateDir)).toEqual({ kind: 'stopped' });
    const started = await start();
    expect(started).toMatchObject({ kind: 'started', endpoint: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/) as unknown });
    expect(started.pid).not.toBe(process.pid);
    expect(await readStatus(stateDir)).toMatchObject({ kind: 'running', token: started.token, status: { pid: started.pid, servers: 0 } });
    expect(await start()).toEqual({ ...started, kind: 'already-running' });
    expect(await stopSandbox(stateDir)).toBe('stopped');
    expect(await readStatus(stateDir)).toEqual({ kind: 'stopped' });
    expect(await stopSandbox(stateDir)).toBe('not-running');
  });

  test('comes back with the same token, port, servers and running tasks', async () => {
    const first = await start();
    await callApi(first, 'POST', '/server', validServer);
    await stopSandbox(stateDir);
    const second = await start();
    expect([second.token, second.endpoint]).toEqual([first.token, first.endpoint]);
    expect(await readStatus(stateDir)).toMatchObject({ status: { servers: 1, tasks: [{ work: 'create', phase: 'running' }] } });
    await advanceSandbox(stateDir, 60_000);
    expect(await callApi(second, 'GET', '/server/900001')).toMatchObject({ State: 'Active' });
  });

  test('survives being killed: its state and a file that leads nowhere', async () => {
    const first = await start();
    await callApi(first, 'POST', '/server', validServer);
    process.kill(first.pid, 'SIGKILL');
    await expect.poll(async () => (await readStatus(stateDir)).kind).toBe('stopped');
    const second = await start();
    expect(second.kind).toBe('started');
    expect(await readStatus(stateDir)).toMatchObject({ status: { servers: 1 } });
  });

  test('takes orders: faults, time, reset', async () => {
    const started = await start('strict-dc');
    expect(await switchFaults(stateDir, { set: ['slow=GET,ms=1'] })).toMatchObject([{ fault: 'strict-dc' }, { fault: 'slow=GET,ms=1' }]);
    expect(await switchFaults(stateDir, { clear: ['slow'] })).toMatchObject([{ fault: 'strict-dc' }]);
    expect(await switchFaults(stateDir, { clear: 'all' })).toEqual([]);
    await callApi(started, 'POST', '/server', validServer);
    expect(await advanceSandbox(stateDir, 60_000)).toMatchObject({ servers: 1, tasks: [] });
    expect(await resetSandbox(stateDir)).toMatchObject({ servers: 0, requests: {} });
  });

  test('keeps its secrets in files of the owner alone, and out of its log', async () => {
    const { token } = await start();
    for (const file of ['sandbox.json', 'state.json', 'sandbox.log']) expect((await stat(join(stateDir, file))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(stateDir, 'sandbox.log'), 'utf8')).not.toContain(token);
  });
});

describe('a start that goes wrong', () => {
  const run = (script: string, timeoutMs = 20_000, signal?: AbortSignal) =>
    startDetached({ stateDir, execPath: process.execPath, args: [join(scripts, script)], timeoutMs }, signal);

  test('tells the code and the end of the log', async () => {
    await expect(run('broken.mjs')).rejects.toMatchObject({ code: 'start-failed', problem: { args: ['3', 'no such thing'] } });
  });

  test('does not wait for ever', async () => {
    await expect(run('mute.mjs', 200)).rejects.toMatchObject({ code: 'start-timeout' });
  });

  test('can be given up', async () => {
    await expect(run('mute.mjs', 20_000, AbortSignal.timeout(100))).rejects.toMatchObject({ name: 'AbortError' });
  });

  test('says that a program is missing', async () => {
    const missing = startDetached({ stateDir, execPath: join(scripts, 'no-node'), args: [] });
    await expect(missing).rejects.toMatchObject({ code: 'start-failed' });
  });
});

describe('orders without a sandbox', () => {
  test.each([
    ['reset', () => resetSandbox(stateDir)],
    ['advance', () => advanceSandbox(stateDir, 1)],
    ['faults', () => switchFaults(stateDir, { set: ['slow'] })],
  ])('%s: not-running', async (_reason, order) => expect(order()).rejects.toMatchObject({ code: 'not-running' }));

  test.each([
    ['a misspelt fault', { set: ['slw'] }],
    ['a misspelt name', { clear: ['slw'] }],
    ['a rule where a name belongs', { clear: ['slow=GET'] }],
  ])('%s is told before anything is sent', async (_reason, change) => {
    await expect(switchFaults(stateDir, change)).rejects.toMatchObject({ code: 'bad-fault' });
  });
});

test('in the foreground it runs until the signal, and only once per folder', async () => {
  const stop = new AbortController();
  let ready: { endpoint: string; token: string } | undefined;
  const running = runSandboxForeground({ stateDir, onReady: (value) => (ready = value) }, stop.signal);
  await expect.poll(() => ready).toBeDefined();
  await expect(runSandboxForeground({ stateDir })).rejects.toMatchObject({ code: 'already-running' });
  expect(await readStatus(stateDir)).toMatchObject({ kind: 'running', endpoint: ready?.endpoint });
  stop.abort();
  await running;
  expect(await readStatus(stateDir)).toEqual({ kind: 'stopped' });
});
