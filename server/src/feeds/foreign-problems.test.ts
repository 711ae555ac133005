import { expect, test } from 'vitest';
import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import { ForeignProblems } from './foreign-problems.ts';

const at = (file: string, line = 0) =>
  createDiagnostic('wrong-type', { detail: t('x'), source: { file, start: { line, character: 0 }, end: { line, character: 1 } } });
const [one, two] = [{}, {}];

test('only files about which something else is to be said are named', () => {
  const foreign = new ForeignProblems();
  expect([...foreign.set(one, [])]).toEqual([]);
  expect([...foreign.set(one, [at('/a'), at('/b')])]).toEqual(['/a', '/b']);
  expect([...foreign.set(one, [at('/a'), at('/b')])]).toEqual([]);
  expect([...foreign.set(one, [at('/a', 1), at('/b')])]).toEqual(['/a']);
  expect([...foreign.set(one, [at('/b')])]).toEqual(['/a']);
  expect([...foreign.remove(one)]).toEqual(['/b']);
  expect(foreign.list('/b')).toEqual([]);
});

test('what two documents find in one file stands there once', () => {
  const foreign = new ForeignProblems();
  foreign.set(one, [at('/a'), at('/a', 2)]);
  foreign.set(two, [at('/a'), at('/a', 3)]);
  expect(foreign.list('/a').map(({ source }) => source?.start.line)).toEqual([0, 2, 3]);
  foreign.remove(one);
  expect(foreign.list('/a').map(({ source }) => source?.start.line)).toEqual([0, 3]);
});
