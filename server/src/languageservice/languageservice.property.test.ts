import { readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { InfraAnalysis } from './diagnostics/infra-analysis.ts';
import { InfraDocumentModel } from './document/infra-document-model.ts';
import { listLinks } from './structure/list-links.ts';
import { listSelectionRanges } from './structure/list-selection-ranges.ts';
import { formatDocument } from './structure/format-document.ts';
import { findDefinition } from './navigation/find-definition.ts';
import { findReferences, listHighlights } from './navigation/find-references.ts';
import { prepareRename, renameName } from './navigation/rename-name.ts';
import type { OpenDocument } from './open-document.ts';
import { applyEdits } from './testing/marked-text.ts';
import { compareIndexes } from './testing/compare-indexes.ts';
import { compareWithFullParse, MODEL_PATH } from './testing/compare-with-full-parse.ts';

const examples = resolve(dirname(fileURLToPath(import.meta.url)), '../../../examples');
const shop = readFileSync(resolve(examples, 'shop/infra.yaml'), 'utf8');
const minimal = readFileSync(resolve(examples, 'minimal.infra.yaml'), 'utf8');
const others = {
  '/project/there.yml': '- hosts: all\n',
  '/project/keys/demo.pub': readFileSync(resolve(examples, 'shop/keys/demo.pub'), 'utf8'),
  '/project/shared.infra.yaml':
    'sizes:\n  tiny: { cpu: 1, ram: 100 MB, disk: 10 GB }\ndefaults: { image: Debian 11 }\ninclude: [gone.yaml]\n',
};
const mistakes = `# head
version: 1
project: shop
include: [shared.infra.yaml, missing.yaml]
sizes:
  s: { cpu: 1, ram: 700 MB, disk: 15 GB }
  bad: { cpu: x }
servers:
  a: { size: s, networks: [gone], ids: 1 }
  # between
  b:
    count: 3
    size: bad
    vars: { token: "AKIAABCDEFGHIJKLMNOP" }

  b-2:
    size: nope
    dc: Москва 🎉
    id: 7
  c: { id: 7, count: 2 }
groups:
  g: { servers: [a, g2, a] }
  g2: { servers: [g, lost] }
  a: { servers: [] }
alerts:
  one: { metric: cpu, above: 10%, clear: 20%, on: [b-1, b-9], notify: [x] }
schedules:
  n: { cron: "0 20 * *", timezone: Mars, action: stop, targets: [a, zz] }
limits: { monthly_budget: 10 }
`;
const playbooks = `version: 1
project: shop
include: [shared.infra.yaml]
defaults:
  dc: Xelent
  image: Debian 12
  size: small
  playbooks: [base, ./gone.yml, { name: nginx, vars: { nginx_sites: x } }]
  vars: { base_firewall: nftable, http_port: "80" }
sizes:
  small: { cpu: 1, ram: 1 GB, disk: 10 GB }
  half: { cpu: 1 }
servers:
  a: { vars: { base_firewall: nftables, base_swap: lots } }
  b:
    playbooks: [docker, node_exporter, there.yml]
    vars: { docker_users: me }
  c:
    size: half
    playbooks:
      - { name: app, vars: { app_health: { within: soon, url: x } } }
      - lost/site.yml
      - { path: there.yml, name: base }
    vars: {}
  d: { playbooks: [postgres, app], app: { source: ., dest: /srv } }
  e: { playbooks: [] }
`;
const anchors = `version: 1
project: shop
defaults: &base
  dc: Xelent
  image: &image Ubuntu 20.4 x64
sizes: { s: { cpu: 1, ram: 1 GB, disk: 10 GB } }
servers:
  a: &a { size: s }
  b:
    <<: *a
    image: *image
  c:
    <<: [*a, *base]
    cpu: 9
`;

const pieces = fc.constantFrom(
  'a',
  'web',
  ':',
  ': ',
  ' ',
  '  ',
  '\n',
  '\n  ',
  '\n    ',
  '\n  web:',
  '\n  b: ',
  '\n  x:\n    cpu: 1',
  'servers:\n',
  '\nservers:',

  '- ',
  '-',
  '[',
  ']',
  '{',
  '}',
  ', ',
  '"',
  "'",
  '#',
  ' # c',
  '1',
  '0',
  'true',
  '~',
  '\r\n',
  '\t',
  '\r',
  '&x ',
  '*x',
  '*a',
  '&a ',
  '!t ',

  '|',
  '>',
  '|\n',
  '?',
  '? ',
  '%',
  '@',
  '---\n',
  '\n---\n',
  '...',
  'я',
  'ключ: ',
  '🎉',
  '<<: *a',
  '<<',
  '\u{feff}',
  '\0',
  '\\',
  '\u{2028}',

  '\nversion: 1',
  '\nproject: p',
  'VDC_options: 1',
  'size: small',
  'size: half',
  '\n    playbooks: [base]',
  '\n    playbooks: [app, postgres, there.yml]',
  '\n      - gone.yml',
  ', docker',
  '\n    vars: { base_firewall: x }',
  'vars: { docker_users: 1 }, ',
  'base_firewall: ',
  'defaults: { playbooks: [base], vars: { base_firewall: 1 } }\n',
  'count: 2\n',
  '__proto__: 1',
  '\n  1: 2',
  '\nzz',
  '\n  zz\n',
  '\n\n',
);
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  text: fc.oneof(
    { weight: 3, arbitrary: pieces },
    fc.constant(''),
    fc.array(pieces, { maxLength: 4 }).map((parts) => parts.join('')),
  ),
  back: fc.boolean(),
});

/** Position as an editor would send it. */
function toPosition(text: string, offset: number): { line: number; character: number } {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  // Between the two characters of a line break no editor has a place.
  if (text[offset - 1] === '\r' && text[offset] === '\n') return toPosition(text, offset - 1);
  return { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 };
}

const snap = (text: string, offset: number): number => (text[offset - 1] === '\r' && text[offset] === '\n' ? offset - 1 : offset);

const starts = {
  'a list in column 0': 'servers:\n-\n\n  web: # c\nversion: 1\n',
  shop,
  minimal,
  mistakes,
  playbooks,
  'playbooks with servers in brackets': playbooks.replace(
    /servers:\n[^]*/,
    'servers: { a: { playbooks: [base, app, gone.yml], vars: { base_swap: x } } }\n',
  ),
  anchors,
  'shop with CRLF': shop.replaceAll('\n', '\r\n'),
  empty: '',
};

/** What holds for every text and place: nothing throws, and what is found fits together. */
function checkFeatures(document: OpenDocument, position: { line: number; character: number }): void {
  const { analysis, model } = document;
  findDefinition([document], document, position, (path) => path);
  listLinks(document, (path) => path);
  const place = prepareRename(document, position);
  expect(place === undefined).toBe('problem' in renameName([document], document, position, 'fresh-name-9'));
  const highlights = listHighlights(document, position).map(({ range }) => JSON.stringify(range));
  for (const { range } of findReferences([document], document, position, true)) expect(highlights).toContain(JSON.stringify(range));
  const [selection] = listSelectionRanges(document, [position]);
  expect(selection?.range.start.line).toBeLessThanOrEqual(position.line);
  const formatted = applyEdits(model.text, formatDocument(document));
  expect(formatDocument({ ...document, model: new InfraDocumentModel(MODEL_PATH, formatted) })).toEqual([]);
  for (const name of analysis.entryNames('servers')) analysis.expandedOf(name);
  for (const chunk of model.chunks) analysis.expandedAt(chunk);
}

test.each(Object.entries(starts))('after any edits the model of %s equals a fresh reading', { timeout: 120_000 }, async (_name, start) => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 6 }), async (edits) => {
      let text = start;
      const model = new InfraDocumentModel(MODEL_PATH, text);
      const analysis = new InfraAnalysis(model);
      const change = async (from: number, to: number, insert: string): Promise<void> => {
        model.applyChange({ start: toPosition(text, from), end: toPosition(text, to) }, insert);
        text = text.slice(0, from) + insert + text.slice(to);
        expect(model.text).toBe(text);
        const { incremental, full } = await compareWithFullParse(model, analysis, others);
        expect(incremental).toEqual(full);
        const { edited, fresh } = compareIndexes({ uri: `file://${MODEL_PATH}`, model, analysis });
        expect(edited).toEqual(fresh);
      };
      for (const { at, length, text: insert, back } of edits) {
        const from = snap(text, Math.floor(at * (text.length + 1)));
        const to = Math.max(from, snap(text, Math.min(text.length, from + length)));
        const removed = text.slice(from, to);
        await change(from, to, insert);
        // Undone, so that most edits meet a text that is nearly right.
        const end = snap(text, from + insert.length);
        if (back && end === from + insert.length && snap(text, from) === from) await change(from, end, removed);
      }
      checkFeatures({ uri: `file://${MODEL_PATH}`, model, analysis }, toPosition(text, snap(text, Math.floor(text.length / 2))));
    }),
    { numRuns: 60 },
  );
});
