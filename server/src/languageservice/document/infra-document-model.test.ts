import { describe, expect, test } from 'vitest';
import { InfraAnalysis } from '../diagnostics/infra-analysis.ts';
import { InfraDocumentModel } from './infra-document-model.ts';
import { toAbsolute } from './local-range.ts';

const head = 'version: 1\nproject: shop\ndefaults: { dc: X, image: U, cpu: 1, ram: 1 GB, disk: 10 GB }\nservers:\n';
const text = `${head}  a:\n    cpu: 1\n  b:\n    cpu: 2\n  c:\n    cpu: 9\n`;
const at = (line: number, character: number) => ({ line, character });
const insert = (model: InfraDocumentModel, line: number, character: number, added: string) =>
  model.applyChange({ start: at(line, character), end: at(line, character) }, added);

describe('state', () => {
  test.each([
    ['a valid file', text, 'sound'],
    ['a list in an entry', `${text}    networks:\n    - x\n`, 'sound'],
    ['a block text', `${text}    vars:\n      t: |\n        x\n\n  d: {}\n`, 'sound'],
    ['a name that stands twice', `${text}  a: {}\n`, 'sound'],
    ['a half-typed key', `${text}    si\n  d: {}\n`, 'broken'],
    ['a half-typed name above an entry', text.replace('  b:', '  bb\n  b:'), 'broken'],
    ['a half-typed section above another', text.replace('servers:', 'serv\nlimits: {}\nservers:'), 'broken'],
    ['an open bracket', text.replace('cpu: 1', 'cpu: [1'), 'broken'],
    ['an open quote, which reaches into the next entry', text.replace('cpu: 1', 'cpu: "1'), 'whole'],
    ['a tab, which makes the parser lose its column', text.replace('    cpu: 1', '\tcpu: 1'), 'whole'],
    ['an anchor', text.replace('a:\n', 'a: &a\n'), 'whole'],
    ['a second document', `${text}---\n`, 'whole'],
    ['a byte order mark', `\u{feff}${text}`, 'whole'],
    ['brackets at the top', '{ version: 1 }\n', 'whole'],
    ['a name that is a number', `${text}  7: {}\n`, 'whole'],
    ['nothing', '', 'whole'],
  ])('%s', (_name, content, state) => expect(new InfraDocumentModel('f', content).state).toBe(state));
});

test('an edit leaves the other chunks as they are, and moves them', () => {
  const model = new InfraDocumentModel('f', text);
  const before = [...model.chunks];
  insert(model, 5, 10, '\n    protect: true');
  expect(model.chunks.map((chunk, index) => chunk === before[index])).toEqual([true, true, true, true, false, true, true]);
  expect(toAbsolute(model.locate(['servers', 'c', 'cpu'], 'value')).start).toEqual(at(10, 9));
});

test('a problem moves with the lines above it', () => {
  const model = new InfraDocumentModel('f', text);
  const analysis = new InfraAnalysis(model);
  const list = () => analysis.getDiagnostics().map(({ code, source }) => `${source?.start.line} ${code}`);
  expect(list()).toEqual(['9 above-documented-range']);
  insert(model, 0, 0, '# one\n# two\n');
  expect(list()).toEqual(['11 above-documented-range']);
});

test('a problem of two entries moves with each of them', () => {
  const model = new InfraDocumentModel('f', text.replace('  c:\n', '  b-1: {}\n  c:\n').replace('cpu: 2', 'count: 1'));
  const analysis = new InfraAnalysis(model);
  const list = () =>
    analysis
      .getDiagnostics()
      .flatMap(({ code, source, related }) => [code, source?.start.line, ...related.map((place) => place.source.start.line)]);
  expect(list().slice(0, 3)).toEqual(['name-clash', 8, 6]);
  insert(model, 5, 10, '\n    protect: true');
  expect(list().slice(0, 3)).toEqual(['name-clash', 9, 7]);
});

test('an entry keeps its place in the order while it is half-typed', () => {
  const model = new InfraDocumentModel('f', text);
  expect(model.state).toBe('sound');
  insert(model, 5, 10, '\n    si');
  expect(model.state).toBe('broken');
  expect([...(model.index.sections.get('servers')?.entries?.keys() ?? [])]).toEqual(['a', 'b', 'c']);
  insert(model, 6, 6, 'ze: s');
  expect(model.state).toBe('sound');
  expect(model.index.sections.get('servers')?.entries?.get('a')?.content.value).toEqual({ cpu: 1, size: 's' });
});

test.each([
  ['before the text', at(-1, 0), 'x'.length],
  ['after the text', at(99, 99), text.length + 1],
])('a position %s is moved into it', (_name, position, length) => {
  const model = new InfraDocumentModel('f', text);
  model.applyChange({ start: position, end: position }, '#');
  expect(model.text).toHaveLength(text.length + 1);
  expect(model.text.indexOf('#') + 1).toBe(length);
});
