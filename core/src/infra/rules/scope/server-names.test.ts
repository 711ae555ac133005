import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ServerEntry } from '#schemas/infra/server-entry.ts';
import { findClashes } from '../names/check-instance-names.ts';
import { ServerNames } from './server-names.ts';

const nowhere = { file: 'f', start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const openNames = (servers: Readonly<Record<string, ServerEntry>>): ServerNames =>
  new ServerNames(new Map(Object.entries(servers)), () => nowhere);

const anyServers = fc.dictionary(
  fc.oneof(
    fc.constantFrom('web', 'Web', 'WEB', 'web-1', 'web-2', 'Web-1', 'web-1-1', 'web-01', 'db', 'db-0', 'db--1', 'a'.repeat(50)),
    fc.nat(9).map((length) => 'b'.repeat(42 + length)),
  ),
  fc.record({ count: fc.option(fc.nat(12), { nil: undefined }), id: fc.option(fc.nat(3), { nil: undefined }) }),
  { maxKeys: 8 },
);

test('the suspicious entries have every clash and too long name that all entries have', () => {
  fc.assert(
    fc.property(anyServers, (servers) => {
      const names = openNames(servers);
      expect(findClashes(names.listSuspicious())).toEqual(findClashes(names.listAll()));
    }),
    { numRuns: 2000 },
  );
});

test('a name is there when an entry has it or makes a server of it', () => {
  fc.assert(
    fc.property(anyServers, fc.constantFrom('web-1', 'web-12', 'web-01', 'db-0', 'db', 'Web-3', 'web-1-1', '-1', ''), (servers, name) => {
      const names = openNames(servers);
      const owners = names.listAll().filter((entry) => entry.name === name || entry.instances.includes(name));
      expect(names.has(name)).toBe(owners.length > 0);
      expect(owners.map((owner) => owner.name).includes(names.ownerOf(name)?.name ?? '')).toBe(owners.length > 0);
    }),
    { numRuns: 2000 },
  );
});

describe('names', () => {
  test('are in the order of the text', () => {
    const names = openNames({ b: { id: 2 }, a: {}, B: { id: 1 } });
    expect(names.listAll().map(({ name }) => name)).toEqual(['b', 'a', 'B']);
    expect(names.listSuspicious().map(({ name }) => name)).toEqual(['b', 'B']);
    expect(names.adopting.map(({ name }) => name)).toEqual(['b', 'B']);
  });
});
