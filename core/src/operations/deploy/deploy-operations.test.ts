import { beforeEach, describe, expect, test } from 'vitest';
import type { CallbackEvent } from '#schemas/ansible/callback-event.ts';
import type { DeployRecord } from '#schemas/deploy/deploy-record.ts';
import type { RunVerdict } from '#schemas/events/ansible-event.ts';
import type { NewEvent } from '#schemas/events/operation-event.ts';
import { settings } from '#schemas/settings/settings.ts';
import type { HostRecords } from '#schemas/state/host-records.ts';
import { createScriptedClock } from '#test/cloud/scripted-clock.ts';
import { HOUR_JUMPS, withUnsteadyWall } from '#test/helpers/unsteady-clock.ts';
import { counts, expandSample, targetsOf } from '#test/helpers/deploy-samples.ts';
import { createFakeCloud } from '#test/helpers/fake-cloud.ts';
import type { AnsibleConfig, PlaybookRequest } from '../../ports/ansible.ts';
import { carryOutDeploy, type DeployWork } from './carry-out-deploy.ts';
import type { DeployContext, DeployPorts } from './deploy-context.ts';
import { type DeployRequest, plainDeploy } from './deploy-request.ts';
import { reachHosts } from './reach-hosts.ts';

/** What the faked Ansible does with one playbook; `ok` everywhere when nothing is said. */
type Script = (
  request: PlaybookRequest,
  hosts: readonly string[],
) => { verdict: RunVerdict; isBrokenOff?: boolean; bad?: Readonly<Record<string, 'failures' | 'unreachable'>> };

let records: HostRecords;
let events: NewEvent[];
let closed: number;
let ran: string[];
let finished: DeployRecord | undefined;
let stop: AbortController;
/** Key → what a look at a host gives, one after the other; the last one stays. */
let looks: Record<string, (readonly string[] | undefined)[]>;
/** Addresses of each look at hosts. */
let scanned: string[];
let script: Script;
let hashes: Record<string, string>;
beforeEach(() => {
  [records, events, closed, ran, finished] = [{ format: 1, hosts: {} }, [], 0, [], undefined];
  [stop, looks, hashes, scanned] = [new AbortController(), {}, {}, []];
  script = () => ({ verdict: 'done' });
});

/** What an own playbook would run with, and whether agents are wanted. */
let config: AnsibleConfig = { path: '/b/ansible.cfg', from: 'ict' };
let wantsAgent = true;

function makeContext(sshWaitMs = 10_000): DeployContext {
  return {
    files: {
      read: () => Promise.resolve(undefined),
      resolve: (path) => `/project/${path}`,
      exists: (path) => Promise.resolve(!path.includes('nowhere')),
    },
    cloud: createFakeCloud().cloud,
    clock: createScriptedClock(0),
    emit: (event) => void events.push(event),
    prompt: { isInteractive: false, ask: () => Promise.resolve(undefined) },
    settings: settings.parse({}),
    openStore: () => Promise.reject(new Error('not used')) as never,
    folderOf: () => '/project',
    hash: (parts) => parts.map((part) => new TextDecoder().decode(part)).join(' '),
    newRun: () => 'r1',
    command: 'ict deploy',
    openDeploy: () => Promise.reject(new Error('not used')),
    version: '1',
    sshWaitMs,
    wantsAgent,
  };
}

function makePorts(): DeployPorts {
  const limits = new Map<string, readonly string[]>();
  return {
    ansible: {
      version: () => Promise.resolve('2.14'),
      configOf: ({ isBundled }) => Promise.resolve(isBundled ? { path: '/b/ansible.cfg', from: 'ict' } : config),
      checkSyntax: (request) => Promise.resolve(request.playbook.includes('broken') ? 'Syntax Error' : undefined),
      run: (request, listener) => {
        const hosts = limits.get(request.limitFile) ?? [];
        ran.push(`${request.playbook}: ${hosts.join(' ')}`);
        const { verdict, isBrokenOff = false, bad = {} } = script(request, hosts);
        const stats = Object.fromEntries(hosts.map((host) => [host, counts(bad[host] === undefined ? {} : { [bad[host]]: 1 })]));
        const end: CallbackEvent = { v: 1, seq: 1, ts: 1, event: 'run_end', stats };
        if (!isBrokenOff && (verdict === 'done' || verdict === 'failed' || verdict === 'unreachable')) listener.onEvent(end);
        return Promise.resolve({ verdict, exitCode: 0, shellCommand: 'ansible-playbook' });
      },
    },
    ssh: {
      scan: (endpoints) => {
        scanned.push(endpoints.map(({ ip }) => ip).join(' '));
        const look = (list: (readonly string[] | undefined)[]) => (list.length > 1 ? list.shift() : list[0]);
        return Promise.resolve(endpoints.map(({ ip }) => look(looks[ip] ?? [['ed A']])));
      },
      privateKeyOf: () => undefined,
      closeConnections: () => Promise.resolve(void (closed += 1)),
    },
    store: {
      knownHosts: '/k',
      readHosts: () => Promise.resolve(records),
      writeHosts: (next) => Promise.resolve(void (records = next)),
      startDeploy: (run) =>
        Promise.resolve({
          run,
          writeInventory: () => Promise.resolve('/inv'),
          writeHostVars: (number) => Promise.resolve(`/vars-${number}`),
          writeLimit: (number, hosts) => {
            limits.set(`/limit-${number}`, hosts);
            return Promise.resolve(`/limit-${number}`);
          },
          appendEvent: () => undefined,
          finish: (record) => Promise.resolve(void (finished = record)),
        }),
      listDeploys: () => Promise.resolve([]),
      readEvents: async function* () {},
    },
    hashTree: (path) => Promise.resolve(hashes[path]),
    giveSecrets: () => undefined,
    giveVariables: () => undefined,
    redact: (text) => text,
  };
}

const text = `servers:
  web: { count: 2, playbooks: [base, nginx], monitoring: { agent: false } }
  db: { playbooks: [base, { path: db.yml }], monitoring: { agent: false }, vars: { size: 1 } }
`;

async function deploy(more: Partial<DeployRequest> = {}, infra = text, kind: DeployWork['kind'] = 'deploy') {
  const expanded = await expandSample(infra, { 'db.yml': '', 'broken.yml': '' });
  const targets = targetsOf(expanded);
  const work: DeployWork = {
    request: { ...plainDeploy('/project/infra.yaml', []), ...more },
    expanded,
    everyone: targets,
    targets,
    unreached: [],
    kind,
  };
  ran = [];
  const result = await carryOutDeploy(makeContext(), makePorts(), work, { stop: stop.signal, abort: new AbortController().signal });
  return result.kind === 'deployed'
    ? {
        code: result.record.exitCode,
        hosts: Object.fromEntries(Object.entries(result.record.hosts).map(([name, { outcome }]) => [name, outcome])),
      }
    : result;
}

describe('a deploy', () => {
  test('names the configuration of own playbooks, and says when one is not used', async () => {
    const said = (): readonly unknown[] =>
      events.flatMap((event) => (event.kind === 'message' ? [[event.level, event.text.args?.[0]]] : []));
    config = { path: '/project/ansible.cfg', from: 'project' };
    await deploy();
    expect(said()).toContainEqual(['info', '/project/ansible.cfg']);
    events = [];
    config = { path: '/b/ansible.cfg', from: 'ict', ignored: '/project/ansible.cfg' };
    await deploy();
    expect(said()).toEqual([['warning', '/project/ansible.cfg']]);
    events = [];
    await deploy({}, text.replace('base, { path: db.yml }', 'base'));
    expect(said()).toEqual([]);
    config = { path: '/b/ansible.cfg', from: 'ict' };
  });

  test('warns of a secret that is too short to be masked', async () => {
    const said = (): readonly string[] => events.flatMap((event) => (event.kind === 'message' ? [event.text.text] : []));
    await deploy({}, text.replace('vars: { size: 1 }', 'vars: { db_secret: correct-horse }'));
    expect(said()).toEqual([]);
    await deploy({}, text.replace('vars: { size: 1 }', 'vars: { db_secret: ab1, pin_token: 4711 }'));
    expect(said()).toEqual(['{0} secret variables are shorter than 6 characters: output does not mask them']);
  });

  test('installs no agent where none is wanted on this machine', async () => {
    const withAgent = text.replaceAll(', monitoring: { agent: false }', '');
    await deploy({}, withAgent);
    expect(ran.some((one) => one.startsWith('node_exporter'))).toBe(true);
    wantsAgent = false;
    records = { format: 1, hosts: {} };
    await deploy({}, withAgent);
    wantsAgent = true;
    expect(ran.some((one) => one.startsWith('node_exporter'))).toBe(false);
  });

  test('runs each playbook over its hosts and keeps its record', async () => {
    expect(await deploy()).toEqual({ code: 0, hosts: { 'web-1': 'ok', 'web-2': 'ok', db: 'ok' } });
    expect(ran).toEqual(['base: web-1 web-2 db', 'nginx: web-1 web-2', '/project/db.yml: db']);
    expect(finished?.playbooks).toHaveLength(3);
    expect(closed).toBeGreaterThan(0);
  });

  test('leaves a host that failed out of its later playbooks, and no other', async () => {
    script = ({ playbook }) => (playbook === 'base' ? { verdict: 'failed', bad: { 'web-1': 'failures' } } : { verdict: 'done' });
    expect(await deploy()).toEqual({ code: 10, hosts: { 'web-1': 'failed', 'web-2': 'ok', db: 'ok' } });
    expect(ran).toEqual(['base: web-1 web-2 db', 'nginx: web-2', '/project/db.yml: db']);
  });

  test('tells a host that was lost on the way from one that failed', async () => {
    script = ({ playbook }) => (playbook === 'nginx' ? { verdict: 'unreachable', bad: { 'web-2': 'unreachable' } } : { verdict: 'done' });
    expect(await deploy()).toEqual({ code: 11, hosts: { 'web-1': 'ok', 'web-2': 'unreachable', db: 'ok' } });
  });

  test('runs on those that answer when one does not', async () => {
    looks = { '10.0.0.1': [undefined] };
    expect(await deploy()).toEqual({ code: 11, hosts: { 'web-1': 'unreachable', 'web-2': 'ok', db: 'ok' } });
    expect(ran[0]).toBe('base: web-2 db');
  });

  test('stopped in the middle starts nothing more', async () => {
    script = () => {
      stop.abort();
      return { verdict: 'cancelled' };
    };
    expect(await deploy()).toEqual({ code: 130, hosts: { 'web-1': 'skipped', 'web-2': 'skipped', db: 'skipped' } });
    expect(ran).toHaveLength(1);
  });

  test.each<[RunVerdict, number]>([
    ['invalid', 3],
    ['crashed', 1],
  ])('ends at a playbook that is %s', async (verdict, code) => {
    script = ({ playbook }) => ({ verdict: playbook === 'nginx' ? verdict : 'done' });
    expect(await deploy()).toEqual({ code, hosts: { 'web-1': 'failed', 'web-2': 'failed', db: 'skipped' } });
    expect(ran).toHaveLength(2);
  });

  test('is not good when a run broke off without its counts', async () => {
    script = () => ({ verdict: 'failed', isBrokenOff: true });
    expect(await deploy()).toEqual({ code: 10, hosts: { 'web-1': 'failed', 'web-2': 'failed', db: 'failed' } });
    expect(await deploy({ isChangedOnly: true })).not.toMatchObject({ why: 'unchanged' });
  });

  test('stopped while it waits for SSH ends there', async () => {
    looks = { '10.0.0.1': [undefined] };
    queueMicrotask(() => stop.abort());
    expect(await deploy()).toEqual({ code: 130, hosts: { 'web-1': 'skipped', 'web-2': 'skipped', db: 'skipped' } });
    expect(ran).toEqual([]);
  });

  test.each([['broken.yml', { label: 'broken.yml', path: '/project/broken.yml', said: 'Syntax Error' }]])(
    'touches no host when %s cannot be read',
    async (name, playbook) => {
      expect(await deploy({}, text.replace('db.yml', name))).toEqual({ kind: 'broken-playbooks', playbooks: [playbook] });
      expect([ran, records.hosts]).toEqual([[], {}]);
    },
  );
});

describe('--changed', () => {
  const changed = { isChangedOnly: true };
  test('runs what was not run yet, then nothing', async () => {
    await deploy();
    expect(await deploy(changed)).toEqual({ kind: 'nothing-to-deploy', why: 'unchanged' });
  });

  test.each<[string, () => void, string, string[]]>([
    ['a variable of the host', () => undefined, text.replace('size: 1', 'size: 2'), ['base: db', '/project/db.yml: db']],
    [
      'a variable of a group',
      () => undefined,
      `${text}groups: { front: { servers: [web], vars: { a: 1 } } }\n`,
      ['base: web-1 web-2', 'nginx: web-1 web-2'],
    ],
    ['the playbook', () => (hashes['/project/db.yml'] = 'new'), text, ['/project/db.yml: db']],
    ['a role beside it', () => (hashes['/project/roles'] = 'new'), text, ['/project/db.yml: db']],
    ['its tags', () => undefined, text.replace('path: db.yml', 'path: db.yml, tags: [x]'), ['/project/db.yml: db']],
  ])('runs what is new by %s', async (_reason, change, infra, runs) => {
    await deploy();
    change();
    await deploy(changed, infra);
    expect(ran).toEqual(runs);
  });

  test('runs again what failed, and what was only tried dry', async () => {
    script = ({ playbook }) => (playbook === 'nginx' ? { verdict: 'failed', bad: { 'web-1': 'failures' } } : { verdict: 'done' });
    await deploy();
    script = () => ({ verdict: 'done' });
    await deploy({ ...changed, isCheck: true });
    expect(ran).toEqual(['nginx: web-1']);
    await deploy(changed);
    expect(ran).toEqual(['nginx: web-1']);
    expect(await deploy(changed)).toMatchObject({ why: 'unchanged' });
  });
});

describe('the agent', () => {
  const infra = 'servers: { web: {}, quiet: { monitoring: { agent: false } } }';
  test('is installed once, where the file wants it, before the playbooks', async () => {
    await deploy({}, infra);
    expect(ran).toEqual(['node_exporter: web']);
    expect(await deploy({}, infra)).toEqual({ kind: 'nothing-to-deploy', why: 'no-playbooks' });
  });
});

describe('reaching hosts', () => {
  const reach = async (sshWaitMs: number, signal = new AbortController().signal) => {
    const context = makeContext(sshWaitMs);
    const targets = targetsOf(await expandSample('servers: { web: {} }'));
    return { reached: await reachHosts(context, makePorts(), targets, signal), context };
  };
  const known = (serverId: number, keys: string[]): HostRecords => ({
    format: 1,
    hosts: { 'server.web': { serverId, ip: '10.0.0.1', port: 22, keys, deployed: { x: { run: 'r', fingerprint: 'f' } } } },
  });

  test('waits until SSH answers, and tells it as a step', async () => {
    looks = { '10.0.0.1': [undefined, undefined, ['ed A']] };
    const { reached } = await reach(10_000);
    expect(reached.unreached).toEqual([]);
    expect(events.map(({ kind }) => kind)).toEqual(['step-started', 'step-progress', 'step-succeeded']);
    expect(records.hosts['server.web']).toMatchObject({ serverId: 1, keys: ['ed A'] });
    expect(closed).toBe(0);
  });

  test.each(HOUR_JUMPS)('gives up when the time is over, though the wall clock is set by %d ms', async (jumpMs) => {
    looks = { '10.0.0.1': [undefined] };
    const context = makeContext(5000);
    const targets = targetsOf(await expandSample('servers: { web: {} }'));
    const unsteady = { ...context, clock: withUnsteadyWall(context.clock, jumpMs) };
    expect((await reachHosts(unsteady, makePorts(), targets, new AbortController().signal)).unreached).toEqual(['server.web']);
    expect(context.clock.elapsed()).toBe(5000);
    expect(events.at(-1)).toMatchObject({ kind: 'step-failed', elapsedMs: 5000 });
  });

  test('gives up when the time is over', async () => {
    looks = { '10.0.0.1': [undefined] };
    const { reached, context } = await reach(5000);
    expect(reached).toEqual({ targets: [], unreached: ['server.web'] });
    expect(context.clock.now()).toBe(5000);
    expect(events.at(-1)).toMatchObject({ kind: 'step-failed', code: 'ssh-unreachable', elapsedMs: 5000 });
    expect(records.hosts).toEqual({});
  });

  test('leaves out a host with another key, and keeps the pinned one', async () => {
    records = known(1, ['ed OLD']);
    const { reached } = await reach(0);
    expect(reached.unreached).toEqual(['server.web']);
    expect(events).toMatchObject([{ kind: 'message', level: 'error', text: { args: ['server.web', '10.0.0.1'] } }]);
    expect(records).toEqual(known(1, ['ed OLD']));
  });

  test('pins a server made anew without a word, and closes what was kept open', async () => {
    records = known(99, ['ed OLD']);
    expect((await reach(0)).reached.unreached).toEqual([]);
    expect([events, closed]).toEqual([[], 1]);
    expect(records.hosts['server.web']).toMatchObject({ serverId: 1, keys: ['ed A'], deployed: {} });
  });

  test('what somebody else has pinned while it looked stays pinned, at its own address and at this one', async () => {
    const { hosts: theirs } = known(1, ['ed THEIRS']);
    const other = { serverId: 2, ip: '10.0.0.2', port: 22, keys: ['ed B'], deployed: {} };
    const ports = makePorts();
    const targets = targetsOf(await expandSample('servers: { web: {} }'));
    const scan: typeof ports.ssh.scan = (endpoints, signal) => {
      records = { format: 1, hosts: { ...theirs, 'server.db': other } };
      return ports.ssh.scan(endpoints, signal);
    };
    await reachHosts(makeContext(0), { ...ports, ssh: { ...ports.ssh, scan } }, targets, new AbortController().signal);
    expect(records.hosts).toEqual({ ...theirs, 'server.db': other });
  });

  test('asks all hosts that are left in one round, and each has a step and an outcome of its own', async () => {
    looks = { '10.0.0.1': [undefined, ['ed A']], '10.0.0.2': [['ed B']], '10.0.0.3': [undefined] };
    const targets = targetsOf(await expandSample('servers: { web: { count: 3 } }'));
    const reached = await reachHosts(makeContext(2000), makePorts(), targets, new AbortController().signal);
    expect(scanned).toEqual(['10.0.0.1 10.0.0.2 10.0.0.3', '10.0.0.1 10.0.0.3', '10.0.0.3']);
    expect(reached.unreached).toEqual(['server.web-3']);
    expect(reached.targets.map(({ address }) => address)).toEqual(['server.web-1', 'server.web-2']);
    expect(events.map((event) => `${event.kind} ${'step' in event ? event.step : ''}`)).toEqual([
      'step-started server.web-1:ssh',
      'step-started server.web-3:ssh',
      'step-succeeded server.web-1:ssh',
      'step-progress server.web-3:ssh',
      'step-failed server.web-3:ssh',
    ]);
    expect(Object.keys(records.hosts).sort()).toEqual(['server.web-1', 'server.web-2']);
  });

  test('ends when it is aborted', async () => {
    looks = { '10.0.0.1': [undefined] };
    await expect(reach(10_000, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});
