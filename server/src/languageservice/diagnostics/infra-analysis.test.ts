import { describe, expect, test } from 'vitest';
import { createMemoryFiles } from '#core/infra/testing/memory-files.ts';
import type { OpenDocument } from '../open-document.ts';
import { openText, toPosition } from '../testing/open-marked.ts';

const head = 'version: 1\nproject: shop\n';
const text = `${head}defaults: { dc: X, image: U, size: small }
sizes:
  small: { cpu: 1, ram: 1 GB, disk: 10 GB }
servers:
  web:
    count: 2
    ram: 2 GB
  db:
    cpu: 4
`;

/** Replaces the first place of a text in the document, or the one at an offset. Gives the offset. */
function edit({ model }: OpenDocument, old: string, now: string, offset = model.text.indexOf(old)): number {
  model.applyChange({ start: toPosition(model.text, offset), end: toPosition(model.text, offset + old.length) }, now);
  return offset;
}

const summary = ({ analysis }: OpenDocument, name: string): string => {
  const expanded = analysis.expandedOf(name);
  if (!expanded) return 'none';
  const { values, origins, instances } = expanded;
  const fields = (['cpu', 'ram', 'dc'] as const).map((field) => `${values[field]} of ${origins[field]}`);
  return [instances.join(' '), ...fields].join(', ');
};

describe('effective values', () => {
  test.each([
    ['of an entry with its size and defaults', text, 'web', 'web-1 web-2, 1 of size, 2048 of entry, X of defaults'],
    [
      'of an entry in brackets',
      `${head}servers: { web: { cpu: 3 } }\n`,
      'web',
      'web, 3 of entry, undefined of undefined, undefined of undefined',
    ],
    [
      'with anchors',
      `${head}servers:\n  a: &a { cpu: 1 }\n  web:\n    <<: *a\n    dc: Y\n`,
      'web',
      'web, 1 of entry, undefined of undefined, Y of entry',
    ],
    [
      'without fields that have mistakes',
      text.replace('ram: 2 GB', 'ram: x\n    foo: 1'),
      'web',
      'web-1 web-2, 1 of size, 1024 of size, X of defaults',
    ],
    [
      'of an entry that is no mapping',
      `${head}servers:\n  web: 1\n`,
      'web',
      'web, undefined of undefined, undefined of undefined, undefined of undefined',
    ],
    ['of no entry', text, 'nowhere', 'none'],
  ])('%s', (_name, content, name, expected) => expect(summary(openText(content), name)).toBe(expected));

  test('are those of the last sound text while an entry is half-typed', () => {
    const document = openText(text);
    edit(document, 'ram: 2 GB', 'ra');
    expect(document.model.state).toBe('broken');
    expect(summary(document, 'web')).toBe('web-1 web-2, 1 of size, 2048 of entry, X of defaults');
    edit(document, 'cpu: 1', 'cpu: 2');
    expect(summary(document, 'web')).toBe('web-1 web-2, 2 of size, 2048 of entry, X of defaults');
  });

  test('stay while the defaults are half-typed', () => {
    const document = openText(text.replace('defaults: { dc: X, image: U, size: small }', 'defaults:\n  dc: X\n  size: small'));
    edit(document, '  size: small', '  si');
    expect(document.model.state).toBe('broken');
    expect(summary(document, 'web')).toContain('1 of size');
  });

  test('follow a change of what they come from, and say where they stand now', () => {
    const document = openText(text);
    expect(summary(document, 'db')).toContain('1024 of size');
    edit(document, 'ram: 1 GB', 'ram: 4 GB');
    edit(document, 'project: shop', 'project: shop # c\n\n');
    expect(summary(document, 'db')).toContain('4096 of size');
    const expanded = document.analysis.expandedOf('db');
    expect([expanded?.source.start.line, expanded?.sourceOf('cpu')?.start.line, expanded?.sourceOf('ram')?.start.line]).toEqual([
      11, 12, 6,
    ]);
    expect(document.analysis.definitions.locate(['sizes', 'small'], 'key').start.line).toBe(6);
  });

  test('are given for a chunk, and for none that holds no server', () => {
    const { model, analysis } = openText(text);
    expect(model.chunks.map((chunk) => analysis.expandedAt(chunk)?.name)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
      'web',
      'db',
    ]);
  });
});

test('names and definitions come from included files too', async () => {
  const { analysis } = openText(`${text}include: [a.yaml]\n`);
  await analysis.refresh(createMemoryFiles({ '/project/a.yaml': 'sizes:\n  tiny: { cpu: 2 }\n  small: { cpu: 9 }\n' }));
  expect(analysis.entryNames('sizes')).toEqual(['small', 'tiny']);
  expect(analysis.entryNames('servers')).toEqual(['web', 'db']);
  expect(analysis.entryNames('groups')).toEqual([]);
  expect(analysis.definitions.infra.sizes?.['tiny']).toEqual({ cpu: 2 });
  expect(analysis.definitions.locate(['sizes', 'tiny'], 'key').file).toBe('/project/a.yaml');
});

describe('an edit elsewhere changes what is said about a server', () => {
  const codes = ({ analysis }: OpenDocument): readonly string[] => analysis.getDiagnostics().map(({ code }) => code);
  test.each([
    ['a size loses its name', 'small: {', 'smal: {', ['unknown-size', 'missing-hardware']],
    ['a size loses a field', ', disk: 10 GB', '', ['missing-hardware', 'missing-hardware']],
    ['defaults lose a field', 'dc: X, ', '', ['missing-dc', 'missing-dc']],
    ['defaults get a mistake', 'dc: X, ', 'dc: X, foo: 1, ', ['unknown-key']],
    ['a size gets a mistake', 'ram: 1 GB', 'ram: x', ['invalid-value']],
    ['a server takes the name of another', '  db:', '  web-2:', ['name-clash']],
    ['a server takes the name of another in capitals', '  db:', '  WEB-2:', ['name-clash']],
    ['two entries with `count` differ in case', '  db:', '  WEB: { count: 2 }\n  db:', ['name-clash']],
    ['a group takes the name of a server', 'servers:', 'groups:\n  web-1: { servers: [db] }\nservers:', ['group-name-clash']],
    ['a group names nobody', 'servers:', 'groups:\n  g: { servers: [bd] }\nservers:', ['unknown-target']],
    ['a group names one twice', 'servers:', 'groups:\n  g: { servers: [db, db] }\nservers:', ['repeated-item']],
  ])('%s', (_name, old, now, expected) => {
    const document = openText(text);
    expect(codes(document)).toEqual([]);
    const offset = edit(document, old, now);
    const after = codes(document);
    expect(after).toEqual(codes(openText(document.model.text)));
    expect(after.filter((code) => expected.includes(code)).length).toBeGreaterThan(0);
    edit(document, now, old, offset);
    expect(codes(document)).toEqual([]);
  });
});

test('a name that is edited letter by letter keeps its place in the order', () => {
  const document = openText(text);
  document.analysis.getDiagnostics();
  edit(document, '  web:', '  we:');
  expect([...(document.model.index.sections.get('servers')?.entries?.keys() ?? [])]).toEqual(['we', 'db']);
  edit(document, '  we:', '  db:');
  expect(document.analysis.getDiagnostics().map(({ code }) => code)).toContain('duplicate-key');
  edit(document, '  db:', '  w:');
  expect(document.analysis.getDiagnostics()).toEqual([]);
});
