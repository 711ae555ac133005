import { expect, test } from 'vitest';
import { verbatim } from '#schemas/text/text.ts';
import { openText } from '../testing/open-marked.ts';
import { createRequest, SAMPLE_NOW, sampleValues } from '../testing/sample-request.ts';
import type { LastResult } from '../values/known-values.ts';
import type { LensArgument } from './lens-data.ts';
import { listLenses } from './list-lenses.ts';
import { resolveLens, uriOfLens } from './resolve-lens.ts';

const request = createRequest();
const text = `version: 1
servers:
  web:
    count: 2
  db: { cpu: x
groups: { shop: { servers: [web] } }
`;

const result = (change: Partial<LastResult>): LastResult => ({
  operation: 'plan',
  targets: undefined,
  finishedAtMs: SAMPLE_NOW - 300_000,
  exitCode: 0,
  summary: verbatim('2 to create'),
  ...change,
});

/** Titles of the lenses of one target in a row. */
function row(source: string, target: string | undefined, results: readonly LastResult[] = []): readonly (string | undefined)[] {
  const document = openText(source);
  const by = createRequest({ values: { ...sampleValues, results } });
  return listLenses(document, request)
    .map((lens) => resolveLens(document, lens, by))
    .filter(({ command }) => (command?.arguments?.[0] as LensArgument | undefined)?.targets?.[0] === target)
    .map(({ command }) => command?.title);
}

test('four lenses over the file, each server entry and each group, broken ones as well', () => {
  const lenses = listLenses(openText(text), request);
  const lines = lenses.map(({ range }) => range.start.line);
  expect(lines).toEqual([0, 2, 4, 5].flatMap((line) => [line, line, line, line]));
  expect(lenses.every(({ command }) => command === undefined)).toBe(true);
});

test('they hold what their commands need', () => {
  const document = openText(text);
  const [, , , , plan] = listLenses(document, request).map((lens) => resolveLens(document, lens, request));
  expect(plan?.command).toEqual({ title: 'Plan', command: 'ict.plan', arguments: [{ uri: document.uri, targets: ['web'] }] });
  expect(plan && uriOfLens(plan)).toBe(document.uri);
});

test.each([
  ['nothing has run', undefined, [], 'not run yet'],
  ['a run over the file counts for the file', undefined, [result({})], '✓ Plan: 2 to create, 5 minutes ago'],
  ['and for what is in it', 'web', [result({ exitCode: 1 })], '✗ Plan: 2 to create, 5 minutes ago'],
  ['a run over an entry does not count for the file', undefined, [result({ targets: ['server.web-1', 'server.web-2'] })], 'not run yet'],
  [
    'it counts for the entry',
    'web',
    [result({ operation: 'apply', targets: ['server.web-1', 'server.web-2'] })],
    '✓ Apply: 2 to create, 5 minutes ago',
  ],
  [
    'and for a group of only that entry',
    'shop',
    [result({ targets: ['server.web-1', 'server.web-2'] })],
    '✓ Plan: 2 to create, 5 minutes ago',
  ],
  ['a run over a part of the entry does not count', 'web', [result({ targets: ['server.web-1'] })], 'not run yet'],
  ['the newest counts', 'web', [result({ operation: 'deploy' }), result({})], '✓ Deploy: 2 to create, 5 minutes ago'],
])('%s', (_name, target, results, expected) => {
  const sound = text.replace('{ cpu: x', '{}');
  expect(row(sound, target, results)).toEqual(['Plan', 'Apply', 'Deploy', expected]);
});

test('rows stay where they are when results come', () => {
  const document = openText(text);
  const with1 = createRequest({ values: { ...sampleValues, results: [result({})] } });
  expect(listLenses(document, with1)).toEqual(listLenses(document, request));
});

test('a lens of somebody else comes back as it is', () => {
  const lens = { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, data: { x: 1 } };
  expect(resolveLens(openText(text), lens, request)).toBe(lens);
  expect(uriOfLens(lens)).toBeUndefined();
});
