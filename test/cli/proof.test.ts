import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { exitCodes } from '#schemas/events/exit-code.ts';
import { head, type Lab, openLab } from '../helpers/lab.ts';

let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
});
afterEach(() => lab.close());

describe('an image that leaves the catalogue', () => {
  const old = `${head}servers: { web: { image: Debian 9 x64 }, db: {} }\n`;
  beforeEach(async () => {
    await lab.write(old);
    await lab.run(['apply', '--yes']);
    lab.sandbox.faults.set('image-withdrawn=name=Debian9x64');
  });

  test.each([
    ['plan', ['plan']],
    ['apply', ['apply', '--yes']],
    ['status', ['status']],
    ['power', ['power', 'stop', 'web', '--yes']],
    ['inventory', ['inventory']],
    ['destroy', ['destroy', '--only', 'web', '--confirm', 'web']],
  ])('stops no %s of the servers that have it', async (_command, words) => {
    const { code, out, err } = await lab.run(words);
    expect(`${code}\n${out}${err}`).toMatch(/^0\n/);
  });

  test('is a warning for them, and an error for a new one', async () => {
    expect((await lab.run(['plan'])).err).toContain('Existing servers keep what they have');
    await lab.write(old.replace('db: {}', 'db: {}, new: { image: Debian 9 x64 }'));
    expect(await lab.run(['plan'])).toMatchObject({ code: exitCodes.usage, err: expect.stringContaining('Debian 9 x64') as unknown });
  });
});

test('a disk that the panel allowed is no error for the server that has it, and is one for a new server', async () => {
  await lab.write(`${head}servers: { web: {} }\n`);
  await lab.run(['apply', '--yes']);
  const [server] = lab.sandbox.state.servers;
  if (server) server.hdd = 655;
  await lab.write(`${head}servers: { web: { disk: 655 } }\n`);
  expect(await lab.run(['plan', '--detailed-exitcode'])).toMatchObject({ code: 0 });
  await lab.write(`${head}servers: { web: { disk: 655 }, new: { disk: 655 } }\n`);
  expect((await lab.run(['plan'])).code).toBe(exitCodes.usage);
});

test('destroying what ict only adopted says that nothing was destroyed: exit code 9', async () => {
  const found = await openLab({ seed: { servers: [{ name: 'web', disk: 10, pool: 'base' }] } });
  try {
    await found.write(`${head.replace('disk: 10 GB', 'disk: 10 GB')}servers: { web: { id: 900001 } }\n`);
    await found.run(['apply', '--yes', '--allow-empty-ledger']);
    const { code, err } = await found.run(['destroy', '--yes']);
    expect({ code, err }).toMatchObject({
      code: exitCodes.partial,
      err: expect.stringContaining('Nothing was destroyed: 1 object') as unknown,
    });
    expect(found.serverNames()).toEqual(['web']);
  } finally {
    await found.close();
  }
});

describe('what is saved while a deploy goes on', () => {
  const file = `${head}servers: { web: { monitoring: { agent: false }, playbooks: [./site.yml] } }\n`;
  /** Changes a file as soon as the plan is shown: after the reading and before the first write. */
  const once = (change: () => void): ((text: string) => void) => {
    let isDone = false;
    return (text) => {
      if (isDone || !text.includes('server.web')) return;
      isDone = true;
      change();
    };
  };

  test('a broken infra file: what was read is what runs', async () => {
    await lab.write(`${head}servers: { web: { monitoring: { agent: false } } }\n`);
    const ran = await lab.run(['deploy', '--yes'], { onText: once(() => writeFileSync(lab.file, 'servers: {')) });
    expect(ran).toMatchObject({ code: 0, err: expect.not.stringContaining('nothing was done') as unknown });
    expect(lab.serverNames()).toEqual(['web']);
  });

  test('one more server in the file is not made', async () => {
    await lab.write(`${head}servers: { web: { monitoring: { agent: false } } }\n`);
    await lab.run(['deploy', '--yes'], { onText: once(() => writeFileSync(lab.file, `${head}servers: { web: {}, more: {} }\n`)) });
    expect(lab.serverNames()).toEqual(['web']);
  });

  test('a playbook that changes after the confirmation is not run: exit code 7', async () => {
    const playbook = join(lab.folder, 'site.yml');
    await writeFile(playbook, '- hosts: all\n  tasks: []\n');
    await lab.write(file);
    const ran = await lab.run(['deploy', '--yes'], { onText: once(() => writeFileSync(playbook, '- hosts: all\n  roles: [other]\n')) });
    expect(ran).toMatchObject({
      code: exitCodes.stalePlan,
      err: expect.stringMatching(/changed since the confirmation: .*site\.yml/) as unknown,
    });
    expect(lab.serverNames()).toEqual(['web']);
  });
});

test('a run that was killed stands in the history, and is told of by the next one', async () => {
  await lab.write(`${head}servers: { web: {} }\n`);
  const child = spawn(process.execPath, ['--require', './test/helpers/kill-at.cjs', 'dist/cli.js', 'apply', '--yes', lab.folder], {
    env: { ...lab.environment, ICT_KILL_AT: '3', ICT_KILL_WHEN: 'after' },
    stdio: 'ignore',
  });
  await once(child, 'exit');
  expect((await lab.run(['history'])).out).toMatch(/130 +ict apply · not finished +server\.web/);
  await lab.run(['apply', '--yes']);
  const { out } = await lab.run(['history']);
  expect(out).not.toContain('not finished');
  expect(out).toMatch(/130 +ict apply +server\.web/);
});
