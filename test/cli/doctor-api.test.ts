import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { readSeed } from '#sandbox/seed/read-seed.ts';
import { surveyReport } from '#schemas/survey/survey-report.ts';
import { transcript as transcriptSchema } from '#schemas/survey/transcript.ts';
import { head, type Lab, openLab, publicKey } from '#test/helpers/lab.ts';

const labs: Lab[] = [];
afterEach(async () => {
  for (const lab of labs.splice(0)) await lab.close();
});

/** An account whose every private value can be looked for. */
const account = {
  account: { first_name: 'Иннокентий', last_name: 'Воробьянинов', email: 'innokenty@stargorod.example' },
  balance: 98_765.43,
  ssh_keys: [{ title: 'laptop of Innokenty', public_key: publicKey }],
  networks: [{ name: 'private-stargorod' }, { name: 'empty-network', dhcp: true }],
  servers: [
    { name: 'sberbank-prod', networks: ['private-stargorod'], ssh_keys: ['laptop of Innokenty'], disk: 40 },
    { name: 'Сервер бухгалтерии!', image: 'WinServer2019x64En', ram: 4096, disk: 40, power: 'off' as const },
    { name: 'sberbank-prod', state: 'Blocked' as const, dc: 'DsMsk' },
    { name: 'debtor-host', state: 'NeedMoney' as const },
  ],
};

const open = async (...options: Parameters<typeof openLab>): Promise<Lab> => {
  const lab = await openLab(...options);
  labs.push(lab);
  return lab;
};

/** Runs the survey and reads what it wrote. */
const survey = async (lab: Lab, ...more: string[]) => {
  const run = await lab.run(['doctor', '--api', '--json', ...more]);
  const report = surveyReport.parse(JSON.parse(run.out));
  const path = report.transcript ?? '';
  return { run, report, path, text: await readFile(path, 'utf8') };
};

/** What must be equal between two accounts that answer the same. */
const essence = ({ report }: { report: ReturnType<typeof surveyReport.parse> }) => ({ ...report, transcript: '' });

test('the transcript holds nothing private, and only its owner can read it', async () => {
  const lab = await open({ seed: account });
  const { path, text } = await survey(lab);
  const { state } = lab.sandbox;
  const secrets = [
    lab.sandbox.token,
    ...state.servers.flatMap(({ adminPassword }) => adminPassword ?? []),
    ...state.servers.flatMap(({ links }) => links.flatMap(({ ip, mac }) => [ip, mac])),
    'Иннокентий',
    'Воробьянинов',
    'innokenty',
    'Innokenty',
    'stargorod',
    'sberbank',
    'бухгалтерии',
    'debtor',
    '98765',
    'laptop',
    'empty-network',
    publicKey.split(' ')[1] ?? '',
    publicKey.split(' ')[2] ?? '',
  ];
  expect(secrets.length).toBeGreaterThan(20);
  for (const secret of secrets) expect(text).not.toContain(secret);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(path).toBe(join(lab.folder, 'ict-api-transcript.json'));
  expect(transcriptSchema.parse(JSON.parse(text)).host).toBe('127.0.0.1');
});

test('a file that others could read is closed when it is written again', async () => {
  const lab = await open();
  await writeFile(join(lab.folder, 't.json'), '', { mode: 0o644 });
  const { path } = await survey(lab, '--out', 't.json');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test('it sends GET alone', async () => {
  const lab = await open({ seed: account });
  await survey(lab);
  const methods = new Set(lab.sandbox.requests.recent().map(({ method }) => method));
  expect([...methods]).toEqual(['GET']);
});

test('round trip: a sandbox started from the transcript gives the same findings, and so does one started from its transcript', async () => {
  const first = await open({ seed: account });
  first.sandbox.panel({ do: 'create', name: 'more', values: { disk: '655', cpu: '32', image: 'Ubuntu20.04x64' } });
  first.sandbox.panel({ do: 'change', target: 900001, values: { image: 'Ubuntu14.04x64' } });
  const one = await survey(first);
  expect(one.report.findings.map(({ code }) => code)).toEqual(
    expect.arrayContaining(['server-images', 'disk-step', 'limit-CPU', 'plain-names', 'unique-names', 'linked-keys', 'action-history']),
  );
  const second = await open({ seed: await readSeedFile(one.path) });
  const two = await survey(second);
  expect(essence(two)).toEqual(essence(one));
  const third = await open({ seed: await readSeedFile(two.path) });
  expect(essence(await survey(third))).toEqual(essence(one));
  expect(second.serverNames()).toHaveLength(5);
  expect(second.sandbox.state.servers.map(({ id, cpu, hdd, state }) => [id, cpu, hdd, state])).toEqual(
    first.sandbox.state.servers.map(({ id, cpu, hdd, state }) => [id, cpu, hdd, state]),
  );
});

test('a sandbox from a transcript is a sandbox: a project is applied to it, and destroyed', async () => {
  const one = await survey(await open({ seed: { ...account, balance: 90_000 } }));
  const lab = await open({ seed: await readSeedFile(one.path) });
  await lab.write(`${head}servers: { web-1: {} }\n`);
  expect((await lab.run(['apply', '--yes'])).code).toBe(0);
  expect(lab.sandbox.state.servers.at(-1)).toMatchObject({ id: 900005, name: 'web-1', state: 'Active' });
  expect((await lab.plan()).changes.every(({ action }) => action === 'no-op')).toBe(true);
  expect((await lab.run(['destroy', '--confirm', 'web-1'])).code).toBe(0);
  expect(lab.serverNames()).toHaveLength(4);
});

test('words, fields and forms that no sandbox would make up are found, and found again from the transcript', async () => {
  const lab = await open({ seed: account });
  const { path } = await survey(lab);
  const transcript = transcriptSchema.parse(JSON.parse(await readFile(path, 'utf8')));
  const strange = {
    ...transcript,
    exchanges: transcript.exchanges.map((exchange) => {
      if (exchange.path === '/customer/balance') return { ...exchange, body: '1 111,11' };
      if (exchange.path === '/dns') return { ...exchange, status: 200, body: [] };
      if (exchange.path === '/publicnetwork') return { ...exchange, status: 403, body: { Message: 'Forbidden' } };
      if (exchange.path === '/server/1') return { ...exchange, status: 400, body: { Message: 'Сервер не найден' } };
      if (!/^\/server(?:\/900001)?$/i.test(exchange.path.replace(/\/$/, ''))) return exchange;
      const change = (row: object) =>
        'ID' in row && row.ID === 900001 ? { ...row, State: 'Migrating', Tariff: 'T1', DateCreate: '2023/05/20' } : row;
      return { ...exchange, body: Array.isArray(exchange.body) ? exchange.body.map(change) : change(exchange.body as object) };
    }),
  };
  const again = await open({ seed: strange });
  const one = await survey(again);
  const found = new Map(one.report.findings.map(({ code, text }) => [code, text]));
  expect(found.get('unknown-state')).toBe('Unknown values of State: Migrating.');
  expect(found.get('unknown-field')).toBe('Fields the reference does not know: Tariff.');
  expect(found.get('date-form')).toBe('DateCreate has another form of date: 9999/99/99.');
  expect(found.get('balance-form')).toBe('The balance is no quoted number with a point: 9 999,99.');
  expect(found.get('absent-status')).toBe('A server that does not exist is answered with status 400, not 404.');
  expect(found.get('absent-words')).toBe('It says Сервер не найден instead of "Server not found".');
  expect(found.get('status /publicnetwork')).toBe('The answer has status 403.');
  expect(found.has('status /dns')).toBe(false);
  const two = await survey(await open({ seed: await readSeedFile(one.path) }));
  expect(essence(two)).toEqual(essence(one));
});

test.each([
  ['a list that lacks a recorded server', 'list-omits=id=900001', 'list-complete server'],
  ['every object twice', 'list-twice', 'unique-ids'],
  ['a row that cannot be read', 'unreadable-row=/server,id=900001,as=no-cpu', 'readable-objects'],
  ['an empty list after a full one', 'list-empty=GET /server,skip=2', 'list-repeats'],
  ['a rate limit, although the request was repeated', 'rate-limit=GET /image,times=1,retry-after=0', 'limit-headers'],
  ['a refusal in Russian', 'russian-errors=status=400', 'absent-words'],
  ['a withdrawn image', 'image-withdrawn=name=Ubuntu20.04x64', 'server-images'],
  ['a list in reverse', 'list-reversed', 'list-order'],
  ['GET by id that lags behind', 'object-lag=ms=3600000', 'listed-readable server'],
])('a cloud that lies is told of: %s', async (_reason, fault, code) => {
  const lab = await open();
  await lab.write(`${head}servers: { web-1: {} }\n`);
  expect((await lab.run(['apply', '--yes'])).code).toBe(0);
  lab.sandbox.faults.set(fault);
  lab.sandbox.panel({ do: 'create', name: 'stranger' });
  const { run, report } = await survey(lab);
  expect(run.code).toBe(0);
  expect(report.findings.map((finding) => finding.code)).toContain(code);
});

test('text for people: sections, the transcript, and what is in it', async () => {
  const lab = await open({ seed: account });
  const { code, out, err } = await lab.run(['doctor', '--api']);
  expect(code).toBe(0);
  expect(err).toContain('Nothing is changed.');
  expect(out).toMatch(/^127\.0\.0\.1: \d+ requests, \d+ assumptions confirmed, \d+ findings\n/);
  expect(out).toContain('\n  settles  GET /server: Names are not unique: 1 server has the name of another.');
  expect(out).toContain('\n3.1 Server object\n');
  expect(out).toContain('It holds no token');
});

test.each([
  ['a wrong token', { ONECLOUD_TOKEN: 'f'.repeat(64) }, 4],
  ['a page instead of the API', {}, 5, 'non-json=GET /account'],
  ['nobody there', { ONECLOUD_ENDPOINT: 'http://127.0.0.1:9', ICT_ATTEMPTS: '1' }, 5],
])('%s is a failure, and nothing is written', async (_reason, environment, code, fault?: string) => {
  const lab = await open({ faults: fault === undefined ? [] : [fault] }, environment);
  expect((await lab.run(['doctor', '--api'])).code).toBe(code);
  await expect(stat(join(lab.folder, 'ict-api-transcript.json'))).rejects.toThrow();
});

test('options of the survey without it are a mistake', async () => {
  const lab = await open();
  expect(await lab.run(['doctor', '--out', 'x.json'])).toMatchObject({ code: 3, err: expect.stringContaining('go with --api') as unknown });
});

test('one list that cannot be read is a finding, not a failure', async () => {
  const lab = await open({ faults: ['server-error=GET /image', 'reset-before-accept=GET /sshkey'] }, { ICT_ATTEMPTS: '1' });
  const { run, report } = await survey(lab);
  expect(run.code).toBe(0);
  expect(report.findings.map(({ code, text }) => [code, text])).toEqual(
    expect.arrayContaining([
      ['status /image', 'The answer has status 500.'],
      ['status /sshkey', 'No answer came.'],
    ]),
  );
});

test('a transcript that was damaged is refused with the place', async () => {
  const lab = await open();
  const { path, text } = await survey(lab);
  await writeFile(path, text.replace('"status": 200', '"status": "x"'));
  await expect(readSeedFile(path)).rejects.toMatchObject({
    code: 'bad-seed',
    problem: { text: 'The seed file {0} is wrong at "{1}": {2}' },
  });
});

const readSeedFile = (path: string) => readSeed(path, (file) => readFile(file));
