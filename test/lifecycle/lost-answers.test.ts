import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hasChanges } from '#schemas/plan/read-plan.ts';
import { head, type Lab, openLab } from '#test/helpers/lab.ts';

/** Seconds of a real cloud, here a hundred times as fast where something has to happen while a run goes on. */
const FAST = 100;
/** A create without an answer is doubted for ten minutes: no test is that old, and none waits for it. */
const patient = { ICT_CREATE_DOUBT_MS: '600000', ICT_CREATE_LOOKUP_MS: String(120_000 / FAST) };
/** The ten minutes have passed. */
const later = { ICT_CREATE_DOUBT_MS: '0', ICT_CREATE_RECHECK_MS: '1' };

const three = `${head}networks: { back: {} }\nservers: { web: { count: 2, networks: [back] }, db: {} }\n`;
const one = `${head}servers: { web-1: {} }\n`;

let lab: Lab;
beforeEach(async () => {
  lab = await openLab({}, patient);
});
afterEach(() => lab.close());

const apply = async (environment: Record<string, string> = {}, ...more: readonly string[]): Promise<number> =>
  (await lab.run(['apply', '--yes', ...more], { environment })).code;
const ids = (): number[] => lab.sandbox.state.servers.map(({ id }) => id);
const countCreates = (): number => lab.sandbox.requests.counts()['POST /server'] ?? 0;
const refusalsOf = async (): Promise<string[]> => (await lab.plan()).refusals.map(({ kind }) => kind);

/** Things are normal again: one server per address, as recorded, and nothing left to do. */
async function expectNormal(names: readonly string[]): Promise<void> {
  expect(lab.serverNames()).toEqual(names);
  const recorded = Object.values((await lab.ledger()).entries).flatMap(({ kind, id }) => (kind === 'server' ? [id] : []));
  expect(new Set(recorded)).toEqual(new Set(ids()));
  const plan = await lab.plan();
  expect([hasChanges(plan), plan.refusals]).toEqual([false, []]);
}

describe('lists that lack what is there', () => {
  const lists = [
    ['a server left out of one list', 'list-omits=GET /server,name=web-1,times=1'],
    ['a server left out of every list', 'list-omits=name=web-1'],
    ['lists cut to one row', 'list-cut=rows=1'],
    ['all lists empty', 'list-empty'],
  ] as const;

  test.each(lists)('%s: nothing is created, deleted or forgotten', async (_reason, fault) => {
    await lab.write(three);
    expect(await apply()).toBe(0);
    lab.sandbox.requests.clear();
    lab.sandbox.faults.set(fault);
    expect(await apply()).toBe(0);
    expect(Object.keys(lab.sandbox.requests.counts()).filter((request) => !request.startsWith('GET'))).toEqual([]);
    lab.sandbox.faults.clear();
    await expectNormal(['db', 'web-1', 'web-2']);
  });

  test.each(lists)('%s: a new entry waits until the list is whole, the rest goes on', async (_reason, fault) => {
    await lab.write(three);
    expect(await apply()).toBe(0);
    await lab.write(three.replace('db: {}', 'db: { cpu: 2 }, new: {}'));
    lab.sandbox.faults.set(fault);
    expect(await apply()).toBe(9);
    expect(lab.serverNames()).toEqual(['db', 'web-1', 'web-2']);
    expect(lab.sandbox.state.servers.find(({ name }) => name === 'db')?.cpu).toBe(2);
    lab.sandbox.faults.clear();
    expect(await apply()).toBe(0);
    await expectNormal(['db', 'new', 'web-1', 'web-2']);
  });

  test.each(lists.slice(1))(
    '%s, in a folder without a ledger: what was created twice is an error of every later plan',
    async (_reason, fault) => {
      lab.sandbox.panel({ do: 'create', name: 'a', values: {} });
      lab.sandbox.panel({ do: 'create', name: 'web-1', values: {} });
      await lab.write(one);
      lab.sandbox.faults.set(fault);
      const { err } = await lab.run(['apply', '--yes']);
      expect(err).toMatch(/Could not check for duplicate names.*does not show server.web-1 yet/);
      lab.sandbox.faults.clear();
      expect(await refusalsOf()).toEqual(['duplicate-name']);
      expect(await apply()).toBe(8);
      expect(countCreates()).toBe(1);
    },
  );
});

describe('a create whose answer is lost', () => {
  test.each([
    ['carried out after 15 s', `late-create=POST /server,ms=${15_000 / FAST},times=1`],
    ['carried out after 90 s', `late-create=POST /server,ms=${90_000 / FAST},times=1`],
  ])('and that is %s is found by the same run', async (_reason, fault) => {
    await lab.write(one);
    lab.sandbox.faults.set(fault);
    // The search ends when it has found; the limit only has to be far away.
    expect(await apply({ ICT_CREATE_LOOKUP_MS: '60000' })).toBe(0);
    expect(countCreates()).toBe(1);
    lab.sandbox.faults.clear();
    await expectNormal(['web-1']);
  });

  test.each([15, 90])('and whose server the lists show %s s later is found by the same run', async (seconds) => {
    await lab.write(one);
    lab.sandbox.faults.set(`list-lag=ms=${(seconds * 1_000) / FAST}`);
    lab.sandbox.faults.set('reset-after-accept=POST /server,times=1');
    expect(await apply({ ICT_CREATE_LOOKUP_MS: '60000' })).toBe(0);
    expect(countCreates()).toBe(1);
    lab.sandbox.faults.clear();
    await expectNormal(['web-1']);
  });

  test.each([
    ['is carried out', 'late-create=POST /server,ms=300000,times=1'],
    ['is shown', 'list-lag=ms=300000'],
  ])('and that %s after the search has ended is sent by no run before it, and found by the next one', async (_reason, fault) => {
    await lab.write(one);
    lab.sandbox.faults.set(fault);
    if (fault.startsWith('list')) lab.sandbox.faults.set('reset-after-accept=POST /server,times=1');
    const soon = { ICT_CREATE_LOOKUP_MS: '20' };
    expect([await apply(soon), await apply(soon), await refusalsOf()]).toEqual([9, 9, ['create-unsettled']]);
    expect((await lab.run(['destroy', '--yes'])).code).toBe(9);
    lab.sandbox.advance(300_000);
    expect(await apply(soon)).toBe(0);
    expect(countCreates()).toBe(1);
    lab.sandbox.faults.clear();
    await expectNormal(['web-1']);
  });

  test('and that was never carried out is sent again when ten minutes and two readings have shown nothing', async () => {
    await lab.write(one);
    lab.sandbox.faults.set('reset-before-accept=POST /server,times=1');
    const soon = { ICT_CREATE_LOOKUP_MS: '20' };
    expect([await apply(soon), await apply(soon), ids().length]).toEqual([9, 9, 0]);
    expect(await apply(later)).toBe(0);
    await expectNormal(['web-1']);
  });

  test('is not taken for a stranger that the lists had left out: nothing of it is changed or deleted', async () => {
    const { id } = lab.sandbox.panel({ do: 'create', name: 'web-1', values: {} });
    lab.sandbox.panel({ do: 'create', name: 'other', values: {} });
    await lab.write(one);
    lab.sandbox.faults.set('list-omits=name=web-1');
    lab.sandbox.faults.set('reset-before-accept=POST /server,times=1');
    expect(await apply({ ICT_CREATE_LOOKUP_MS: '20' })).toBe(9);
    lab.sandbox.faults.clear();
    expect(await apply(later)).not.toBe(0);
    expect((await lab.plan()).refusals[0]?.text.args).toContain(id);
    expect((await lab.run(['destroy', '--yes', '--confirm', 'web-1'], { environment: later })).code).toBe(9);
    expect(lab.serverNames()).toEqual(['other', 'web-1']);
  });

  test('in the middle of several holds up none of the others', async () => {
    await lab.write(three);
    lab.sandbox.faults.set('reset-before-accept=POST /server,times=1,skip=1');
    expect(await apply({ ICT_CREATE_LOOKUP_MS: '20' })).toBe(9);
    expect(lab.serverNames()).toHaveLength(2);
    expect(await apply(later)).toBe(0);
    await expectNormal(['db', 'web-1', 'web-2']);
  });
});

describe('a name that the provider changes on creation', () => {
  test.each(['underscore', 'lower', 'upper', 'trimmed', 'suffix'])('(%s) with an answer: the server is ours by its id', async (variant) => {
    await lab.write(`${head}servers: { Web-Front-1: {} }\n`);
    lab.sandbox.faults.set(`rename-on-create=as=${variant}`);
    expect(await apply()).toBe(0);
    lab.sandbox.faults.clear();
    expect(await apply()).toBe(0);
    expect([countCreates(), Object.values((await lab.ledger()).entries).map(({ id }) => id)]).toEqual([1, ids()]);
    expect(hasChanges(await lab.plan())).toBe(false);
  });

  test.each(['lower', 'upper'])('(%s) without an answer: letters in another case are the same name', async (variant) => {
    await lab.write(`${head}servers: { Web-Front-1: {} }\n`);
    lab.sandbox.faults.set(`rename-on-create=as=${variant}`);
    lab.sandbox.faults.set('reset-after-accept=POST /server,times=1');
    expect(await apply()).toBe(0);
    lab.sandbox.faults.clear();
    expect([countCreates(), Object.values((await lab.ledger()).entries).map(({ id }) => id)]).toEqual([1, ids()]);
    expect(hasChanges(await lab.plan())).toBe(false);
  });

  test.each(['underscore', 'trimmed', 'suffix'])(
    '(%s) without an answer: a person is asked, and nothing is sent twice',
    async (variant) => {
      const file = `${head}servers: { Web-Front-1: {} }\n`;
      await lab.write(file);
      lab.sandbox.faults.set(`rename-on-create=as=${variant}`);
      lab.sandbox.faults.set('reset-after-accept=POST /server,times=1');
      expect(await apply({ ICT_CREATE_LOOKUP_MS: '20' })).toBe(9);
      lab.sandbox.faults.clear();
      // However much time passes: a server that looks like the one is there.
      expect(await apply(later)).toBe(9);
      const [refusal] = (await lab.plan()).refusals;
      expect([refusal?.kind, refusal?.text.args]).toEqual(['create-unsettled', expect.arrayContaining(ids())]);
      await lab.write(file.replace('{}', `{ id: ${ids()[0]} }`));
      expect(await apply(later, '--allow-empty-ledger')).toBe(0);
      expect(countCreates()).toBe(1);
      const plan = await lab.plan();
      expect([hasChanges(plan), plan.refusals]).toEqual([false, []]);
    },
  );
});

test('kill -9 between the acceptance of a create and the journal, with the list 10 s behind: the server is found, and not made again', async () => {
  await lab.write(one);
  lab.sandbox.faults.set('list-lag=ms=10000');
  // The third line would be the acceptance: the run has started, the create was announced.
  const environment = { ...lab.environment, ICT_KILL_AT: '3', ICT_KILL_WHEN: 'before' };
  const words = ['--require', './test/helpers/kill-at.cjs', 'dist/cli.js', 'apply', '--yes', lab.folder];
  const child = spawn(process.execPath, words, { env: environment, stdio: 'ignore' });
  expect(await once(child, 'exit')).toEqual([null, 'SIGKILL']);
  const runs = join(lab.folder, '.ict', 'shop', 'runs');
  const [run = ''] = await readdir(runs);
  expect(await readFile(join(runs, run, 'journal.ndjson'), 'utf8')).toMatch(/"kind":"begin"[^\n]*\n$/);
  expect(ids()).toHaveLength(1);

  expect([await apply(), await refusalsOf()]).toEqual([9, ['create-unsettled']]);
  lab.sandbox.advance(10_000);
  expect(await apply()).toBe(0);
  lab.sandbox.faults.clear();
  expect(countCreates()).toBe(1);
  await expectNormal(['web-1']);
});
