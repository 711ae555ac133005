import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MAX_INFRA_BYTES } from '#core/infra/load/read-text.ts';
import { InfraDocumentModel } from '../languageservice/document/infra-document-model.ts';
import { LargeText } from './large-text.ts';

const position = fc.record({ line: fc.nat(6), character: fc.nat(8) });
const lines = fc
  .array(fc.constantFrom('a', 'bb: 1', '\n', '\r\n', '\r', 'я', '🎉', '  '), { maxLength: 12 })
  .map((parts) => parts.join(''));

test('edits do to a large text what they do to one that is looked at', () => {
  fc.assert(
    fc.property(lines, fc.array(fc.tuple(position, position, lines), { maxLength: 4 }), (text, edits) => {
      const large = new LargeText(text);
      const model = new InfraDocumentModel('/infra.yaml', text);
      for (const [one, other, insert] of edits) {
        const isOrdered = one.line < other.line || (one.line === other.line && one.character <= other.character);
        const range = isOrdered ? { start: one, end: other } : { start: other, end: one };
        large.change(range, insert);
        model.applyChange(range, insert);
        expect([large.text, large.length]).toEqual([model.text, model.length]);
      }
    }),
    { numRuns: 2000 },
  );
});

test('a text far above the limit is not kept, and no edit brings it back', () => {
  const large = new LargeText('x'.repeat(4 * MAX_INFRA_BYTES));
  large.change({ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, 'y');
  expect([large.text, large.length]).toEqual([undefined, 4 * MAX_INFRA_BYTES + 1]);
  large.change({ start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }, '');
  expect([large.text, large.length]).toEqual([undefined, 4 * MAX_INFRA_BYTES + 1]);
});
