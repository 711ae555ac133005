import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import PQueue from 'p-queue';
import { describe, expect, test } from 'vitest';
import { hasChanges } from '#schemas/plan/read-plan.ts';
import { head, type Lab, openLab } from '#test/helpers/lab.ts';
import { randomInts } from '#test/helpers/random-numbers.ts';

/**
 * `npm test` kills some runs in a cloud ten times as fast as a real one. `ICT_KILLS=100 npx vitest run --project integration
 * test/lifecycle/random-kills.test.ts` kills a hundred of each, `ICT_KILLS_SCALE=1` besides in real time: lists lag by six seconds, and
 * requests keep the default intervals. `ICT_KILLS_AT_ONCE` labs run side by side.
 */
const scale = Number(process.env['ICT_KILLS_SCALE'] ?? 10);
const atOnce = Number(process.env['ICT_KILLS_AT_ONCE'] ?? 3);
const seed = Number(process.env['ICT_PROPERTY_SEED'] ?? Date.now() % 1_000_000);
const killsOf = (usual: number): number => Number(process.env['ICT_KILLS'] ?? usual);
const LAG_MS = 6_000 / scale;
const intervals = {
  ICT_READ_INTERVAL_MS: String(700 / scale),
  ICT_WRITE_INTERVAL_MS: String(1_000 / scale),
  ICT_POLL_INTERVAL_MS: String(5_000 / scale),
  ICT_CREATE_LOOKUP_MS: String(120_000 / scale),
  ICT_CREATE_DOUBT_MS: '600000',
  ICT_TASK_TIMEOUT_MS: '120000',
};
/** Everything late has come, and time has passed. */
const later = { ICT_CREATE_DOUBT_MS: '0', ICT_CREATE_RECHECK_MS: '1' };
/** Longest time between the request at which a run is to die and its death, milliseconds. */
const LATEST_MS = 800 / scale;

const names = ['api', 'db', 'web-1', 'web-2'];
const file = `${head}
networks: { back: {} }
servers:
  web: { count: 2, networks: [back] }
  db: { power: off }
  api: {}
`;

interface Counts {
  killed: number;
  survived: number;
  /** Exit codes of the apply right after the kill. */
  readonly codes: Map<number, number>;
}

/** A program called ansible-playbook that knows its version and nothing else: without playbooks it is not asked for more. */
async function putFakeAnsible(lab: Lab): Promise<Record<string, string>> {
  // Not in the project's folder: programs of a project are never run.
  const bin = `${lab.folder}-bin`;
  await mkdir(bin);
  const path = join(bin, 'ansible-playbook');
  await writeFile(path, "#!/bin/sh\necho 'ansible-playbook [core 2.17.0]'\n");
  await chmod(path, 0o755);
  return { PATH: `${bin}:${lab.environment['PATH'] ?? ''}` };
}

/** Starts the built `ict` and kills it some milliseconds after its N-th request. False when it ended before. */
async function runUntilKilled(lab: Lab, words: readonly string[], listener: Listener, requests: number, delayMs: number): Promise<boolean> {
  const more = words[0] === 'deploy' ? await putFakeAnsible(lab) : {};
  const child = spawn(process.execPath, ['dist/cli.js', ...words, lab.folder], { env: { ...lab.environment, ...more }, stdio: 'ignore' });
  let seen = 0;
  listener.onRequest = () => {
    seen += 1;
    if (seen === requests) void pause(delayMs).then(() => child.kill('SIGKILL'));
  };
  const [, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null];
  delete listener.onRequest;
  return signal === 'SIGKILL';
}

interface Listener {
  onRequest?: () => void;
}

async function openLagging(listener: Listener): Promise<Lab> {
  const faults = [`list-lag=ms=${LAG_MS}`];
  const lab = await openLab({ delays: 1_000 / scale, faults, onRequest: () => listener.onRequest?.() }, intervals);
  await lab.write(file);
  return lab;
}

async function countRequests(words: readonly string[]): Promise<number> {
  const listener: Listener = {};
  const lab = await openLagging(listener);
  try {
    await runUntilKilled(lab, words, listener, Infinity, 0);
    expect(lab.serverNames()).toEqual(names);
    return lab.sandbox.requests.recent().length;
  } finally {
    await lab.close();
  }
}

/** One run that is killed, one right after it while the lists still lag, and one when everything late has come. */
async function killOnce(words: readonly string[], requests: number, delayMs: number, counts: Counts): Promise<void> {
  const listener: Listener = {};
  const lab = await openLagging(listener);
  const where = `killed ${delayMs} ms after request ${requests}`;
  try {
    if (await runUntilKilled(lab, words, listener, requests, delayMs)) counts.killed += 1;
    else counts.survived += 1;
    const again = await lab.run(['apply', '--yes', '--allow-empty-ledger']);
    counts.codes.set(again.code, (counts.codes.get(again.code) ?? 0) + 1);
    expect([0, 9], `${where}: ${again.out}${again.err}`).toContain(again.code);
    expect(new Set(lab.serverNames()).size, where).toBe(lab.serverNames().length);

    lab.sandbox.advance(LAG_MS);
    const last = await lab.run(['apply', '--yes'], { environment: later });
    expect(`${last.code}`, `${where}: ${again.out}${last.out}${last.err}`).toBe('0');
    const { servers, networks } = lab.sandbox.state;
    expect(lab.serverNames(), where).toEqual(names);
    expect(networks, where).toHaveLength(1);
    const recorded = Object.values((await lab.ledger()).entries).map(({ kind, id, origin }) => `${kind} ${id} ${origin}`);
    const actual = [...servers.map(({ id }) => `server ${id} created`), ...networks.map(({ id }) => `network ${id} created`)];
    expect(recorded.sort(), where).toEqual(actual.sort());
    lab.sandbox.advance(LAG_MS);
    expect(hasChanges(await lab.plan()), where).toBe(false);
  } finally {
    await lab.close();
  }
}

describe.each([
  { command: 'apply', words: ['apply', '--yes', '--allow-empty-ledger'], kills: killsOf(20) },
  { command: 'deploy', words: ['deploy', '--yes'], kills: killsOf(10) },
])('kill -9 of $command', ({ command, words, kills }) => {
  test(
    `at ${kills} random instants, with lists that lag: no duplicate, no orphan, and the end state is right`,
    { timeout: 120_000 + kills * 60_000 },
    async () => {
      const longest = await countRequests(words);
      const nextInt = randomInts(seed);
      const counts: Counts = { killed: 0, survived: 0, codes: new Map() };
      const labs = new PQueue({ concurrency: atOnce });
      const rounds = Array.from({ length: kills }, () => [1 + nextInt(longest), nextInt(LATEST_MS)] as const);
      await Promise.all(rounds.map(([requests, delayMs]) => labs.add(() => killOnce(words, requests, delayMs, counts))));
      // An unlucky choice may kill none of few, never none of many.
      expect(counts.killed).toBeGreaterThan(0);
      if (process.env['ICT_KILLS'] !== undefined)
        console.log(`${command}, seed ${seed}: ${JSON.stringify({ ...counts, codes: Object.fromEntries(counts.codes) })}`);
    },
  );
});
