import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { sampleCatalog } from '#core/infra/testing/sample-catalog.ts';
import { yamlPieces } from '../fuzz/random-text.ts';
import { askEverything, type Place } from './ask-everything.ts';
import { pullCapabilities } from './full-capabilities.ts';
import { closeLabs, startLab, type Lab } from './lsp-lab.ts';

afterEach(closeLabs);

const URI = 'file:///project/infra.yaml';
const corpus = 'test/fixtures/language/corpus';
const texts: readonly (readonly [string, string])[] = [
  ...readdirSync(corpus).map((name) => [name, readFileSync(join(corpus, name), 'utf8')] as const),
  ...['examples/shop/infra.yaml', 'examples/minimal.infra.yaml'].map((path) => [path, readFileSync(path, 'utf8')] as const),
];

/** A server that knows an account, so that what depends on one is asked too. */
async function startFullLab(): Promise<Lab> {
  const reader = {
    readCatalog: () => Promise.resolve(sampleCatalog),
    readObjects: () => Promise.resolve({ servers: [], networks: [], keys: [], unreadable: [] }),
    close: () => undefined,
  };
  return startLab({ capabilities: pullCapabilities, ports: { openCloud: () => Promise.resolve(reader) } });
}

const placeOf = (text: string, offset: number): Place => {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
};

describe.each(texts)('%s', (_name, text) => {
  test('every question is answered at every few places, without a complaint', async () => {
    const lab = await startFullLab();
    lab.open(URI, text);
    const step = Math.max(1, Math.ceil(text.length / 12));
    for (let offset = 0; offset <= text.length; offset += step) await askEverything(lab, URI, placeOf(text, offset));
    expect(lab.complaints).toEqual([]);
  });

  test('and so it is when the text ends early', async () => {
    const lab = await startFullLab();
    lab.open(URI, '');
    let version = 1;
    for (const share of [0.9, 0.7, 0.5, 0.3, 0.1]) {
      const cut = text.slice(0, Math.floor(text.length * share));
      lab.change(URI, (version += 1), { text: cut });
      await askEverything(lab, URI, placeOf(cut, cut.length));
    }
    expect(lab.complaints).toEqual([]);
  });
});

const pieces = fc.constantFrom(...yamlPieces, ':', '&a', '|', '\u2028');
const edit = fc.record({
  name: fc.nat(texts.length - 1),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.nat(4), fc.nat(80)),
  text: fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 6 })),
});

/** Between the two characters of a line break no editor has a place. */
const snap = (text: string, offset: number): number => (text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset);

test('after any edit every question is answered, and problems are those of a document that is opened anew', async () => {
  const lab = await startFullLab();
  let opened = 0;
  await fc.assert(
    fc.asyncProperty(fc.nat(texts.length - 1), fc.array(edit, { minLength: 1, maxLength: 4 }), async (which, edits) => {
      const uri = `file:///project/fuzz-${(opened += 1)}.infra.yaml`;
      let text = texts[which]?.[1] ?? '';
      lab.open(uri, text);
      let version = 1;
      for (const { at, length, text: insert } of edits) {
        const from = snap(text, Math.floor(at * text.length));
        const to = Math.max(from, snap(text, Math.min(text.length, from + length)));
        lab.change(uri, (version += 1), { range: { start: placeOf(text, from), end: placeOf(text, to) }, text: insert });
        text = text.slice(0, from) + insert + text.slice(to);
        await askEverything(lab, uri, placeOf(text, from + insert.length));
      }
      const pull = (): Promise<{ items: unknown }> => lab.client.sendRequest('textDocument/diagnostic', { textDocument: { uri } });
      const edited = await pull();
      await lab.client.sendNotification('textDocument/didClose', { textDocument: { uri } });
      lab.open(uri, text);
      expect(edited.items).toEqual((await pull()).items);
      await lab.client.sendNotification('textDocument/didClose', { textDocument: { uri } });
    }),
    { numRuns: 60 },
  );
  expect(lab.complaints).toEqual([]);
});
