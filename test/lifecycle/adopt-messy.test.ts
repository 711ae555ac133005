import { afterEach, expect, test } from 'vitest';
import { addServerEntries, type AdoptedServer } from '#client/commands/project/add-server-entries.ts';
import type { StoredServer } from '#sandbox/store/state-schema.ts';
import { hasChanges } from '#schemas/plan/read-plan.ts';
import { head, type Lab, openLab } from '#test/helpers/lab.ts';

/** An account as people leave it behind. */
const servers = [
  { name: 'Сервер бухгалтерии!', networks: ['office'] },
  { name: 'web 1 (old)', ram: 1536, networks: ['office', 'backup'] },
  { name: 'db', cpu: 3, networks: ['backup'] },
  { name: 'db', cpu: 2 },
  { name: 'stopped', power: 'off' as const },
  { name: 'unpaid', state: 'NeedMoney' as const },
  { name: 'blocked', state: 'Blocked' as const },
  { name: 'archive', disk: 655, ram: 3072, pool: 'high' as const },
];

let lab: Lab;
afterEach(() => lab.close());

async function openMessy(): Promise<void> {
  lab = await openLab({ seed: { servers, networks: [{ name: 'office' }, { name: 'backup' }] } });
  // An image that is offered no more.
  lab.sandbox.panel({ do: 'change', target: 'archive', values: { image: 'Debian7.0x64' } });
}

/** What the extension knows of a server when somebody adopts it, with the name that it asks for where the panel's is none of a file. */
const toAdopted = (server: StoredServer, index: number): AdoptedServer => ({
  id: server.id,
  name: /^[A-Za-z][\w-]*$/.test(server.name) && server.name !== 'db' ? server.name : `adopted-${index + 1}`,
  isOn: server.isPowerOn,
  dc: server.dc,
  image: server.image,
  pool: server.isHighPerformance ? 'high' : 'base',
  cpu: server.cpu,
  ramMb: server.ram,
  diskGb: server.hdd,
  diskType: server.hddType,
});

function writeEntries(): string {
  const addition = addServerEntries(head, lab.sandbox.state.servers.map(toAdopted));
  if (addition.kind !== 'added') throw new Error('an entry is taken');
  return `${head.slice(0, addition.start)}${addition.text}${head.slice(addition.end)}`;
}

const account = (): string => JSON.stringify([lab.sandbox.state.servers, lab.sandbox.state.networks]);
const writes = (): string[] => Object.keys(lab.sandbox.requests.counts()).filter((request) => !request.startsWith('GET '));

test('eight servers as people leave them are adopted with reads alone: links, power, names and hardware stay', async () => {
  await openMessy();
  await lab.write(writeEntries());
  const before = account();
  lab.sandbox.requests.clear();

  const plan = await lab.plan();
  expect([plan.totals.adopt, plan.refusals, plan.changes.flatMap(({ fields }) => fields)]).toEqual([8, [], []]);
  const applied = await lab.run(['apply', '--yes', '--allow-empty-ledger']);
  expect(`${applied.code} ${applied.err}`).toMatch(/^0 /);
  expect([writes(), account()]).toEqual([[], before]);

  const entries = Object.values((await lab.ledger()).entries);
  expect(entries.map(({ id, origin }) => `${id} ${origin}`).sort()).toEqual(
    lab.sandbox.state.servers.map(({ id }) => `${id} adopted`).sort(),
  );
  const next = await lab.plan();
  expect([hasChanges(next), next.refusals]).toEqual([false, []]);
  expect((await lab.run(['apply', '--yes'])).code).toBe(0);
  expect([writes(), account()]).toEqual([[], before]);
});

test('what their entries say otherwise is for the next plan, and is named so', async () => {
  await openMessy();
  await lab.write(writeEntries().replace('cpu: 3', 'cpu: 4'));
  lab.sandbox.requests.clear();
  const applied = await lab.run(['apply', '--yes', '--allow-empty-ledger']);
  expect(applied).toMatchObject({ code: 0, out: expect.stringContaining('the differences are for the next plan') });
  expect(writes()).toEqual([]);
  const next = await lab.plan();
  expect(next.changes.flatMap(({ action, fields }) => (action === 'no-op' ? [] : [[action, fields.map(({ field }) => field)]]))).toEqual([
    ['update', ['cpu']],
  ]);
});

test('taking them out of the file again forgets them, and the account stays as it was', async () => {
  await openMessy();
  const before = account();
  await lab.write(writeEntries());
  await lab.run(['apply', '--yes', '--allow-empty-ledger']);
  await lab.write(head);
  lab.sandbox.requests.clear();
  expect((await lab.run(['apply', '--yes'])).code).toBe(0);
  expect([writes(), account(), (await lab.ledger()).entries]).toEqual([[], before, {}]);
});
