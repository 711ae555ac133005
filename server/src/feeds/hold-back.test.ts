import { expect, test } from 'vitest';
import type { DiagnosticCode } from '#core/diagnostics/catalog.ts';
import { createDiagnostic } from '#core/diagnostics/create-diagnostic.ts';
import { t } from '#schemas/text/text.ts';
import { holdBack, keysOf } from './hold-back.ts';

const at = (line: number | undefined, code: DiagnosticCode = 'wrong-type', address?: string) =>
  createDiagnostic(code, {
    detail: t('x'),
    ...(address === undefined ? {} : { address }),
    ...(line === undefined ? {} : { source: { file: '/a', start: { line, character: 0 }, end: { line, character: 1 } } }),
  });
const edited = { first: 3, last: 4 };

test.each([
  ['on an edited line', at(3), 1],
  ['on the last edited line', at(4), 1],
  ['above', at(2), 0],
  ['below', at(5), 0],
  ['without a place', at(undefined), 0],
])('a new problem %s', (_where, problem, held) => {
  const result = holdBack([problem], new Set(), edited);
  expect([result.held.length, result.now.length]).toEqual([held, 1 - held]);
});

test('one that is shown already stays, though its words and place have changed', () => {
  const shown = keysOf([at(9, 'unknown-size', 'servers.web')]);
  expect(holdBack([at(3, 'unknown-size', 'servers.web')], shown, edited).held).toEqual([]);
  expect(holdBack([at(3, 'unknown-size', 'servers.db')], shown, edited).held).toHaveLength(1);
});

test('without an edit everything is shown', () => expect(holdBack([at(3)], new Set(), undefined).held).toEqual([]));
