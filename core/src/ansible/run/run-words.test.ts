import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlaybookRequest } from '../../ports/ansible.ts';
import { listArguments, toShellCommand } from './playbook-arguments.ts';
import { buildEnvironment, type RunEnvironment } from './run-environment.ts';
import { isKnownNoise, parseCallbackLine } from './run-playbook.ts';

const request: PlaybookRequest = {
  playbook: 'nginx',
  isBundled: true,
  inventories: ['/p/one.yml', '/p/two.yml'],
  limitFile: '/p/hosts.txt',
  hostCount: 2,
  tags: [],
  skipTags: [],
  isCheck: false,
  verbosity: 0,
  folder: '/p',
};

describe('arguments', () => {
  test.each<[string, Partial<PlaybookRequest>, string]>([
    ['of a plain run', {}, ''],
    ['with tags', { tags: ['a', 'b'], skipTags: ['c'] }, '--tags a,b --skip-tags c '],
    ['of a dry run', { isCheck: true }, '--check --diff '],
    ['that ask for more words', { verbosity: 2 }, '-vv '],
    ['that ask for more words than there are', { verbosity: 9 }, '-vvvv '],
    ['with a password file', { vaultPasswordFile: '/v' }, '--vault-password-file /v '],
  ])('%s', (_reason, more, words) => {
    expect(listArguments({ ...request, ...more }, '/b/nginx.yml').join(' ')).toBe(
      `-i /p/one.yml -i /p/two.yml --limit @/p/hosts.txt ${words}/b/nginx.yml`,
    );
  });
});

describe('a command to be pasted', () => {
  test('leaves plain words plain', () => {
    expect(toShellCommand(['ansible-playbook', '-i', '/p/a.yml', '--limit', '@/p/h'], { ANSIBLE_CONFIG: '/p/an sible.cfg' })).toBe(
      "ANSIBLE_CONFIG='/p/an sible.cfg' ansible-playbook -i /p/a.yml --limit @/p/h",
    );
  });

  test('gives a real shell the very words', () => {
    const word = fc.string({ unit: fc.constantFrom(...Array.from('ab \'"$`\\\n*?!~#&;|<>(){}[]=-é')), maxLength: 12 });
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), word, (words, value) => {
        const command = toShellCommand(['printf', String.raw`%s\0`, ...words], { ICT_TEST: value });
        expect(execFileSync('/bin/sh', ['-c', command], { encoding: 'utf8' })).toBe(words.map((one) => `${one}\0`).join(''));
        const shown = toShellCommand(['sh', '-c', 'printf %s "$ICT_TEST"'], { ICT_TEST: value });
        expect(execFileSync('/bin/sh', ['-c', shown], { encoding: 'utf8' })).toBe(value);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the environment of a run', () => {
  const build = (inherited: RunEnvironment['inherited'], hostCount = 3) =>
    buildEnvironment({ inherited, config: '/b/ansible.cfg', callbacks: '/b/callback', controlPathDir: '/run/ict', hostCount });

  test('has nothing of our token, whatever else it keeps', () => {
    const made = build({ ONECLOUD_TOKEN: 'secret', ONECLOUD_TOKEN_FILE: '/s', HOME: '/home/me', SSH_AUTH_SOCK: '/a', GONE: undefined });
    expect(Object.keys(made).filter((name) => /token/i.test(name))).toEqual([]);
    expect(Object.values(made)).not.toContain('secret');
    expect(made).toMatchObject({ HOME: '/home/me', SSH_AUTH_SOCK: '/a' });
    expect(made).not.toHaveProperty('GONE');
  });

  test.each([
    [0, '1'],
    [3, '3'],
    [400, '25'],
  ])('for %i hosts has %s forks', (hostCount, forks) => {
    expect(build({}, hostCount)['ANSIBLE_FORKS']).toBe(forks);
  });

  test('keeps what the user prefers, and not what we rely on', () => {
    const made = build({
      ANSIBLE_FORKS: '7',
      ANSIBLE_TIMEOUT: '60',
      ANSIBLE_PIPELINING: '0',
      ANSIBLE_HOST_KEY_CHECKING: '0',
      LC_ALL: 'C',
      ANSIBLE_INVENTORY_UNPARSED_FAILED: '0',
      ANSIBLE_FORCE_COLOR: '1',
      ICT_EVENTS_FD: '9',
      ANSIBLE_CALLBACK_PLUGINS: '/mine',
    });
    expect(made).toMatchObject({
      ANSIBLE_FORKS: '7',
      ANSIBLE_TIMEOUT: '60',
      ANSIBLE_PIPELINING: '0',
      ANSIBLE_HOST_KEY_CHECKING: '1',
      LC_ALL: 'C.UTF-8',
      ANSIBLE_INVENTORY_UNPARSED_FAILED: '1',
      ANSIBLE_FORCE_COLOR: '0',
      ICT_EVENTS_FD: '3',
      ANSIBLE_CALLBACK_PLUGINS: '/b/callback:/mine',
      ANSIBLE_SSH_CONTROL_PATH_DIR: '/run/ict',
    });
  });
});

describe('a line of the plugin', () => {
  const line = '{"v":1,"seq":1,"ts":1.5,"event":"no_hosts_matched"}';
  test.each([
    ['is an event', line, true],
    ['of a later plugin may say more', line.replace('}', ',"more":1}'), true],
    ['of another version is none', line.replace('"v":1', '"v":2'), false],
    ['of an unknown kind is none', line.replace('no_hosts_matched', 'x'), false],
    ['cut in the middle is none', line.slice(0, 20), false],
    ['that is empty is none', '', false],
    ['that is a word of JSON is none', 'null', false],
  ])('%s', (_reason, text, isEvent) => {
    expect(parseCallbackLine(text) !== undefined).toBe(isEvent);
  });

  test('with a module’s odd answers loses those and stays an event', () => {
    const odd = { stdout: 7, stderr: null, msg: ['a'], rc: 'x', diff: {}, more: 1 };
    const event = {
      v: 1,
      seq: 1,
      ts: 1,
      event: 'host_ok',
      host: 'h',
      task: { id: 't', name: 'n', action: 'a' },
      changed: true,
      result: odd,
    };
    expect(parseCallbackLine(JSON.stringify(event))).toMatchObject({ event: 'host_ok', result: { msg: ['a'], more: 1 } });
  });
});

test.each([
  ['[WARNING]: Found both group and host with same name: db', true],
  ['[WARNING]: Could not match supplied host pattern, ignoring: db', false],
  ['ok: [db]', false],
])('%s is noise: %s', (line, isNoise) => {
  expect(isKnownNoise(line)).toBe(isNoise);
});
