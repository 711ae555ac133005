import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { replayJournal } from '#core/engine/recover/replay-journal.ts';
import { journalEntry } from '#schemas/journal/journal-entry.ts';
import type { Plan } from '#schemas/plan/plan.ts';
import { hasChanges } from '#schemas/plan/read-plan.ts';
import { ledger as ledgerSchema } from '#schemas/state/ledger.ts';
import { head, type Lab, openLab } from '#test/helpers/lab.ts';

/** One server of a random file. Few names and few values, so that files, panel and ledger often meet. */
const server = fc.record({
  cpu: fc.constantFrom(1, 2),
  ram: fc.constantFrom(1024, 2048),
  disk: fc.constantFrom(10, 20),
  networks: fc.subarray(['back', 'side']),
  power: fc.constantFrom('on', 'off'),
});
const names = ['a', 'b', 'c', 'd'] as const;
const file = fc.record({
  networks: fc.subarray(['back', 'side']),
  servers: fc.dictionary(fc.constantFrom(...names), server, { maxKeys: 4 }),
});
type RandomFile = typeof file extends fc.Arbitrary<infer T> ? T : never;

/** What somebody does in the panel between two runs. */
const panel = fc.record({
  resize: fc.option(fc.record({ name: fc.constantFrom(...names), cpu: fc.constantFrom(1, 2, 4), ram: fc.constantFrom(1024, 4096) })),
  power: fc.option(fc.constantFrom(...names)),
  remove: fc.option(fc.constantFrom(...names)),
});

const toYaml = ({ networks, servers }: RandomFile): string => {
  const entries = Object.entries(servers).map(
    ([name, { cpu, ram, disk, networks: wanted, power }]) =>
      `  ${name}: { cpu: ${cpu}, ram: ${ram}, disk: ${disk}, power: ${power}, networks: [${wanted.filter((item) => networks.includes(item)).join(', ')}] }\n`,
  );
  const nets = networks.map((name) => `  ${name}: {}\n`);
  return `${head}${nets.length > 0 ? `networks:\n${nets.join('')}` : ''}${entries.length > 0 ? `servers:\n${entries.join('')}` : ''}`;
};

/** Applies with everything allowed; false when something is refused for good, because it concerns what ict did not create. */
async function applyAll(lab: Lab): Promise<boolean> {
  const plan = await lab.plan();
  const forGood = new Set<string>(['not-ours', 'network-in-use', 'name-taken', 'duplicate-name']);
  if (plan.refusals.some(({ kind }) => forGood.has(kind))) return false;
  const { code, out, err } = await lab.run(['apply', ...allowAll(plan)]);
  expect(`${code}\n${out}${err}`).toMatch(/^0\n/);
  return true;
}

/** Flags that allow and confirm everything a plan needs. */
function allowAll(plan: Plan): string[] {
  const deletions = plan.totals.delete + plan.totals.replace;
  const gone = plan.refusals.find(({ kind }) => kind === 'mass-disappearance')?.text.args?.[0];
  return [
    '--yes',
    '--allow-empty-ledger',
    ...plan.changes.flatMap(({ action, address }) =>
      action === 'replace' ? ['--allow-replace', address] : action === 'recreate' ? ['--recreate', address] : [],
    ),
    ...(deletions > 0 ? ['--allow-deletes', String(deletions)] : []),
    ...(typeof gone === 'number' ? ['--confirm-gone', String(gone)] : []),
  ];
}

async function expectReplayGivesLedger(lab: Lab): Promise<void> {
  const root = join(lab.folder, '.ict', 'shop');
  const last = (await readdir(join(root, 'history')).catch((): string[] => [])).sort().at(-1);
  if (last === undefined) return;
  const history: unknown = JSON.parse(await readFile(join(root, 'history', last), 'utf8'));
  const before = ledgerSchema.parse((history as { ledgerBefore: unknown }).ledgerBefore);
  const lines = (await readFile(join(root, 'runs', last.replace('.json', ''), 'journal.ndjson'), 'utf8')).trimEnd().split('\n');
  const replayed = replayJournal(
    before,
    lines.map((line) => journalEntry.parse(JSON.parse(line))),
  );
  expect(replayed.pending).toEqual([]);
  // A later run may have corrected records only, which leaves no history.
  const after = await lab.ledger();
  if (after.serial === before.serial + 1) expect(after.entries).toEqual(replayed.ledger.entries);
}

test('random file, panel and history: after one apply the next plan is empty, and replaying the journal gives the ledger', async () => {
  await fc.assert(
    fc.asyncProperty(file, panel, file, fc.subarray([...names]), async (first, behind, second, existing) => {
      const lab = await openLab({ seed: { servers: existing.map((name) => ({ name, disk: 10 })) } });
      try {
        await lab.write(toYaml(first));
        if (!(await applyAll(lab))) return;
        expect(hasChanges(await lab.plan())).toBe(false);
        await expectReplayGivesLedger(lab);

        const { servers } = lab.sandbox.state;
        const resized = servers.find((item) => item.name === behind.resize?.name);
        if (resized && behind.resize) Object.assign(resized, { cpu: behind.resize.cpu, ram: behind.resize.ram });
        const switched = servers.find((item) => item.name === behind.power);
        if (switched) switched.isPowerOn = !switched.isPowerOn;
        const removed = servers.findIndex((item) => item.name === behind.remove);
        if (removed >= 0) servers.splice(removed, 1);

        await lab.write(toYaml(second));
        if (!(await applyAll(lab))) return;
        expect(hasChanges(await lab.plan())).toBe(false);
        await expectReplayGivesLedger(lab);
        expect(new Set(lab.serverNames()).size).toBe(lab.serverNames().length);
      } finally {
        await lab.close();
      }
    }),
    { numRuns: 60, seed: Number(process.env['ICT_PROPERTY_SEED'] ?? Date.now() % 1_000_000) },
  );
});
