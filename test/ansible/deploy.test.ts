import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { probeIsolated } from '#sandbox/hosts/isolated/probe-isolated.ts';
import { toHostRequest } from '#sandbox/hosts/backend/host-backend.ts';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readAllFiles } from '../helpers/lab.ts';
import { type DeployLab, type DeployRun, listProcesses, openDeployLab } from './deploy-lab.ts';

const probe = await probeIsolated();
const why = probe.kind === 'available' ? 'on isolated hosts' : `skipped: ${JSON.stringify(probe.reason)}`;
const cgroupRoot = probe.kind === 'available' ? probe.found.cgroupRoot : '';

const SECRET = 'hunter22"back\\slash';
const NAMES = ['db', 'web-1', 'web-2'];

/** The project; `web` and `db` are further lines of these entries. */
const infra = (web = '', db = '', text = 'one'): string => `version: 1
project: shop
defaults:
  { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB, ssh_keys: [me], monitoring: { agent: false } }
ssh_keys: { me: keys/id.pub }
servers:
  web:
    count: 2
    playbooks: [{ path: site.yml }]
    vars: { text: ${text} }
${web}
  db:
    playbooks: [{ path: site.yml }, { path: db.yml, vars: { part: data } }]
    vars: { text: plain }
${db}
groups:
  everybody: { servers: [web, db], vars: { db_password: '${SECRET}' } }
`;

const site = `- name: Site
  hosts: all
  gather_facts: false
  tasks:
    - name: Write
      ansible.builtin.copy: { content: "{{ text }} {{ db_password }}\\n", dest: /root/site, mode: "0600" }
      tags: [write]
    - name: Look
      ansible.builtin.command: test ! -e /root/broken
      changed_when: false
      tags: [look]
`;
const db = `- name: Database
  hosts: db
  gather_facts: false
  tasks:
    - name: Write part
      ansible.builtin.copy: { content: "{{ part }}\\n", dest: /root/db, mode: "0600" }
`;
const slow = `- name: Slow
  hosts: all
  gather_facts: false
  tasks:
    - name: Sleep
      ansible.builtin.shell: touch /root/asleep; sleep 100
`;

describe.skipIf(probe.kind === 'unavailable')(`ict deploy ${why}`, { timeout: 60_000 }, () => {
  let lab: DeployLab;
  beforeAll(async () => {
    lab = await openDeployLab(cgroupRoot, { ICT_SSH_WAIT_MS: '20000' });
    await Promise.all([lab.write(infra()), lab.put('site.yml', site), lab.put('db.yml', db), lab.put('slow.yml', slow)]);
  });
  afterAll(() => lab.close());

  const changes = ({ record }: DeployRun) => Object.fromEntries(NAMES.map((name) => [name, sum(record, name)]));
  const sum = (record: DeployRun['record'], name: string) =>
    record?.playbooks.reduce((total, { stats }) => total + (stats[name]?.changed ?? 0), 0);
  const outcomes = ({ record }: DeployRun) =>
    Object.fromEntries(Object.entries(record?.hosts ?? {}).map(([name, { outcome }]) => [name, outcome]));
  const runs = ({ record }: DeployRun) => record?.playbooks.map(({ playbook, hosts }) => `${playbook}: ${hosts.join(' ')}`);

  test('nothing is made and nothing runs when the question is answered with no', async () => {
    const ran = await lab.run(['deploy'], { answers: ['n'] });
    expect(ran).toMatchObject({ code: 12, err: expect.stringContaining('The panel differs from the file') });
    expect(ran.out).toContain('web-1');
    expect(lab.serverNames()).toEqual([]);
  });

  test('answered with yes, the servers are made, their keys pinned, the playbooks run', async () => {
    const ran = await lab.deploy([], { answers: ['y'] });
    expect(ran).toMatchObject({ code: 0, kind: 'deployed' });
    expect(runs(ran)).toEqual(['site.yml: web-1 web-2 db', 'db.yml: db']);
    expect(changes(ran)).toEqual({ 'web-1': 1, 'web-2': 1, db: 2 });
    expect(await lab.onHost('web-2', 'cat /root/site')).toBe(`one ${SECRET}`);
    expect(await lab.onHost('db', 'cat /root/site /root/db')).toBe(`plain ${SECRET}\ndata`);
    const known = await readFile(join(lab.folder, '.ict', 'shop', 'known_hosts'), 'utf8');
    for (const name of NAMES) expect(known).toContain(`${lab.factsOf(name).ip} ${lab.factsOf(name).hostKey}`);
  });

  test('a second time nothing is changed, and the table says so', async () => {
    const ran = await lab.run(['deploy']);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('Deployed to 3 hosts.') });
    expect(ran.out).toMatch(/db +ok +3 +0 +0 +0/);
    expect(ran.out).toMatch(/web-1 +ok +2 +0 +0 +0/);
  });

  test('--changed runs nothing when nothing is new, and only what is new otherwise', async () => {
    expect(await lab.run(['deploy', '--changed'])).toMatchObject({ code: 0, out: expect.stringContaining('Nothing has changed') });
    await Promise.all([lab.write(infra('', '', 'two')), lab.put('db.yml', db.replace('part }}', 'part }} more'))]);
    const other = await lab.deploy(['--changed']);
    expect([other.code, runs(other)]).toEqual([0, ['site.yml: web-1 web-2', 'db.yml: db']]);
    expect(changes(other)).toEqual({ 'web-1': 1, 'web-2': 1, db: 1 });
  });

  test('--check says what would change and changes nothing', async () => {
    await lab.write(infra('', '', 'three'));
    const ran = await lab.run(['deploy', '--check', '--limit', 'web-1']);
    expect(ran).toMatchObject({ code: 0, out: expect.stringMatching(/\+three/) });
    expect(await lab.onHost('web-1', 'cat /root/site')).toContain('two');
    expect(await lab.run(['deploy', '--check', '--changed', '--limit', 'db'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('Nothing'),
    });
  });

  test('--limit and --tags narrow it', async () => {
    const look = await lab.deploy(['--limit', 'web-1', '--tags', 'look']);
    expect([look.code, runs(look), look.record?.playbooks[0]?.stats]).toMatchObject([
      0,
      ['site.yml: web-1'],
      { 'web-1': { ok: 1, changed: 0 } },
    ]);
    expect(await lab.onHost('web-1', 'cat /root/site')).toContain('two');
    expect(await lab.run(['deploy', '--limit', 'wbe'])).toMatchObject({ code: 3, err: expect.stringContaining('wbe') });
  });

  test('a failing task ends with 10 and is told with host, task and place; --retry-failed goes on there', async () => {
    await lab.onHost('db', 'touch /root/broken');
    const ran = await lab.run(['deploy']);
    expect(ran).toMatchObject({ code: 10, err: expect.stringMatching(/db Look site\.yml:\d+\n/) });
    expect(ran.err).toContain('ict deploy --retry-failed');
    expect(ran.out).toMatch(/db +failed/);
    expect(ran.out).not.toContain('db.yml');
    await lab.onHost('db', 'rm /root/broken');
    const mended = await lab.deploy(['--retry-failed']);
    expect([mended.code, runs(mended), outcomes(mended)]).toEqual([0, ['site.yml: db', 'db.yml: db'], { db: 'ok' }]);
    expect(await lab.run(['deploy', '--retry-failed'])).toMatchObject({ code: 0, out: expect.stringContaining('no failed host') });
  });

  test('drift in the panel is asked about first; with no, it stays and no playbook runs', async () => {
    const server = lab.sandbox.state.servers.find(({ name }) => name === 'web-2');
    if (server === undefined) throw new Error('no web-2');
    server.cpu = 2;
    const ran = await lab.run(['deploy'], { answers: ['n'] });
    expect(ran).toMatchObject({ code: 12, out: expect.stringContaining('web-2') });
    expect(ran.out).not.toContain('TASK [');
    expect(server.cpu).toBe(2);
    server.cpu = 1;
  });

  test('playbooks that cannot be parsed end with 3, all told at once, before any host is touched', async () => {
    await lab.put('site.yml', '- hosts: all\n  tasks: [ { name: x, nosuch.module.at_all: {} }\n');
    await lab.put('slow.yml', '- hosts: all\n  tasks:\n    - nosuch_module_at_all: {}\n');
    await lab.write(infra().replace('{ path: db.yml,', '{ path: slow.yml,'));
    const ran = await lab.run(['deploy']);
    expect(ran).toMatchObject({ code: 3, err: expect.stringContaining('No host was touched.') });
    for (const words of ['site.yml', 'Syntax Error', 'slow.yml', 'nosuch_module_at_all']) expect(ran.err).toContain(words);
    expect(ran.out).not.toContain('TASK [');
    await Promise.all([lab.put('site.yml', site), lab.put('slow.yml', slow)]);
  });

  test('a playbook that is not there ends with 3', async () => {
    await lab.write(infra().replace('db.yml', 'nowhere.yml'));
    expect(await lab.run(['deploy'])).toMatchObject({ code: 3, err: expect.stringContaining('nowhere.yml') });
    await lab.write(infra());
  });

  test('a host that is gone from the net ends with 11; the others are deployed to', async () => {
    const { serverId } = lab.factsOf('web-2');
    await lab.backend.stop(serverId, false);
    const ran = await lab.deploy(['--limit', 'web'], { environment: { ICT_SSH_WAIT_MS: '1' } });
    expect([ran.code, outcomes(ran)]).toEqual([11, { 'web-1': 'ok', 'web-2': 'unreachable' }]);
    expect(ran.record?.playbooks.map(({ hosts }) => hosts)).toEqual([['web-1']]);
    const told = await lab.run(['deploy', '--limit', 'web-2'], { environment: { ICT_SSH_WAIT_MS: '1' } });
    expect(told).toMatchObject({ code: 11, err: expect.stringContaining(`SSH does not answer at ${lab.factsOf('web-2').ip}`) });
  });

  test('another host key on the same server is refused by name; forgetting it is the user’s own deed', async () => {
    const server = lab.sandbox.state.servers.find(({ name }) => name === 'web-2');
    if (server === undefined) throw new Error('no web-2');
    const key = await readFile(join(lab.folder, 'keys', 'id.pub'), 'utf8');
    await lab.backend.rebuild(toHostRequest(server, [key.trim()], 'Secret123'));
    const ran = await lab.run(['deploy', '--limit', 'web-2']);
    expect(ran).toMatchObject({ code: 11, err: expect.stringContaining('The host key of server.web-2') });
    expect(await lab.onHost('web-2', 'ls /root')).toBe('');
    expect((await lab.run(['ssh', 'web-2', '--forget-key'])).code).toBe(0);
    const after = await lab.deploy(['--limit', 'web-2']);
    expect([after.code, changes(after)['web-2']]).toEqual([0, 1]);
  });

  test('a server that ict has replaced is another host: its key is pinned without a word', async () => {
    const before = lab.factsOf('web-1').hostKey;
    await lab.write(infra('    image: Debian 11'));
    const ran = await lab.deploy(['--limit', 'web-1', '--allow-replace', 'server.web-1', '--allow-deletes', '1', '--yes'], {
      answers: ['y'],
    });
    expect(ran.err).not.toContain('host key');
    expect([ran.code, changes(ran)['web-1'], ran.err]).toEqual([0, 1, expect.anything()]);
    expect(lab.factsOf('web-1').hostKey).not.toBe(before);
    await lab.write(infra());
  });

  test('Ctrl-C ends with 130 and leaves no process of ours', async () => {
    await lab.write(infra('', '').replace('[{ path: site.yml }, {', '[{ path: slow.yml }, {'));
    let interrupt = (): void => undefined;
    const running = lab.run(['deploy', '--limit', 'db'], { onStart: (send) => (interrupt = send) });
    await expect.poll(() => lab.onHost('db', 'ls /root'), { timeout: 20_000 }).toContain('asleep');
    interrupt();
    const ended = await running;
    expect(ended).toMatchObject({ code: 130, err: expect.stringContaining('may still finish there') });
    await expect.poll(() => listProcesses(lab.folder)).toEqual([]);
    await lab.write(infra());
    const again = await lab.deploy(['--retry-failed', '--limit', 'db']);
    expect([again.code, outcomes(again)]).toEqual([0, { db: 'ok' }]);
  });

  test('secret variables are in no file of ours and in no word of Ansible, however much it says', async () => {
    await lab.onHost('db', 'rm /root/site');
    const ran = await lab.run(['deploy', '--limit', 'db', '--check', '-vvvv', '--events', join(lab.folder, 'events.ndjson')]);
    expect(ran).toMatchObject({ code: 0, out: expect.stringContaining('+plain ***') });
    const spellings = [SECRET, JSON.stringify(SECRET).slice(1, -1), 'hunter22'];
    for (const text of [ran.out, ran.err]) for (const one of spellings) expect(text).not.toContain(one);
    const files = await readAllFiles(lab.folder);
    const telling = [...files].filter(([, text]) => spellings.some((one) => text.includes(one))).map(([path]) => path);
    expect(telling).toEqual([lab.file]);
    for (const text of files.values()) expect(text).not.toContain(lab.sandbox.token);
  });
});
