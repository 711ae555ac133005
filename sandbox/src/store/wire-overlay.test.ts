import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyOverlay, overlayOf } from './wire-overlay.ts';

const row = fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.jsonValue({ maxDepth: 2 }));

test('any view becomes any row', () => {
  fc.assert(
    fc.property(row, row, (view, raw) => {
      expect(JSON.parse(JSON.stringify(applyOverlay(view, overlayOf(view, raw))))).toEqual(JSON.parse(JSON.stringify(raw)));
    }),
  );
});

test('what has changed since is shown as the sandbox has it; the rest stays', () => {
  const overlay = overlayOf({ State: 'Active', CPU: 1 }, { State: 'Migrating', CPU: 1, Tag: 'x' });
  expect(applyOverlay({ State: 'Deleting', CPU: 2 }, overlay)).toEqual({ State: 'Deleting', CPU: 2, Tag: 'x' });
  expect(applyOverlay({ State: 'Active', CPU: 2 }, overlay)).toEqual({ State: 'Migrating', CPU: 2, Tag: 'x' });
});

test('fields to ignore or to show always', () => {
  const overlay = overlayOf({ a: 1, b: 1 }, { a: 2, b: 2 }, { ignored: ['a'], always: ['b'] });
  expect(applyOverlay({ a: 5, b: 5 }, overlay)).toEqual({ a: 5, b: 2 });
  expect(overlayOf({ a: 1 }, { a: 1 })).toBeUndefined();
});
