import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { unsafeTag } from '#schemas/ansible/unsafe-text.ts';
import { findHidden } from '#test/helpers/hidden-characters.ts';
import { head, type Lab, openLab } from '../helpers/lab.ts';

// Whoever answers as the provider: a white label, a proxy with its own certificate, a mistake of the provider's.
const steering = '\u001b]52;c;cm0gLXJmIH4=\u0007\u001b[2K\r\n  + server.forged · create\u202e\u200b';
let lab: Lab;
beforeEach(async () => {
  lab = await openLab();
  await lab.write(`${head}servers:\n  web: {}\n  db: {}\n`);
  await lab.run(['apply', '--yes']);
});
afterEach(() => lab.close());

/** Makes the provider lie about a server. */
const lie = (name: string, fields: object): void => {
  for (const server of lab.sandbox.state.servers) if (server.name === name) Object.assign(server, fields);
};

test('a template as address or user is not used, and the plan says so', async () => {
  const template = `{{ lookup('pipe','touch ${join(lab.folder, 'PWN')}') }}`;
  lie('web', { adminUser: template });
  const { out } = await lab.run(['plan']);
  expect(out).toContain('the provider reports a user name that cannot be one');
  for (const args of [['inventory'], ['inventory', '--list'], ['inventory', '--host', 'web'], ['status', '--json'], ['watch']]) {
    const ran = await lab.run(args, { input: '' });
    expect(ran.out + ran.err).not.toContain('lookup');
  }
  expect(existsSync(join(lab.folder, 'PWN'))).toBe(false);
});

test('what the provider said is marked for Ansible as data, what the file says is not', async () => {
  const list: unknown = JSON.parse((await lab.run(['inventory', '--list'])).out);
  expect(list).toMatchObject({
    _meta: { hostvars: { web: { ansible_user: { __ansible_unsafe: 'root' }, ansible_host: { __ansible_unsafe: expect.any(String) } } } },
  });
  const { out } = await lab.run(['inventory']);
  expect(out).toContain('ansible_user: !unsafe "root"');
  expect(parse(out, { customTags: [unsafeTag] })).toBeDefined();
  await lab.write(`${head}servers:\n  web: { vars: { ansible_user: "{{ who }}" } }\n  db: {}\n`);
  expect((await lab.run(['inventory'])).out).toContain('ansible_user: "{{ who }}"');
});

test('no command lets a text of the provider steer the terminal or begin a line', async () => {
  lie('web', { state: steering, image: steering, dc: steering, hddType: steering });
  lie('db', { name: `db${steering}` });
  for (const args of [
    ['plan'],
    ['plan', '--full'],
    ['status'],
    ['drift'],
    ['apply', '--yes'],
    ['account'],
    ['catalog'],
    ['whoami'],
    ['inventory', '--graph'],
    ['validate'],
  ]) {
    const { out, err } = await lab.run(args);
    expect(findHidden(out + err, { lines: true })).toBeUndefined();
    expect(out + err).not.toMatch(/^ {2}\+ server\.forged/m);
  }
});

test.each(['status', 'plan', 'drift'])('%s --json gives programs the very characters', async (command) => {
  lie('db', { name: 'db\u202e' });
  const { out } = await lab.run([command, '--json']);
  expect(() => JSON.parse(out) as unknown).not.toThrow();
});
