import { randomUUID } from 'node:crypto';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { operationEvent } from '#schemas/events/operation-event.ts';
import { head, type Lab, openLab } from '#test/helpers/lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab.close());

const two = `${head}servers: { web: { count: 2 } }\n`;
const one = `${head}servers: { web: { count: 1 } }\n`;
const protectedDb = `${head}servers: { db: { protect: true } }\n`;
const server = (name: string) => {
  const found = lab.sandbox.state.servers.find((item) => item.name === name);
  if (!found) throw new Error(`no server ${name}`);
  return found;
};

describe('confirmation', () => {
  test('nobody is asked without a terminal: exit code 12, nothing done, the flag named', async () => {
    await lab.write(two);
    expect(await lab.run(['apply'])).toMatchObject({ code: 12, err: expect.stringContaining('--yes') });
    expect(lab.serverNames()).toEqual([]);
  });

  test.each([
    ['y', 0, ['web-1', 'web-2']],
    ['n', 12, []],
    ['', 12, []],
  ])('the answer %j ends with %i', async (answer, code, servers) => {
    await lab.write(two);
    expect((await lab.run(['apply'], { answers: [answer] })).code).toBe(code);
    expect(lab.serverNames()).toEqual(servers);
  });

  test('a lowered count names its victim and wants its name', async () => {
    await lab.write(two);
    await lab.run(['apply', '--yes']);
    await lab.write(one);
    const refused = await lab.run(['apply'], { answers: ['y'] });
    expect(refused).toMatchObject({
      code: 12,
      err: expect.stringMatching(/server\.web-2 \(in the panel: "web-2", id 900002, .*\) will be deleted\. Type its name \(web-2\)/),
    });
    expect(lab.serverNames()).toEqual(['web-1', 'web-2']);
    expect((await lab.run(['apply'], { answers: ['web-2'] })).code).toBe(0);
    expect(lab.serverNames()).toEqual(['web-1']);
  });
});

describe('safety', () => {
  test('more deletions than the limit are refused before anything happens: exit code 8', async () => {
    await lab.write(`${head}servers: { a: {}, b: {}, c: {} }\n`);
    await lab.run(['apply', '--yes']);
    await lab.write(`${head}servers: { a: {}, d: {} }\n`);
    expect(await lab.run(['apply', '--yes'])).toMatchObject({ code: 8, out: expect.stringContaining('--allow-deletes 2') });
    expect(lab.serverNames()).toEqual(['a', 'b', 'c']);
    expect((await lab.run(['apply', '--allow-deletes', '2'])).code).toBe(0);
    expect(lab.serverNames()).toEqual(['a', 'd']);
  });

  test('protection outlives its line and is lifted only by name', async () => {
    await lab.write(protectedDb);
    await lab.run(['apply', '--yes']);
    await lab.write(head);
    expect((await lab.run(['apply', '--confirm', 'db'])).code).toBe(8);
    expect((await lab.run(['destroy', '--confirm', 'db'])).code).toBe(8);
    expect(lab.serverNames()).toEqual(['db']);
    expect((await lab.run(['unprotect', 'server.db'])).code).toBe(0);
    expect((await lab.run(['apply', '--confirm', 'db'])).code).toBe(0);
    expect(lab.serverNames()).toEqual([]);
  });

  test('what was there before is adopted, never deleted', async () => {
    await lab.close();
    lab = await openLab({ seed: { servers: [{ name: 'web-1' }, { name: 'other' }] } });
    await lab.write(`${head}servers: { web: { count: 1, disk: 20 } }\n`);
    expect((await lab.run(['apply', '--yes'])).out).toMatch(/server\.web-1 · adopt/);
    await lab.write(head);
    expect((await lab.run(['destroy', '--yes'])).code).toBe(0);
    expect(lab.serverNames()).toEqual(['other', 'web-1']);
  });

  test('a replacement is refused until it is allowed by name, and then keeps its links', async () => {
    const file = (image: string) => `${head}networks: { back: {} }\nservers: { a: { image: ${image}, networks: [back] } }\n`;
    await lab.write(file('Ubuntu 20.4 x64'));
    await lab.run(['apply', '--yes']);
    const before = server('a').id;
    await lab.write(file('Debian 11'));
    expect(await lab.run(['apply', '--confirm', 'a'])).toMatchObject({ code: 8, out: expect.stringContaining('--allow-replace server.a') });
    expect(server('a').id).toBe(before);
    expect((await lab.run(['apply', '--allow-replace', 'server.a', '--confirm', 'a'])).code).toBe(0);
    expect(server('a').id).not.toBe(before);
    expect((await lab.run(['plan', '--detailed-exitcode'])).code).toBe(0);
  });
});

describe('plan', () => {
  test('drift names the field, both values and the panel', async () => {
    await lab.write(two);
    await lab.run(['apply', '--yes']);
    server('web-1').ram = 2048;
    const { code, out } = await lab.run(['plan', '--detailed-exitcode']);
    expect(code).toBe(2);
    expect(out).toMatch(/server\.web-1 · update[\s\S]*ram {2}2 GB → 1 GB {2}panel/);
    expect((await lab.run(['drift', '--detailed-exitcode'])).code).toBe(2);
    expect((await lab.run(['apply', '--yes'])).code).toBe(0);
    expect(server('web-1').ram).toBe(1024);
  });

  test('drift leaves out what only the file changed', async () => {
    await lab.write(two);
    await lab.run(['apply', '--yes']);
    await lab.write(two.replace('count: 2', 'count: 2, cpu: 2'));
    expect(await lab.run(['drift', '--detailed-exitcode'])).toMatchObject({ code: 0, out: expect.stringContaining('No changes') });
  });

  test('a partial plan says so and touches nothing else', async () => {
    await lab.write(`${head}servers: { a: {}, b: {} }\n`);
    expect((await lab.run(['apply', '--yes', '--only', 'a'])).out).toMatch(/partial \(a\)/);
    expect(lab.serverNames()).toEqual(['a']);
  });

  test('a plan changes nothing, on disk or in the cloud', async () => {
    await lab.write(two);
    await lab.run(['plan']);
    expect(await readdir(lab.folder)).toEqual(['infra.yaml']);
    expect(Object.keys(lab.sandbox.requests.counts()).filter((kind) => !kind.startsWith('GET '))).toEqual([]);
  });
});

describe('a saved plan', () => {
  const save = async (): Promise<string> => {
    const path = join(lab.folder, 'plan.json');
    expect((await lab.run(['plan', '--out', path])).code).toBe(0);
    return path;
  };

  test('is carried out while it holds', async () => {
    await lab.write(two);
    expect((await lab.run(['apply', '--plan', await save(), '--yes'])).code).toBe(0);
    expect(lab.serverNames()).toEqual(['web-1', 'web-2']);
  });

  test.each([
    ['the file changed', () => lab.write(two.replace('count: 2', 'count: 3')), /infra file/],
    ['a server changed', () => Promise.resolve((server('web-1').cpu = 4)), /server:\d+ cpu: 1 → 4/],
  ])('is refused with the difference when %s: exit code 7', async (_reason, change, message) => {
    await lab.write(two);
    await lab.run(['apply', '--yes']);
    await lab.write(two.replace('count: 2', 'count: 2, disk: 20'));
    const path = await save();
    await change();
    const { code, err } = await lab.run(['apply', '--plan', path, '--yes']);
    expect(code).toBe(7);
    expect(err).toMatch(message);
    expect(server('web-1').hdd).toBe(10);
  });

  test('that is no plan is a usage error', async () => {
    await lab.write(two);
    await writeFile(join(lab.folder, 'plan.json'), '{"format":1}');
    expect((await lab.run(['apply', '--plan', 'plan.json', '--yes'])).code).toBe(3);
  });
});

test('a second apply is told who holds the lock: exit code 6', async () => {
  await lab.write(two);
  await lab.run(['apply', '--yes']);
  const holder = { id: randomUUID(), pid: process.pid, host: hostname(), startedAt: '2026-01-02T03:04:05.000Z', command: 'ict deploy' };
  await writeFile(join(lab.folder, '.ict', 'shop', 'lock'), JSON.stringify(holder));
  expect(await lab.run(['apply', '--yes'])).toMatchObject({ code: 6, err: expect.stringContaining('ict deploy') });
});

describe('interrupts', () => {
  test('the first Ctrl-C starts nothing new and lets running steps finish; the next apply does the rest', async () => {
    await lab.write(`${head}servers: { web: { count: 9 } }\n`);
    let interrupt = (): void => undefined;
    let seen = 0;
    const { code, err } = await lab.run(['apply', '--yes'], {
      environment: { ICT_CONCURRENCY: '1' },
      onStart: (send) => (interrupt = send),
      onText: (text) => {
        if (text.includes('create server') && ++seen === 3) interrupt();
      },
    });
    expect(code).toBe(130);
    expect(err).toMatch(/Stopping[\s\S]*not started/);
    const made = lab.serverNames().length;
    expect(made).toBeGreaterThanOrEqual(3);
    expect(made).toBeLessThan(9);
    expect((await lab.run(['apply', '--yes'])).code).toBe(0);
    expect(lab.serverNames()).toHaveLength(9);
  });

  test('the second Ctrl-C leaves at once, and the next apply finds what was begun', async () => {
    await lab.close();
    lab = await openLab({ delays: 60_000 });
    await lab.write(two);
    let interrupt = (): void => undefined;
    const running = lab.run(['apply', '--yes'], { onStart: (send) => (interrupt = send) });
    await expect.poll(() => lab.serverNames(), { timeout: 10_000 }).toEqual(['web-1', 'web-2']);
    interrupt();
    interrupt();
    expect(await running).toMatchObject({ code: 130 });
    expect((await lab.run(['plan'])).out).toMatch(/server\.web-1 · resume/);
    lab.sandbox.advance(120_000);
    expect((await lab.run(['apply', '--yes'])).code).toBe(0);
    expect(lab.serverNames()).toEqual(['web-1', 'web-2']);
    expect((await lab.ledger()).entries['server.web-1']).toMatchObject({ origin: 'created' });
  });

  test('the time limit ends with 124', async () => {
    await lab.close();
    lab = await openLab({ delays: 60_000 });
    await lab.write(two);
    expect((await lab.run(['apply', '--yes', '--timeout', '1s'])).code).toBe(124);
  });
});

test('events are JSON lines of their schema, the first names the format, the last the exit code', async () => {
  await lab.write(two);
  const path = join(lab.folder, 'events.ndjson');
  await lab.run(['apply', '--yes', '--events', path]);
  const events = (await readFile(path, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => operationEvent.parse(JSON.parse(line)));
  expect(events[0]).toMatchObject({ kind: 'operation-started', format: 1, operation: 'apply', pid: process.pid });
  expect(events.at(-1)).toMatchObject({ kind: 'operation-finished', exitCode: 0 });
  expect(events.filter((event) => event.kind === 'step-succeeded')).toHaveLength(2);
});

test('a failed step does not stop independent ones: exit code 9, and the next apply does the rest', async () => {
  await lab.write(`${head}servers: { a: {}, b: {}, c: {} }\n`);
  lab.sandbox.faults.set('need-money=POST /server,times=1');
  const { code, err } = await lab.run(['apply', '--yes']);
  expect(code).toBe(9);
  expect(err).toMatch(/not enough money/);
  expect(lab.sandbox.state.servers.filter((item) => item.state === 'Active')).toHaveLength(2);
});

describe('power', () => {
  test('stops, is held against the file, and is undone by what it prints', async () => {
    await lab.write(two);
    await lab.run(['apply', '--yes']);
    const stopped = await lab.run(['power', 'stop', 'web', '--yes']);
    expect(stopped).toMatchObject({ code: 0, out: expect.stringContaining('ict power start server.web-1 server.web-2') });
    expect([server('web-1').isPowerOn, server('web-2').isPowerOn]).toEqual([false, false]);
    expect((await lab.run(['plan', '--detailed-exitcode'])).code).toBe(0);
    expect((await lab.run(['plan', '--full'])).out).toMatch(/power is off, set by ict power/);
    expect((await lab.run(['power', 'start', 'server.web-1', '--yes'])).code).toBe(0);
    expect((await lab.ledger()).holds.map((hold) => hold.address)).toEqual(['server.web-2']);
    expect(await lab.run(['power', 'start', 'web', '--yes'])).toMatchObject({
      code: 0,
      err: expect.stringContaining('server.web-1: skipped'),
    });
  });

  test('of a server that the provider does not show is refused, not told as absent', async () => {
    await lab.write(two);
    await lab.run(['apply', '--yes']);
    lab.sandbox.faults.set('list-empty');
    lab.sandbox.faults.set('says-not-found=GET /server/{id}');
    expect(await lab.run(['power', 'stop', 'web-1', '--yes'])).toMatchObject({
      code: 9,
      err: expect.stringContaining('server.web-1: skipped'),
    });
    lab.sandbox.faults.clear();
    lab.sandbox.faults.set('other-project');
    expect((await lab.run(['power', 'stop', 'web-1', '--yes'])).code).toBe(8);
    expect(server('web-1').isPowerOn).toBe(true);
  });

  test('asks before it stops', async () => {
    await lab.write(two);
    await lab.run(['apply', '--yes']);
    expect(await lab.run(['power', 'stop', 'web-1'], { answers: ['n'] })).toMatchObject({
      code: 12,
      err: expect.stringContaining('Stop 1 server'),
    });
    expect(server('web-1').isPowerOn).toBe(true);
  });
});

describe('the earlier spelling', () => {
  test('ict infra update NAME finds NAME.infra.yaml below the folder', async () => {
    await writeFile(join(lab.folder, 'shop.infra.yaml'), two);
    expect((await lab.run(['infra', 'update', 'shop', '--yes'])).code).toBe(0);
    expect(lab.serverNames()).toEqual(['web-1', 'web-2']);
  });
});

describe('prices', () => {
  const priced = `${head}prices: prices.yaml\nlimits: { monthly_budget: 500 }\n`;
  const table = 'prices:\n  - { dc: Xelent, pool: base, cpu: 100, ram: 50, disk: { SSD: 10 } }\n';

  test('a plan says what a month costs, and one above the budget is refused: exit code 8', async () => {
    await writeFile(join(lab.folder, 'prices.yaml'), table);
    await lab.write(`${priced}servers: { web: { count: 2 } }\n`);
    expect((await lab.run(['plan'])).out).toContain('By your price table: 0 → 500 RUB a month.');
    expect((await lab.run(['apply', '--yes'])).code).toBe(0);
    await lab.write(`${priced}servers: { web: { count: 3 } }\n`);
    expect(await lab.run(['apply', '--yes'])).toMatchObject({
      code: 8,
      out: expect.stringMatching(/750 RUB a month .*`monthly_budget` is 500/),
    });
    expect(lab.serverNames()).toHaveLength(2);
  });

  test.each([
    ['missing', undefined, /no file/],
    ['wrong', 'prices:\n  - { cpu: 1, ram: 1, disk: { SDS: 1 } }\n', /prices\.yaml:2:\d+: error.*SDS/s],
  ])('a table that is %s is a diagnostic in its place: exit code 3', async (_reason, text, message) => {
    if (text !== undefined) await writeFile(join(lab.folder, 'prices.yaml'), text);
    await lab.write(`${priced}servers: { web: {} }\n`);
    expect(await lab.run(['plan'])).toMatchObject({ code: 3, err: expect.stringMatching(message) });
  });
});

test('a creation that fails in the cloud ends the wait, not the patience: its task is looked at', async () => {
  await lab.write(`${head}servers: { a: {}, b: {} }\n`);
  lab.sandbox.faults.set('failed-task=POST /server,times=1');
  expect(await lab.run(['apply', '--yes'])).toMatchObject({
    code: 9,
    err: expect.stringMatching(/could not finish the task: Create Failed/),
  });
  expect((await lab.run(['plan'])).out).toMatch(/server\.[ab] · resume/);
});
