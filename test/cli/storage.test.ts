import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { head, type Lab, openLab } from '#test/helpers/lab.ts';

let lab: Lab;
beforeEach(async () => void (lab = await openLab()));
afterEach(() => lab.close());

const two = `${head}servers: { web: { count: 2 } }\n`;
const stored = (...names: string[]): string => join(lab.folder, '.ict', 'shop', ...names);
const program = `${process.cwd()}/dist/cli.js`;

/** Runs the built `ict`. */
async function runBuilt(
  args: readonly string[],
  more: { readonly preload?: string; readonly umask?: string; readonly environment?: object } = {},
) {
  const { preload, umask = '022', environment } = more;
  const node = [
    process.execPath,
    ...(preload === undefined ? [] : ['--require', `${process.cwd()}/test/helpers/${preload}`]),
    program,
    ...args,
  ];
  const child = spawn('/bin/sh', ['-c', `umask ${umask}; exec "$@"`, 'sh', ...node], {
    cwd: lab.folder,
    env: { ...lab.environment, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString('utf8')));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, text };
}

describe.skipIf(process.platform === 'win32')('what is kept of runs', () => {
  test.each(['000', '022', '077'])('is for its owner alone, with the umask %s', async (umask) => {
    await lab.write(two);
    expect(await runBuilt(['apply', '--yes', '--events', 'events.ndjson'], { umask })).toMatchObject({ code: 0 });
    await lab.write(two.replace('count: 2', 'count: 3'));
    expect(await runBuilt(['apply', '--yes', '--events', 'events.ndjson'], { umask })).toMatchObject({ code: 0 });
    const entries = await readdir(join(lab.folder, '.ict'), { recursive: true, withFileTypes: true });
    const open: string[] = [];
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      const mode = (await stat(path)).mode & 0o777;
      // Which files are committed is no secret.
      if (entry.name !== '.gitignore' && (mode & 0o077) !== 0) open.push(`${path} ${mode.toString(8)}`);
    }
    expect(open).toEqual([]);
    expect(entries.length).toBeGreaterThan(6);
    expect((await stat(join(lab.folder, 'events.ndjson'))).mode & 0o777).toBe(0o600);
  });
});

describe('a ledger that git has merged by halves', () => {
  test.each(['ledger.json', 'hosts.json'])('%s: says to keep both sides, and changes nothing', async (name) => {
    await lab.write(two);
    await lab.run(['apply', '--yes']);
    const text = `{\n<<<<<<< HEAD\n"format": 1\n=======\n"format": 1,\n>>>>>>> theirs\n}\n`;
    await writeFile(stored(name), text);
    const { code, err } = await lab.run(name === 'ledger.json' ? ['apply', '--yes'] : ['deploy', '--yes']);
    expect(code).not.toBe(0);
    expect(err).toContain('Keep the entries of both sides');
    expect(err).not.toMatch(/Restore|damaged/);
    expect(await readFile(stored(name), 'utf8')).toBe(text);
    expect(lab.serverNames()).toEqual(['web-1', 'web-2']);
  });
});

describe('ict unlock', () => {
  const leave = async (fields: object): Promise<void> => {
    await lab.write(two);
    await mkdir(stored(), { recursive: true });
    const lock = {
      id: randomUUID(),
      pid: process.pid,
      host: hostname(),
      startedAt: '2026-01-02T03:04:05.000Z',
      command: 'ict deploy',
      ...fields,
    };
    await writeFile(stored('lock'), JSON.stringify(lock));
  };
  const left = (): Promise<string[]> => readdir(stored());

  test('a lock of another machine names its holder and the way out; unlock removes it', async () => {
    await leave({ host: 'runner-17', pid: 42 });
    const { code, err } = await lab.run(['apply', '--yes']);
    expect([code, err]).toEqual([
      6,
      expect.stringMatching(/ict deploy, process 42 on the machine runner-17, since 2026-01-02.* h .*ict unlock/),
    ]);
    expect(await lab.run(['unlock'])).toMatchObject({ code: 12, out: expect.stringContaining('runner-17') as string });
    expect(await lab.run(['unlock'], { answers: ['no'] })).toMatchObject({ code: 12 });
    expect(await left()).toContain('lock');
    expect(await lab.run(['unlock'], { answers: ['yes'] })).toMatchObject({ code: 0 });
    expect(await left()).toEqual([]);
    expect((await lab.run(['apply', '--yes'])).code).toBe(0);
  });

  test('that of a process which runs on this machine stays, whatever is said', async () => {
    await leave({});
    const { code, err } = await lab.run(['unlock', '--yes']);
    expect([code, err]).toEqual([6, expect.stringContaining(`Process ${process.pid} is running`)]);
    expect(await left()).toContain('lock');
  });

  test('a damaged one is removed, and apply says how before', async () => {
    await lab.write(two);
    await mkdir(stored(), { recursive: true });
    await writeFile(stored('lock'), '');
    expect(await lab.run(['apply', '--yes'])).toMatchObject({ code: 6, err: expect.stringContaining('ict unlock') as string });
    expect(await lab.run(['unlock', '--yes'])).toMatchObject({ code: 0 });
    expect((await lab.run(['apply', '--yes'])).code).toBe(0);
  });

  test('without a lock there is nothing to do', async () => {
    await lab.write(two);
    expect(await lab.run(['unlock'])).toMatchObject({ code: 0, out: 'The project is not locked.\n' });
  });

  test('as JSON', async () => {
    await leave({ host: 'runner-17', pid: 42 });
    const { code, out } = await lab.run(['unlock', '--yes', '--json']);
    expect([code, JSON.parse(out)]).toEqual([
      0,
      {
        lock: { pid: 42, host: 'runner-17', startedAt: '2026-01-02T03:04:05.000Z', command: 'ict deploy', isHere: false, life: 'unknown' },
        removed: true,
      },
    ]);
    expect(JSON.parse((await lab.run(['unlock', '--json'])).out)).toEqual({ lock: null, removed: false });
  });
});

test('a disk that is full at the lock leaves nothing behind', async () => {
  await lab.write(two);
  const { code, text } = await runBuilt(['apply', '--yes'], { preload: 'full-disk.cjs', environment: { ICT_FULL_DISK: '/lock\\.' } });
  expect([code, text]).toEqual([1, expect.stringContaining('disk is full')]);
  expect(await readdir(stored())).toEqual([]);
  expect(lab.serverNames()).toEqual([]);
});

describe('the project’s folder is moved in mid-apply', () => {
  // Whichever request is under way: the ledger and the journal stay together, so nothing that was made is without an owner.
  test.each([1, 2])('while server %d is being created', async (nth) => {
    let created = 0;
    let onCreate = (): void => undefined;
    const isCreating = new Promise<void>((resolve) => (onCreate = resolve));
    await lab.close();
    lab = await openLab({
      faults: ['slow=POST /server,ms=300'],
      onRequest: ({ method, path }) => {
        if (method === 'POST' && path.endsWith('/server') && ++created === nth) onCreate();
      },
    });
    await lab.write(two);
    const moved = `${lab.folder}-moved`;
    try {
      const running = runBuilt(['apply', '--yes'], { environment: { ICT_CONCURRENCY: '1' } });
      await isCreating;
      await rename(lab.folder, moved);
      const { code, text } = await running;
      expect(code).not.toBe(0);
      expect(text).toContain(process.platform === 'linux' ? `was moved to ${moved} while` : 'was moved or replaced');
      // Nothing is made at the old place.
      await expect(stat(lab.folder)).rejects.toThrow();
      expect((await readdir(join(moved, '.ict', 'shop'))).filter((name) => name.startsWith('lock'))).toEqual([]);
      expect(lab.serverNames()).toEqual(['web-1', 'web-2']);
      const { code: again, out } = await lab.run(['plan', '--json'], { cwd: moved });
      const { plan } = JSON.parse(out) as { plan: { totals: Record<string, number> } };
      expect([again, plan.totals]).toEqual([0, expect.objectContaining({ create: 0, adopt: 0, delete: 0 })]);
      expect((await lab.run(['apply', '--yes'], { cwd: moved })).code).toBe(0);
      expect(lab.serverNames()).toEqual(['web-1', 'web-2']);
      const ledger = JSON.parse(await readFile(join(moved, '.ict', 'shop', 'ledger.json'), 'utf8')) as { entries: object };
      expect(Object.keys(ledger.entries)).toEqual(['server.web-1', 'server.web-2']);
    } finally {
      await rm(moved, { recursive: true, force: true });
    }
  });
});
