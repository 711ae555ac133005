import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { startSandbox } from '#sandbox/start-sandbox.ts';
import { head } from '#test/helpers/lab.ts';

/**
 * Two copies of one folder, applied at nearly the same time by two processes: no lock can help, only looks at the account. `npm test` does
 * it ten times as fast as in reality. `ICT_COPIES_SCALE=1 ICT_COPIES_ROUNDS=10 ICT_COPIES_SERVERS=8 npx vitest run --project integration
 * test/lifecycle/two-copies.test.ts` takes the default intervals and prints what happened.
 */
const scale = Number(process.env['ICT_COPIES_SCALE'] ?? 10);
const rounds = Number(process.env['ICT_COPIES_ROUNDS'] ?? 1);
const count = Number(process.env['ICT_COPIES_SERVERS'] ?? 3);

const names = Array.from({ length: count }, (_, index) => `s${index + 1}`);
const file = `${head}servers: { ${names.map((name) => `${name}: {}`).join(', ')} }\n`;

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

/** Runs the built `ict` in a folder. */
async function ict(folder: string, environment: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['dist/cli.js', ...words, folder], { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (text += part.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, text };
}

/** Names of which the account has more than one server, with their ids. */
function findTwins(servers: readonly { readonly id: number; readonly name: string }[]): Map<string, readonly number[]> {
  const ids = new Map<string, number[]>();
  for (const { id, name } of servers) ids.set(name, [...(ids.get(name) ?? []), id]);
  return new Map([...ids].filter(([, of]) => of.length > 1));
}

async function applyTwice(offsetMs: number): Promise<{ readonly codes: string; readonly twins: number }> {
  const sandbox = await startSandbox({ delays: 500 / scale });
  const root = await mkdtemp(join(tmpdir(), 'ict-copies-'));
  const folders = [join(root, 'one'), join(root, 'two')] as const;
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: root,
    ICT_CONFIG_DIR: join(root, 'config'),
    ONECLOUD_ENDPOINT: sandbox.endpoint,
    ONECLOUD_TOKEN: sandbox.token,
    ICT_AGENT: 'off',
    LANG: 'C.UTF-8',
    ICT_READ_INTERVAL_MS: String(700 / scale),
    ICT_WRITE_INTERVAL_MS: String(1_000 / scale),
    ICT_POLL_INTERVAL_MS: String(5_000 / scale),
  };
  try {
    for (const folder of folders) {
      await mkdir(folder);
      await writeFile(join(folder, 'infra.yaml'), file);
    }
    const apply = (folder: string): Promise<Ended> => ict(folder, environment, 'apply', '--yes', '--allow-empty-ledger');
    const runs = await Promise.all([apply(folders[0]), pause(offsetMs).then(() => apply(folders[1]))]);
    const told = runs.map(({ text }) => text).join('\n');
    const twins = findTwins(sandbox.state.servers);
    for (const [name, ids] of twins) {
      const finders = runs.filter(({ text }) => ids.every((id) => text.includes(String(id))));
      expect(
        finders.map(({ code }) => code),
        `${name} exists as ${ids.join(' and ')}:\n${told}`,
      ).toContain(9);
    }
    for (const { code, text } of runs) expect([0, 8, 9], text).toContain(code);
    for (const folder of folders) {
      const plan = await ict(folder, environment, 'plan');
      if (twins.size > 0) expect(plan.text).not.toMatch(/No changes/);
      else expect(plan).toMatchObject({ code: 0 });
    }
    return { codes: runs.map(({ code }) => code).join(' and '), twins: twins.size };
  } finally {
    await sandbox.close();
    await rm(root, { recursive: true, force: true });
  }
}

test.each([0, 1, 2, 4])(
  'two copies of a folder, the second %s s later: no name exists twice, or who finds it stops with 9 and names both',
  { timeout: 60_000 + (rounds * (count + 10) * 10_000) / scale },
  async (offsetSeconds) => {
    const ends: string[] = [];
    for (let round = 0; round < rounds; round++) {
      const { codes, twins } = await applyTwice((offsetSeconds * 1_000) / scale);
      ends.push(`${codes}${twins > 0 ? ` (${twins} twins, named)` : ''}`);
    }
    expect(ends).toHaveLength(rounds);
    if (process.env['ICT_COPIES_ROUNDS'] !== undefined) console.log(`${offsetSeconds} s apart: ${ends.join(', ')}`);
  },
);
