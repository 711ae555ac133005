import { expect, test } from 'vitest';
import { sampleCatalog } from '#core/infra/testing/sample-catalog.ts';
import { createTextRenderer } from '#core/text/render-text.ts';
import { InfraDocumentModel } from '#server/languageservice/document/infra-document-model.ts';
import { LiveDiagnostics } from './live-diagnostics.ts';

const render = createTextRenderer('en');
const head = 'version: 1\nproject: p\n';
const read = (text: string, ageMs = 0): readonly string[] =>
  new LiveDiagnostics()
    .list(new InfraDocumentModel('/p/infra.yaml', head + text), { value: sampleCatalog, readAtMs: 0 }, ageMs)
    .map(({ code, severity, source, detail }) => `${source?.start.line}:${source?.start.character} ${severity} ${code} ${render(detail)}`);

test.each<[string, string, string[]]>([
  ['known names', 'servers:\n  web: { dc: Xelent, image: Ubuntu 20.4 x64 }\n', []],
  ['an image of a server', 'servers:\n  web:\n    image: Nope 1\n', ['4:11 info unknown-image']],
  ['an image of the defaults', 'defaults: { image: Nope 1 }\n', ['2:19 info unknown-image']],
  ['a data centre of a network', 'networks:\n  back: { dc: Nowhere }\n', ['3:14 info unknown-data-centre']],
  ['an image by its id', `servers:\n  web: { image: ${sampleCatalog.images[0]?.id ?? 0} }\n`, []],
  ['values that are none yet', 'servers:\n  web: { dc: , image: "" }\n  db:\n', []],
  ['an entry under a section that stands twice', 'servers:\nservers:\n  web:\n    image: Nope 1\n', ['5:11 info unknown-image']],
  ['a text that is no YAML', 'servers: [\n', []],
])('%s', (_reason, text, expected) => {
  expect(read(text).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual(expected);
});

test('the age is that of the catalogue', () => {
  expect(read('defaults: { dc: Nowhere }\n', 60_000)[0]).toContain('was read 1 minute ago');
  expect(read('defaults: { dc: Nowhere }\n', 125_000)[0]).toContain('was read 2 minutes ago');
});

test('nothing is said without a catalogue', () => {
  const model = new InfraDocumentModel('/p/infra.yaml', `${head}defaults: { dc: Nowhere }\n`);
  expect(new LiveDiagnostics().list(model, undefined, 0)).toEqual([]);
});

test('ranges move with the text, and another catalogue is judged anew', () => {
  const live = new LiveDiagnostics();
  const model = new InfraDocumentModel('/p/infra.yaml', `${head}servers:\n  web: { dc: Nowhere }\n`);
  const known = { value: sampleCatalog, readAtMs: 0 };
  expect(live.list(model, known, 0)[0]?.source?.start.line).toBe(3);
  model.applyChange({ start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, '# one\n# two\n');
  expect(live.list(model, known, 0)[0]?.source?.start.line).toBe(5);
  const other = { dataCentres: [{ id: 1, title: 'Nowhere', techTitle: 'no', hasBasePool: true, hasHighPool: true }], images: [] };
  expect(live.list(model, { value: other, readAtMs: 0 }, 0)).toEqual([]);
});
