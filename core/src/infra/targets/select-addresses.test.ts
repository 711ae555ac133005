import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Address } from '#schemas/infra/names.ts';
import { createMatcher, selectAddresses } from './select-addresses.ts';

const servers = ['server.web-1', 'server.web-2', 'server.db'] as const;
const desired = {
  servers: servers.map((address) => ({ address })),
  networks: [{ address: 'network.back' as Address }],
  keys: [{ address: 'key.laptop' as Address }],
  groups: { web: servers.slice(0, 2), db: ['server.db'], shop: servers, empty: [] } satisfies Record<string, readonly Address[]>,
};

test.each<[string, string[], string[]]>([
  ['an address', ['network.back'], ['network.back']],
  ['one server', ['web-2'], ['server.web-2']],
  ['an entry', ['web'], ['server.web-1', 'server.web-2']],
  ['a group', ['shop'], [...servers]],
  ['an entry without servers', ['empty'], []],
  ['a pattern over names', ['web-*'], ['server.web-1', 'server.web-2']],
  ['a pattern over addresses', ['*.?a*'], ['network.back', 'key.laptop']],
  ['a pattern over one kind', ['server.*'], [...servers]],
  ['a pattern over groups', ['sho?'], [...servers]],
  ['several, each once, in the order of the file', ['key.laptop', 'db', 'shop'], [...servers, 'key.laptop']],
  ['nothing asked', [], []],
])('%s', (_name, selectors, addresses) => expect(selectAddresses(desired, selectors)).toEqual({ addresses, problems: [] }));

test.each([
  ['a slip of the pen', 'wbe', 'web'],
  ['a server that does not exist', 'web-3', 'web'],
  ['an address that does not exist', 'network.bakc', 'network.back'],
  ['a pattern that fits nothing', 'x*', undefined],
  ['a property of every object', 'toString', undefined],
])('%s is a problem', (_name, selector, suggestion) => {
  const { addresses, problems } = selectAddresses(desired, [selector]);
  expect(addresses).toEqual([]);
  expect(problems.map((problem) => [problem.selector, problem.suggestion])).toEqual([[selector, suggestion]]);
});

test('a pattern means what a regular expression would, and is never slow', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 8 });
  fc.assert(
    fc.property(word, fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 }), (pattern, text) => {
      const expression = new RegExp(`^${pattern.replaceAll('*', '.*').replaceAll('?', '.')}$`);
      expect(createMatcher(pattern)(text)).toBe(expression.test(text));
    }),
  );
  expect(createMatcher(`${'*a'.repeat(30)}*b`)('a'.repeat(10_000))).toBe(false);
});
