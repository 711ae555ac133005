import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TextEdit } from 'vscode-languageserver-types';
import { listActions } from './actions/list-actions.ts';
import { getCompletions } from './completion/get-completions.ts';
import { resolveCompletion } from './completion/resolve-completion.ts';
import { listHints } from './hints/list-hints.ts';
import { getHover } from './hover/get-hover.ts';
import { listLenses } from './lenses/list-lenses.ts';
import { resolveLens } from './lenses/resolve-lens.ts';
import { applyEdits } from './testing/apply-edits.ts';
import { openText, toPosition } from './testing/open-marked.ts';
import { createRequest, plainEditor } from './testing/sample-request.ts';

const shop = readFileSync(new URL('../../../examples/shop/infra.yaml', import.meta.url), 'utf8');
const requests = [createRequest(), createRequest({ language: 'ru', editor: plainEditor })];
const pieces = [
  '\n',
  '\n  ',
  '\n    ',
  ' ',
  ': ',
  ':',
  '- ',
  '{',
  '}',
  '[',
  ']',
  ', ',
  '"',
  "'",
  '#',
  '&a ',
  '*a',
  '|',
  '\t',
  '\r\n',
  'servers:',
  'web',
  'я',
  '🎉',
  '\0',
  '---\n',
  '\u{feff}',
  '<<: *a',
  '__proto__: 1',
  '${1:x}',
];

test('whatever is typed, no feature throws, and every edit touches the cursor', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ at: fc.double({ min: 0, max: 1, noNaN: true }), cut: fc.nat(30), text: fc.constantFrom('', ...pieces) }), {
        maxLength: 5,
      }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.constantFrom(...requests),
      (edits, at, request) => {
        const text = edits.reduce((result, edit) => {
          const from = Math.floor(edit.at * result.length);
          return result.slice(0, from) + edit.text + result.slice(from + edit.cut);
        }, shop);
        const document = openText(text);
        const position = toPosition(text, Math.floor(at * text.length));
        const { items } = getCompletions(document, position, request);
        for (const item of items.slice(0, 20)) {
          if (!TextEdit.is(item.textEdit)) throw new Error('no edit');
          const { start, end } = item.textEdit.range;
          expect([start.line, end.line]).toEqual([position.line, position.line]);
          expect(start.character).toBeLessThanOrEqual(position.character);
          expect(end.character).toBeGreaterThanOrEqual(position.character);
          expect(resolveCompletion(item, request).label).toBe(item.label);
        }
        getHover(document, position, request);
        for (const lens of listLenses(document, request)) expect(resolveLens(document, lens, request).command).toBeDefined();
        const last = { line: 10_000, character: 0 };
        for (const { position: place } of listHints(document, { start: { line: 0, character: 0 }, end: last }, request))
          expect(place.line).toBeGreaterThanOrEqual(0);
        const problems = document.analysis.getDiagnostics();
        for (const action of listActions(document, { start: position, end: position }, problems, request, [''])) {
          expect(action.title).not.toBe('');
          if (action.edit?.changes) expect(applyEdits(text, action)).not.toBe(text);
        }
      },
    ),
    { numRuns: 300 },
  );
});
