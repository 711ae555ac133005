import { expect, test } from 'vitest';
import { t } from '#schemas/text/text.ts';
import type { DiagnosticCode } from './catalog.ts';
import { createDiagnostic } from './create-diagnostic.ts';
import { sortDiagnostics } from './sort-diagnostics.ts';

const at = (code: DiagnosticCode, file?: string, line = 0, character = 0) =>
  createDiagnostic(code, {
    detail: t('x'),
    source: file === undefined ? undefined : { file, start: { line, character }, end: { line, character } },
  });

const sortCodes = (...diagnostics: ReturnType<typeof at>[]) => sortDiagnostics(diagnostics, 'main').map(({ code }) => code);

test('the main file comes before others, and what has no place before all', () => {
  expect(sortCodes(at('unknown-key', 'a'), at('wrong-type', 'main', 9), at('empty-file'))).toEqual([
    'empty-file',
    'wrong-type',
    'unknown-key',
  ]);
});

test('by line, then column', () => {
  expect(sortCodes(at('unknown-key', 'main', 2, 1), at('wrong-type', 'main', 2, 0), at('ram-step', 'main', 1, 9))).toEqual([
    'ram-step',
    'wrong-type',
    'unknown-key',
  ]);
});

test('errors before warnings at one place', () => {
  expect(sortCodes(at('repeated-item', 'main'), at('unknown-network', 'main'))).toEqual(['unknown-network', 'repeated-item']);
});
