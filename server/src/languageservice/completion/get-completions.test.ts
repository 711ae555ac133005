import { describe, expect, test } from 'vitest';
import { InsertTextFormat, TextEdit, type CompletionItem } from 'vscode-languageserver-types';
import { formatInfraText } from '#core/infra/format/format-infra-text.ts';
import { parseYaml } from '#core/infra/parse/parse-yaml.ts';
import { expectedAt } from '../schema/expected.ts';
import type { LanguageRequest } from '../language-request.ts';
import { listPatterns } from '../testing/list-patterns.ts';
import { openMarked } from '../testing/open-marked.ts';
import { createRequest, plainEditor, SAMPLE_NOW, sampleValues } from '../testing/sample-request.ts';
import { valueRows } from '../testing/value-rows.ts';
import { getCompletions } from './get-completions.ts';
import { resolveCompletion } from './resolve-completion.ts';
import { toPlain } from './suggestion.ts';

const request = createRequest();

function complete(marked: string, by: LanguageRequest = request): readonly CompletionItem[] {
  const { document, position } = openMarked(marked);
  return getCompletions(document, position, by).items;
}

const labels = (marked: string, by?: LanguageRequest): readonly string[] => complete(marked, by).map(({ label }) => label);
const written = (item: CompletionItem | undefined): string => (item && TextEdit.is(item.textEdit) ? item.textEdit.newText : '');

/** The text after an item was taken; placeholders are filled with their words, empty ones with `x`. */
function accept(marked: string, label: string, by: LanguageRequest = request): string {
  const { document, position, text } = openMarked(marked);
  const item = getCompletions(document, position, by).items.find((candidate) => candidate.label === label);
  if (!item || !TextEdit.is(item.textEdit)) throw new Error(`not offered: ${label}`);
  const { range, newText } = item.textEdit;
  const lines = text.split('\n');
  const filled = item.insertTextFormat === InsertTextFormat.Snippet ? toPlain(newText.replaceAll(/\$\d+/g, 'x')) : newText;
  const line = lines[range.start.line] ?? '';
  lines[range.start.line] = line.slice(0, range.start.character) + filled + line.slice(range.end.character);
  return lines.join('\n');
}

const head = `version: 1
project: shop
defaults: { dc: Xelent }
sizes:
  small: { cpu: 1, ram: 1 GB, disk: 10 GB }
ssh_keys: { laptop: k.pub }
networks: { back: {}, front: {} }
notify: { team: { type: editor } }
groups: { shop: { servers: [] } }
`;

/** The head without one section, then that section down to the pattern's place, in braces. */
function toText(pattern: string, place = '¦'): string {
  const [top = '', ...rest] = pattern.split('.');
  const others = head.replace(new RegExp(`^${top}:.*\n(?:  .*\n)*`, 'm'), '');
  const inner = rest.reduceRight(
    (text, segment) => (segment === '#' ? `[${text}]` : `{ ${segment === '*' ? 'nm' : segment}: ${text} }`),
    place,
  );
  return `${others}${top}: ${inner}\n`;
}

const patterns = listPatterns();

describe('values', () => {
  test('every place of the format has a row', () => expect(Object.keys(valueRows)).toEqual(patterns));

  test.each(Object.entries(valueRows))('%s', (pattern, expected) => {
    const items = complete(toText(pattern));
    const shown = items.slice(0, 4).map(({ label }) => label);
    expect(items.length === 0 ? 'nothing' : `${shown.join(' | ')} ⇒ ${written(items[0])}`).toBe(expected);
  });
});

describe('keys', () => {
  const mappings = ['', ...patterns].filter((pattern) => {
    const path = pattern === '' ? [] : pattern.split('.').map((segment) => (segment === '#' ? 0 : segment));
    return (expectedAt(path, undefined)?.fields.length ?? 0) > 0;
  });

  test.each(mappings)('all that %s may hold, required ones first', (pattern) => {
    const path = pattern === '' ? [] : pattern.split('.').map((segment) => (segment === '#' ? 0 : segment));
    const fields = expectedAt(path, undefined)?.fields ?? [];
    const marked = pattern === '' ? '¦\n' : toText(pattern, '{ ¦ }');
    expect(labels(marked)).toEqual(fields.map(({ name }) => name));
    const firstOptional = fields.findIndex(({ isRequired }) => !isRequired);
    expect(fields.slice(Math.max(0, firstOptional)).some(({ isRequired }) => isRequired && firstOptional >= 0)).toBe(false);
  });

  test.each([
    ['a scalar', 'servers:\n  web:\n    ¦\n', 'size', 'servers:\n  web:\n    size: x\n'],
    ['a half-typed one', 'servers:\n  web:\n    co¦\n', 'count', 'servers:\n  web:\n    count: x\n'],
    ['only the name when there is a colon', 'servers:\n  web:\n    co¦unt: 2\n', 'cpu', 'servers:\n  web:\n    cpu: 2\n'],
    ['a list', 'servers:\n  web:\n    ¦\n', 'networks', 'servers:\n  web:\n    networks: [x]\n'],
    ['a list in lines', 'servers:\n  web:\n    ¦\n', 'playbooks', 'servers:\n  web:\n    playbooks:\n      - x\n'],
    ['a mapping with required keys', 'servers:\n  web:\n    ¦\n', 'app', 'servers:\n  web:\n    app:\n      source: x\n      dest: x\n'],
    ['a mapping in braces', 'servers:\n  web:\n    ¦\n', 'vars', 'servers:\n  web:\n    vars: { x }\n'],
    ['a section', 'version: 1\n¦\n', 'servers', 'version: 1\nservers:\n  x\n'],
    ['the version', '¦\n', 'version', 'version: 1\n'],
    ['within braces', 'sizes:\n  s: { cpu: 1, ¦ }\n', 'ram', 'sizes:\n  s: { cpu: 1, ram: x }\n'],
    ['within tight braces', 'sizes:\n  s: {¦}\n', 'ram', 'sizes:\n  s: { ram: x }\n'],
    ['behind a tight comma', 'sizes:\n  s: { cpu: 1,¦ }\n', 'ram', 'sizes:\n  s: { cpu: 1, ram: x }\n'],
    ['a list within braces', 'alerts:\n  a: { metric: cpu, ¦ }\n', 'on', 'alerts:\n  a: { metric: cpu, on: [x] }\n'],
    [
      'the first key of an item',
      'servers:\n  web:\n    playbooks:\n      - ¦\n',
      'path',
      'servers:\n  web:\n    playbooks:\n      - path: x\n',
    ],
    [
      'the first key of an item in brackets',
      'servers:\n  web: { playbooks: [¦] }\n',
      'path',
      'servers:\n  web: { playbooks: [{ path: x }] }\n',
    ],
    [
      'a second key of an item',
      'servers:\n  web:\n    playbooks:\n      - path: a.yml\n        ¦\n',
      'tags',
      'servers:\n  web:\n    playbooks:\n      - path: a.yml\n        tags: [x]\n',
    ],
    [
      'a new server',
      'defaults: { dc: Xelent, image: Debian 11 }\nservers:\n  ¦\n',
      'web',
      'defaults: { dc: Xelent, image: Debian 11 }\nservers:\n  web:\n    cpu: 1\n    ram: 1 GB\n    disk: 10 GB\n',
    ],
    ['a new size', 'sizes:\n  ¦\n', 'small', 'sizes:\n  small: { cpu: 1, ram: 1 GB, disk: 10 GB }\n'],
    ['a new channel', 'notify:\n  ¦\n', 'telegram', "notify:\n  telegram: { type: telegram, chat: '-1001', token_env: TELEGRAM_TOKEN }\n"],
    ['a server of the account', 'servers:\n  ¦\n', 'legacy', 'servers:\n  legacy:\n    x\n'],
    ['a network of the account', 'networks:\n  ¦\n', 'office', 'networks:\n  office: { x }\n'],
    [
      'a variable of a playbook',
      'servers:\n  web:\n    playbooks: [nginx]\n    vars: { ¦ }\n',
      'http_port',
      'servers:\n  web:\n    playbooks: [nginx]\n    vars: { http_port:  }\n',
    ],
  ])('%s', (_name, marked, label, expected) => expect(accept(marked, label)).toBe(expected));

  test('a key completed anywhere keeps a formatted document formatted', () => {
    for (const pattern of mappings) {
      for (const marked of [toText(pattern === '' ? 'limits' : pattern, '{ ¦ }'), toText(pattern === '' ? 'limits' : pattern, '{¦}')]) {
        for (const label of labels(marked)) {
          const text = accept(marked, label);
          expect(parseYaml('', text).diagnostics).toEqual([]);
          expect(formatInfraText(text).text).toBe(text);
        }
      }
    }
    for (const marked of [
      'version: 1\n¦\n',
      'servers:\n  web:\n    ¦\n',
      'defaults:\n  ¦\n',
      'servers:\n  web:\n    app:\n      ¦\n',
      'servers:\n  ¦\n',
    ]) {
      for (const label of labels(marked)) {
        const text = accept(marked, label);
        expect(formatInfraText(text).text).toBe(text);
      }
    }
  });

  test('a document with four columns and CRLF stays one', () => {
    const { document, position } = openMarked('servers:\r\n    web:\r\n        ¦\r\n');
    const app = getCompletions(document, position, request).items.find(({ label }) => label === 'app');
    expect(written(app)).toBe('app:\r\n            source: $1\r\n            dest: $2');
  });
});

describe('values in place', () => {
  test.each([
    ['a name with blanks', 'servers:\n  web:\n    image: Ubu¦\n', 'Ubuntu 20.4 x64', 'servers:\n  web:\n    image: Ubuntu 20.4 x64\n'],
    ['a whole value is replaced', 'servers:\n  web:\n    image: Ub¦untu 18\n', 'Debian 11', 'servers:\n  web:\n    image: Debian 11\n'],
    ['in quotes', 'servers:\n  web:\n    image: "Ub¦"\n', 'Ubuntu 20.4 x64', 'servers:\n  web:\n    image: "Ubuntu 20.4 x64"\n'],
    ['in quotes that are not closed', "servers:\n  web:\n    image: 'Ub¦\n", 'Debian 11', "servers:\n  web:\n    image: 'Debian 11'\n"],
    ['a blank behind the colon', 'servers:\n  web:\n    power:¦\n', 'on', 'servers:\n  web:\n    power: on\n'],
    ['a blank behind the colon in braces', 'sizes:\n  s: { cpu:¦ }\n', '2', 'sizes:\n  s: { cpu: 2 }\n'],
    [
      'a blank behind the dash',
      'servers:\n  web:\n    playbooks:\n      -¦\n',
      'nginx',
      'servers:\n  web:\n    playbooks:\n      - nginx\n',
    ],
    [
      'a dash where it is missing',
      'servers:\n  web:\n    playbooks:\n      ¦\n',
      'nginx',
      'servers:\n  web:\n    playbooks:\n      - nginx\n',
    ],
    [
      'a dash for a second item',
      'servers:\n  web:\n    playbooks:\n      - nginx\n      ¦\n',
      'postgresql',
      'servers:\n  web:\n    playbooks:\n      - nginx\n      - postgresql\n',
    ],
    [
      'brackets where they are missing',
      `${head}servers:\n  web:\n    networks: ¦\n`,
      'back',
      `${head}servers:\n  web:\n    networks: [back]\n`,
    ],
    ['cron in quotes', 'schedules:\n  a: { cron: ¦ }\n', '*/15 * * * *', "schedules:\n  a: { cron: '*/15 * * * *' }\n"],
    ['cron in quotes that stand there', "schedules:\n  a: { cron: '¦' }\n", '*/15 * * * *', "schedules:\n  a: { cron: '*/15 * * * *' }\n"],
    ['an ambiguous data centre by its technical name', 'defaults:\n  dc: МТ¦\n', 'МТС (Nsk01)', 'defaults:\n  dc: Nsk01\n'],
    ['an id of the account', 'servers:\n  legacy:\n    id: ¦\n', '102 (legacy)', 'servers:\n  legacy:\n    id: 102\n'],
    ['a path step by step', 'ssh_keys:\n  demo: keys/¦\n', 'keys/demo.pub', 'ssh_keys:\n  demo: keys/demo.pub\n'],
    ['a path at home', 'ssh_keys:\n  demo: ~/.ssh/¦\n', '~/.ssh/id_ed25519.pub', 'ssh_keys:\n  demo: ~/.ssh/id_ed25519.pub\n'],
  ])('%s', (_name, marked, label, expected) => expect(accept(marked, label)).toBe(expected));

  test.each([
    ['images of the data centre of the entry', 'servers:\n  web:\n    dc: DataSpace\n    image: ¦\n', 'Golden', true],
    ['images of another one', 'servers:\n  web:\n    dc: Xelent\n    image: ¦\n', 'Golden', false],
    ['images of the data centre of the defaults', 'defaults: { dc: Xelent }\nservers:\n  web:\n    image: ¦\n', 'Golden', false],
    ['pools that the data centre has', 'servers:\n  web:\n    dc: Xelent-2\n    pool: ¦\n', 'high', true],
    ['pools that it has not', 'servers:\n  web:\n    dc: Xelent-2\n    pool: ¦\n', 'base', false],
    ['names that stand in the list already', `${head}servers:\n  web:\n    networks: [back, ¦]\n`, 'back', false],
    ['the others', `${head}servers:\n  web:\n    networks: [back, ¦]\n`, 'front', true],
    ['keys of the chosen type', 'notify:\n  a: { type: email, ¦ }\n', 'server', true],
    ['keys of another type', 'notify:\n  a: { type: email, ¦ }\n', 'chat', false],
    ['single servers of an entry', 'servers:\n  web:\n    count: 2\ngroups:\n  g: { servers: [¦] }\n', 'web-2', true],
    ['a group in itself', 'groups:\n  g: { servers: [¦] }\n', 'g', false],
    ['tags of the named playbook', 'servers:\n  web:\n    playbooks:\n      - name: nginx\n        tags: [¦]\n', 'config', true],
    ['servers of the account that the file has', 'servers:\n  web:\n    count: 1\n  ¦\n', 'web-1', false],
    ['choices of a variable', 'servers:\n  web:\n    vars:\n      nginx_source: ¦\n', 'archive', true],
    ['booleans of a variable', 'servers:\n  web:\n    vars:\n      nginx_tls: ¦\n', 'false', true],
  ])('%s', (_name, marked, label, isOffered) => expect(labels(marked).includes(label)).toBe(isOffered));

  test.each([
    ['in a comment', 'servers: # ¦\n'],
    ['behind a value', 'version: 1 # ¦\n'],
    ['where no key fits', 'servers:\n  web:\n    size: s\n      ¦\n'],
    ['in a text over several lines', 'defaults:\n  vars:\n    a: |\n      x¦\n'],
    ['below a key that does not exist', 'nonsense:\n  ¦\n'],
    ['in a value of a variable that nobody knows', 'defaults:\n  vars:\n    a: ¦\n'],
  ])('nothing %s', (_name, marked) => expect(labels(marked)).toEqual([]));
});

test('without the cloud, names of the file and words of the format are still offered', () => {
  const offline = createRequest({ values: { results: [], playbooks: [], listFolder: () => undefined } });
  expect(labels('defaults:\n  dc: ¦\n', offline)).toEqual([]);
  expect(labels('defaults:\n  pool: ¦\n', offline)).toEqual(['base', 'high']);
  expect(labels(`${head}servers:\n  web:\n    size: ¦\n`, offline)).toEqual(['small']);
});

test('an editor without snippets gets plain text', () => {
  const plain = createRequest({ editor: plainEditor });
  const items = complete('servers:\n  ¦\n', plain);
  expect(items.map(written).join()).not.toContain('$');
  expect(items.every(({ insertTextFormat }) => insertTextFormat === InsertTextFormat.PlainText)).toBe(true);
});

test('thousands of names are cut to those that fit, and the list says that there are more', () => {
  const servers = Array.from({ length: 500 }, (_, index) => `  s${index}: {}\n`).join('');
  const { document, position } = openMarked(`servers:\n${servers}groups:\n  g: { servers: [s49¦] }\n`);
  const { items, isIncomplete } = getCompletions(document, position, request);
  expect(isIncomplete).toBe(true);
  expect(items.map(({ label }) => label)).toEqual(['s49', ...Array.from({ length: 10 }, (_, index) => `s49${index}`)]);
});

describe('Enter behind a colon begins a line, and takes nothing that has opened by itself', () => {
  const opened = (marked: string, trigger?: string): boolean => {
    const { document, position } = openMarked(marked);
    return getCompletions(document, position, request, trigger).items.length > 0;
  };
  test.each([
    ['a server', 'servers:\n  web:¦\n', false],
    ['a section', 'defaults:¦\n', false],
    ['a list', 'servers:\n  web:\n    playbooks:¦\n', false],
    ['a list of names', `${head}servers:\n  web:\n    networks:¦\n`, false],
    ['a value', 'servers:\n  web:\n    power:¦\n', true],
    ['a value that may be a mapping', 'servers:\n  web:\n    backup:¦\n', true],
    ['a mapping in braces', 'servers: { web: { vars:¦ } }\n', true],
    ['a key of an item', 'servers:\n  web:\n    playbooks:\n      - path:¦\n', true],
  ])('%s', (_name, marked, isOpened) => {
    expect(opened(marked, ':')).toBe(isOpened);
    // Behind the blank somebody wants it on this line; and whoever asks for the list gets it.
    expect(opened(marked.replace('¦', ' ¦'), ' ')).toBe(opened(marked));
  });
});

test('the order does not change with what is typed', () => {
  const order = (marked: string) => complete(marked).map(({ label, sortText }) => `${sortText} ${label}`);
  expect(order('servers:\n  web:\n    im¦\n')).toEqual(order('servers:\n  web:\n    ¦\n'));
});

describe('resolve', () => {
  const document = (marked: string, label: string, by: LanguageRequest = request): string => {
    const item = complete(marked, by).find((candidate) => candidate.label === label);
    const { documentation } = resolveCompletion(JSON.parse(JSON.stringify(item)) as CompletionItem, by);
    return typeof documentation === 'object' ? documentation.value : '';
  };

  test.each([
    ['a key', 'servers:\n  web:\n    ¦\n', 'ram', /Memory: a number of MB.*Documented: 512 MB.*ram: 2 GB/s],
    ['an image', 'defaults:\n  image: ¦\n', 'Debian 11', /\*\*Debian 11\*\*: technical name `Debian11x64` · id 3783 .* 20 GB/],
    ['a data centre', 'defaults:\n  dc: ¦\n', 'Xelent', /`SdnSpb`.*base, high.*with backups/],
    ['a server of the account', 'servers:\n  ¦\n', 'legacy', /\*\*legacy\*\* \(102\): running · 2 cores · 4 GB/],
    ['a network of the account', 'networks:\n  ¦\n', 'office', /linked servers: `legacy`/],
    ['a playbook', 'defaults:\n  playbooks: [¦]\n', 'nginx', /Web server.*`nginx_proxy`/s],
    ['a variable', 'defaults:\n  vars: { ¦ }\n', 'http_port', /Port of the site\..*type `int` · default `80`/s],
  ])('%s', (_name, marked, label, expected) => expect(document(marked, label)).toMatch(expected));

  test('old values say their age, fresh ones do not', () => {
    const old = createRequest({
      values: {
        ...sampleValues,
        catalog: { value: sampleValues.catalog?.value ?? { images: [], dataCentres: [] }, readAtMs: SAMPLE_NOW - 300_000 },
      },
    });
    expect(document('defaults:\n  dc: ¦\n', 'Xelent', old)).toContain('Read 5 minutes ago.');
    expect(document('defaults:\n  dc: ¦\n', 'Xelent')).not.toContain('Read');
  });

  test('an item of somebody else comes back as it is', () => {
    expect(resolveCompletion({ label: 'x', data: { kind: 'other' } }, request)).toEqual({ label: 'x', data: { kind: 'other' } });
  });
});
