import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { TextEdit, type CompletionItem } from 'vscode-languageserver-types';
import { parse } from 'yaml';
import { formatInfraText } from '#core/infra/format/format-infra-text.ts';
import { isSameValue } from '#core/infra/format/is-same-value.ts';
import { readInfraFile } from '#core/infra/read-infra-file.ts';
import { createMemoryFiles } from '#core/infra/testing/memory-files.ts';
import { isMapping } from '#core/infra/validate/schema-kind.ts';
import { openText, toPosition } from '../testing/open-marked.ts';
import { createRequest, sampleValues, sampleVariable } from '../testing/sample-request.ts';
import { getCompletions } from './get-completions.ts';
import { toPlain } from './suggestion.ts';

const shop = new URL('../../../../examples/shop/', import.meta.url);
const target = parse(readFileSync(new URL('infra.yaml', shop), 'utf8')) as Record<string, unknown>;
/** What names refer to stands before them: only then it can be offered. */
const order = [
  'version',
  'project',
  'ssh_keys',
  'sizes',
  'networks',
  'notify',
  'defaults',
  'servers',
  'groups',
  'alerts',
  'schedules',
  'limits',
];

const names = (...entries: readonly string[]) => entries.map((name) => ({ name: name.replace('/', ''), isFolder: name.endsWith('/') }));
const listFolder = (path: string) => ({ '.': names('keys/', 'site/', 'infra.yaml'), 'keys/': names('demo.pub') })[path];
const playbooks = sampleValues.playbooks.map((playbook) => ({
  ...playbook,
  variables: [...playbook.variables, ...(playbook.name === 'nginx' ? [sampleVariable('nginx_root', 'Folder to serve.')] : [])],
}));

/** Somebody who takes whatever is offered, and types only what is not. */
class Author {
  readonly freely: string[] = [];
  readonly #request = createRequest({ values: { ...sampleValues, listFolder, playbooks } });
  before = '';
  /** What the editor has put behind the cursor, innermost first. */
  readonly #closings: string[] = [];

  get text(): string {
    return this.before + this.#closings.toReversed().join('');
  }

  offered(): readonly CompletionItem[] {
    const document = { ...openText(this.text), uri: 'file:///home/me/shop/infra.yaml' };
    return getCompletions(document, toPosition(this.text, this.before.length), this.#request).items;
  }

  /** Takes an item. What its snippet puts behind the first place to fill in waits there until `leave`. */
  take(item: CompletionItem): void {
    if (!TextEdit.is(item.textEdit)) throw new Error('no edit');
    const { range, newText } = item.textEdit;
    const line = this.before.slice(this.before.lastIndexOf('\n') + 1);
    const start = this.before.length - line.length;
    const [head = '', ...tail] = newText.split(/\$\{1:[^}]*\}|\$1/);
    this.before = this.before.slice(0, start + range.start.character) + toPlain(head);
    const closing = toPlain(tail.join(''));
    if (tail.length > 0) this.#closings.push(closing);
  }

  type(text: string, what?: string): void {
    this.before += text;
    if (what !== undefined) this.freely.push(`${what}: ${text}`);
  }

  /** Goes behind a part of what the editor closed. */
  leave(closing: string): void {
    const last = this.#closings.pop() ?? '';
    if (!last.startsWith(closing)) throw new Error(`${JSON.stringify(last)} does not begin with ${JSON.stringify(closing)}`);
    this.before += closing;
    if (last.length > closing.length) this.#closings.push(last.slice(closing.length));
  }

  /** What stands behind the cursor and came with the last snippet. */
  get closing(): string {
    return this.#closings.at(-1) ?? '';
  }

  get isFilledIn(): boolean {
    return this.#closings.at(-1) === '';
  }

  drop(): void {
    if (this.#closings.pop() !== '') throw new Error('something is left behind the cursor');
  }
}

function writeSection(author: Author, key: string): void {
  takeKey(author, key);
  writeBody(author, [key], target[key], 2);
  author.type('\n');
}

function takeKey(author: Author, key: string): void {
  const item = author.offered().find(({ label }) => label === key);
  if (!item) throw new Error(`the key ${key} is not offered in\n${author.text}¦`);
  author.take(item);
}

/** Fills in what a key was taken with: braces, brackets, lines, or nothing but a blank. */
function writeBody(author: Author, path: readonly string[], value: unknown, indent: number): void {
  if (author.before.endsWith('[')) {
    writeItems(author, path, value as readonly unknown[]);
    author.leave(']');
  } else if (author.before.endsWith('{ ')) {
    writeBraced(author, path, value as Record<string, unknown>, new Set());
    author.leave(' }');
  } else if (author.before.endsWith('- ')) {
    author.drop();
    for (const [index, item] of (value as readonly unknown[]).entries()) {
      if (index > 0) author.type(`\n${' '.repeat(indent)}`);
      writeScalar(author, [...path, String(index)], item);
    }
    return;
  } else if (isMapping(value) && /\{ \w+: $/.test(author.before)) {
    const key = /(\w+): $/.exec(author.before)?.[1] ?? '';
    writeScalar(author, [...path, key], value[key]);
    writeBraced(author, path, value, new Set([key]));
    author.leave(' }');
  } else if (isMapping(value) && author.closing.startsWith('\n')) {
    writeSkeleton(author, path, value, indent);
    return;
  } else if (author.before.endsWith(' ') && author.before.trimEnd().endsWith(':') && !author.before.endsWith('\n'.padEnd(indent + 1))) {
    writeScalar(author, path, value);
  } else if (isMapping(value)) {
    author.drop();
    writeLines(author, path, value, indent);
    return;
  } else if (!author.before.endsWith(`: ${String(value)}`)) throw new Error(`what now?\n${author.text}¦`);
}

/** Lines that came with the key, one after the other; then the rest of the mapping. */
function writeSkeleton(author: Author, path: readonly string[], value: Readonly<Record<string, unknown>>, indent: number): void {
  const done = new Set<string>();
  for (;;) {
    const key = /(\w+): $/.exec(author.before)?.[1] ?? '';
    writeScalar(author, [...path, key], value[key]);
    done.add(key);
    const next = /^\n +\w+: /.exec(author.closing)?.[0];
    if (next === undefined) break;
    author.leave(next);
  }
  const rest = Object.entries(value).filter(([key]) => !done.has(key));
  if (rest.length > 0) author.type(`\n${' '.repeat(indent)}`);
  writeLines(author, path, Object.fromEntries(rest), indent);
}

/** Keys of a mapping in lines; the first line has its indentation already. */
function writeLines(author: Author, path: readonly string[], value: Readonly<Record<string, unknown>>, indent: number): void {
  for (const [index, [key, member]] of Object.entries(value).entries()) {
    if (index > 0) author.type(`\n${' '.repeat(indent)}`);
    if (path.length === 1 && path[0] !== 'defaults' && path[0] !== 'limits') writeEntry(author, [...path, key], member, indent);
    else {
      takeKey(author, key);
      writeBody(author, [...path, key], member, indent + 2);
    }
  }
}

/** An entry has a name of the author's own. Servers are written in lines, the others in the braces that are offered. */
function writeEntry(author: Author, path: readonly string[], value: unknown, indent: number): void {
  author.type(`${path.at(-1)}`, `name in ${path[0]}`);
  if (path[0] === 'servers') {
    author.type(`:\n${' '.repeat(indent + 2)}`);
    writeLines(author, path, value as Record<string, unknown>, indent + 2);
  } else {
    author.type(': ');
    writeScalar(author, path, value);
  }
}

function writeBraced(author: Author, path: readonly string[], value: Readonly<Record<string, unknown>>, done: ReadonlySet<string>): void {
  const rest = Object.keys(value).filter((key) => !done.has(key));
  for (const [index, key] of rest.entries()) {
    if (index > 0 || done.size > 0) author.type(', ');
    const item = author.offered().find(({ label }) => label === key);
    if (item) author.take(item);
    else {
      author.type(key, `variable in ${path[0]}`);
      author.type(': ');
    }
    writeBody(author, [...path, key], value[key], -1);
  }
}

function writeItems(author: Author, path: readonly string[], values: readonly unknown[]): void {
  for (const [index, value] of values.entries()) {
    if (index > 0) author.type(', ');
    writeScalar(author, [...path, String(index)], value);
  }
}

/** A value: one that is offered whole, a folder that leads to it, braces to fill in, or what only the author knows. */
function writeScalar(author: Author, path: readonly string[], value: unknown): void {
  for (;;) {
    const items = author.offered();
    const written = (item: CompletionItem): string => (TextEdit.is(item.textEdit) ? item.textEdit.newText : '');
    const whole = items.find((item) => !written(item).includes('$') && isSameValue(parse(written(item).replace(/^- /, '')), value));
    if (whole) {
      author.take(whole);
      break;
    }
    const folder = items.find(
      (item) => written(item).endsWith('/') && String(value).startsWith(written(item)) && !author.before.endsWith(written(item)),
    );
    if (folder) {
      author.take(folder);
      continue;
    }
    const braces = items.find((item) => written(item).startsWith('{ ') && written(item).includes('$1'));
    if (braces && isMapping(value)) {
      author.take(braces);
      const key = /^\{ (\w+): /.exec(written(braces))?.[1];
      if (key !== undefined) writeBody(author, [...path, key], value[key], -1);
      writeBraced(author, path, value, new Set(key === undefined ? [] : [key]));
      author.leave(' }');
      break;
    }
    const place = path.filter((segment) => !/^\d+$/.test(segment)).join('.');
    const start = items.find(({ label }) => label.endsWith('…') && String(value).startsWith(label.slice(0, -1)));
    if (start) {
      author.take(start);
      author.type(String(value).slice(start.label.length - 1), place);
      author.drop();
      break;
    }
    const text = typeof value === 'string' && /^-?\d+$/.test(value) ? `'${value}'` : String(value);
    author.type(text, place);
    break;
  }
  // A place that was filled in is left behind.
  if (author.isFilledIn) author.drop();
}

test('the example shop can be written from nothing by taking what is offered', async () => {
  const author = new Author();
  expect([...order].sort()).toEqual(Object.keys(target).sort());
  for (const key of order) writeSection(author, key);
  // Names of the author's own things, and values that belong to nobody else: everything else was offered.
  expect(author.freely).toEqual([
    'name in ssh_keys: demo',
    'name in sizes: small',
    'name in sizes: large',
    'name in networks: back',
    'name in notify: team',
    "notify.team.chat: '-1001'",
    'name in servers: web',
    'servers.web.vars.http_port: 8080',
    'servers.web.vars.nginx_root: /srv/shop/current',
    'servers.web.app.dest: shop',
    'servers.web.app.health.url: 8080/',
    'name in servers: db',
    'name in groups: shop',
    'variable in groups: env',
    'groups.shop.vars.env: production',
    'name in alerts: cpu-high',
    'name in alerts: disk-full',
    'name in schedules: nights',
    'name in schedules: mornings',
    'name in schedules: drift',
  ]);
  const { text } = author;
  expect(formatInfraText(text).text).toBe(text);
  expect(parse(text)).toEqual(target);
  const files = createMemoryFiles({
    '/shop/infra.yaml': text,
    '/shop/keys/demo.pub': readFileSync(new URL('keys/demo.pub', shop), 'utf8'),
  });
  expect((await readInfraFile(files, '/shop/infra.yaml')).diagnostics).toEqual([]);
});
