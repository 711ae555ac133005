import { expect, test } from 'vitest';
import { t } from '#schemas/text/text.ts';
import { createDiagnostic, replaceFix } from './create-diagnostic.ts';

test('severity and summary come from the catalogue', () => {
  const source = { file: 'f', start: { line: 0, character: 0 }, end: { line: 0, character: 1 } };
  expect(createDiagnostic('repeated-item', { detail: t('d'), source, fixes: [replaceFix(t('r'), source, 'x')] })).toEqual({
    code: 'repeated-item',
    severity: 'warning',
    summary: t('Name is listed twice'),
    detail: t('d'),
    source,
    related: [],
    fixes: [{ title: t('r'), edits: [{ source, newText: 'x' }] }],
  });
});
