import { afterEach, beforeEach, expect, test } from 'vitest';
import { panelFile } from '#schemas/plan/panel-file.ts';
import { type Lab, openLab } from '#test/helpers/lab.ts';

let lab: Lab;

beforeEach(async () => {
  lab = await openLab();
});

afterEach(() => lab.close());

const start = `version: 1
project: shop
defaults: { dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB }
servers:
`;

/** Applies the servers, lets somebody change what the panel has, and gives the servers of the file as the panel has them. */
async function asFile(servers: string, change: (server: Lab['sandbox']['state']['servers'][number]) => void): Promise<string> {
  await lab.write(start + servers);
  expect((await lab.run(['apply', '--yes'])).code).toBe(0);
  lab.sandbox.state.servers.forEach(change);
  const { code, out } = await lab.run(['drift', '--as-file']);
  expect(code).toBe(0);
  expect(out.startsWith(start)).toBe(true);
  return out.slice(start.length);
}

test.each([
  ['a value of the entry is replaced, its comment stays', '  web:\n    ram: 1 GB # small\n', '  web:\n    ram: 2 GB # small\n'],
  [
    'an inherited value is added in front of the others',
    '  web:\n    # why\n    protect: false\n',
    '  web:\n    # why\n    ram: 2 GB\n    protect: false\n',
  ],
  ['an entry in braces stays in braces', '  web: { cpu: 1 }\n', '  web: { ram: 2 GB, cpu: 1 }\n'],
  ['braces over several lines', '  web: {\n    cpu: 1\n  }\n', '  web: {\n    ram: 2 GB, cpu: 1\n  }\n'],
  ['an empty entry', '  web: {} # empty\n', '  web: { ram: 2 GB } # empty\n'],
  ['an anchor is of use to others: the value is left alone', '  web: { ram: &ram 1 GB }\n  db: { ram: *ram }\n', undefined],
  ['Windows line ends stay', '  web:\r\n    cpu: 1\r\n', '  web:\r\n    ram: 2 GB\r\n    cpu: 1\r\n'],
  ['all servers of an entry agree', '  web: { count: 2 }\n', '  web: { ram: 2 GB, count: 2 }\n'],
])('%s', async (_reason, servers, expected) => {
  expect(await asFile(servers, (server) => Object.assign(server, { ram: 2048 }))).toBe(expected ?? servers);
});

test('servers of one entry that differ cannot be said in one line', async () => {
  await lab.write(`${start}  web: { count: 2 }\n`);
  await lab.run(['apply', '--yes']);
  Object.assign(lab.sandbox.state.servers[0] ?? {}, { ram: 2048 });
  const { out } = await lab.run(['drift', '--as-file', '--json']);
  const result = panelFile.parse(JSON.parse(out));
  expect(result.edits).toEqual([]);
  expect(result.skipped.map(({ address, field }) => [address, field])).toEqual([['server.web-1', 'ram']]);
});

test('with the edits made, the plan is empty', async () => {
  await lab.write(`${start}  web:\n    cpu: 1\n  db: {}\n`);
  await lab.run(['apply', '--yes']);
  for (const server of lab.sandbox.state.servers) Object.assign(server, { ram: 2048, cpu: 2, isPowerOn: false });
  const { out } = await lab.run(['drift', '--as-file']);
  await lab.write(out);
  expect((await lab.plan()).changes.filter(({ action }) => action !== 'no-op')).toEqual([]);
});

test('--only writes one server, and a file with mistakes is named', async () => {
  await lab.write(`${start}  web: {}\n  db: {}\n`);
  await lab.run(['apply', '--yes']);
  for (const server of lab.sandbox.state.servers) Object.assign(server, { ram: 2048 });
  const { out } = await lab.run(['drift', '--as-file', '--only', 'db']);
  expect(out.slice(start.length)).toBe('  web: {}\n  db: { ram: 2 GB }\n');
  await lab.write(`${start}  web: { cpu: none }\n`);
  expect((await lab.run(['drift', '--as-file'])).code).toBe(3);
});
