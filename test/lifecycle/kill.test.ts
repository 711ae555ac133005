import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { hasChanges } from '#schemas/plan/read-plan.ts';
import { head, type Lab, openLab, publicKey } from '#test/helpers/lab.ts';

/** A run that holds every kind of step: create, link, resize, power, unlink, delete, a replaced key. */
const before = `${head}
limits: { max_deletes: 9 }
ssh_keys: { laptop: ${publicKey} }
networks: { back: {}, old: {} }
servers:
  web: { count: 2, networks: [old], ssh_keys: [laptop] }
  db: {}
`;
const after = `${head}
limits: { max_deletes: 9 }
ssh_keys: { laptop: ${publicKey.replace('GVjaG8', 'GVjaH8')} }
networks: { back: {} }
servers:
  web: { count: 1, networks: [back], ram: 2 GB, ssh_keys: [laptop] }
  db: { power: off }
  api: { networks: [back], ssh_keys: [laptop] }
`;
const confirm = ['apply', '--yes', '--allow-deletes', '3'];

let lab: Lab | undefined;
afterEach(() => lab?.close());

async function prepare(): Promise<Lab> {
  const opened = await openLab();
  lab = opened;
  await opened.write(before);
  expect((await opened.run(['apply', '--yes'])).code).toBe(0);
  await opened.write(after);
  return opened;
}

async function countJournalLines(opened: Lab): Promise<number> {
  const runs = join(opened.folder, '.ict', 'shop', 'runs');
  const [, last] = (await readdir(runs)).sort();
  return (await readFile(join(runs, last ?? '', 'journal.ndjson'), 'utf8')).trimEnd().split('\n').length;
}

/** Starts the built `ict` and kills it at one line of its journal. */
async function applyUntilKilled(opened: Lab, line: number, when: 'before' | 'after'): Promise<NodeJS.Signals | null> {
  const child = spawn(process.execPath, ['--require', './test/helpers/kill-at.cjs', 'dist/cli.js', ...confirm, opened.folder], {
    env: { ...opened.environment, ICT_KILL_AT: String(line), ICT_KILL_WHEN: when },
    stdio: 'ignore',
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  return signal;
}

/** Applies until nothing is left, as a user would, saying the number of deletions that are left. */
async function applyToTheEnd(opened: Lab): Promise<void> {
  const left = await opened.plan();
  const deletions = left.totals.delete + left.totals.replace;
  const args = ['apply', '--yes', ...(deletions > 0 ? ['--allow-deletes', String(deletions)] : [])];
  const { code, out, err } = await opened.run(args);
  expect(`${code} ${out} ${err}`).toMatch(/^0 /);
}

async function expectEndState(opened: Lab): Promise<void> {
  const { servers, networks, keys } = opened.sandbox.state;
  expect(opened.serverNames()).toEqual(['api', 'db', 'web-1']);
  expect(networks.map((network) => network.name)).toEqual(['back']);
  expect(keys).toHaveLength(1);
  const recorded = Object.fromEntries(Object.values((await opened.ledger()).entries).map((entry) => [entry.address, entry.id]));
  const actual = Object.fromEntries([
    ...servers.map((server) => [`server.${server.name}`, server.id]),
    ...networks.map((network) => [`network.${network.name}`, network.id]),
    ...keys.map((key) => [`key.${key.title}`, key.id]),
  ]);
  expect(recorded).toEqual(actual);
  expect(Object.values((await opened.ledger()).entries).every((entry) => entry.origin === 'created')).toBe(true);
  expect(hasChanges(await opened.plan())).toBe(false);
}

describe('kill -9 of apply', async () => {
  const measured = await prepare();
  expect((await measured.run(confirm)).code).toBe(0);
  await expectEndState(measured);
  const lines = await countJournalLines(measured);
  await measured.close();

  test('the run is long enough to be worth killing', () => expect(lines).toBeGreaterThan(25));

  const points = Array.from({ length: lines }, (_, index) => index + 1);
  test.each(
    points.flatMap((line) => [
      { line, when: 'before' as const },
      { line, when: 'after' as const },
    ]),
  )('$when line $line of the journal, then apply again: the same end state, no duplicate, no orphan', async ({ line, when }) => {
    const opened = await prepare();
    const signal = await applyUntilKilled(opened, line, when);
    expect(signal).toBe('SIGKILL');
    await applyToTheEnd(opened);
    await expectEndState(opened);
  });
});
