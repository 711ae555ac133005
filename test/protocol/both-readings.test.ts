import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter, type MessageConnection } from 'vscode-languageserver/node';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createTextRenderer, type Language } from '#core/text/render-text.ts';
import { textSchema } from '#schemas/text/text-schema.ts';
import { bundleOf } from '../../scripts/bundles.mjs';
import russian from '../../l10n/bundle.l10n.ru.json' with { type: 'json' };
import { runInProcess } from '../helpers/lab.ts';

/**
 * Fixtures that the language server judges in another way than the command line → why. The list only shrinks: an entry that is no
 * longer needed fails.
 */
const exceptions: Readonly<Record<string, string>> = {};

const root = fileURLToPath(new URL('../..', import.meta.url));
const fixtures = join(root, 'test/fixtures/infra');
const files = [
  ...readdirSync(fixtures).flatMap((name) => ['infra.yaml', 'fixed.yaml'].map((file) => join(fixtures, name, file))),
  join(root, 'examples/minimal.infra.yaml'),
  join(root, 'examples/shop/infra.yaml'),
].filter((file) => existsSync(file));

const range = z.object({
  start: z.object({ line: z.number(), character: z.number() }),
  end: z.object({ line: z.number(), character: z.number() }),
});
const validated = z.object({
  diagnostics: z.array(
    z.object({
      code: z.string(),
      severity: z.enum(['error', 'warning', 'info']),
      summary: textSchema,
      message: z.string(),
      source: range.extend({ file: z.string() }).optional(),
    }),
  ),
});
const published = z.object({
  uri: z.string(),
  diagnostics: z.array(z.object({ code: z.string(), severity: z.number(), message: z.string(), range })),
});
const severities = ['', 'error', 'warning', 'info'];

/** A problem as one line, the same for both readings. */
const toLine = (file: string, { start, end }: z.output<typeof range>, severity: string, code: string, message: string): string =>
  `${relative(root, file)}:${start.line}:${start.character}-${end.line}:${end.character} ${severity} ${code} ${message}`;

async function readByCli(file: string, language: Language): Promise<readonly string[]> {
  const { out, err } = await runInProcess(['validate', file, '--json', '--lang', language], root, {}, { russian });
  if (out === '') throw new Error(err);
  const render = createTextRenderer(language, language === 'ru' ? russian : {});
  const nowhere = { file, start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
  return validated
    .parse(JSON.parse(out))
    .diagnostics.map(({ source = nowhere, severity, code, summary, message }) =>
      toLine(source.file, source, severity, code, `${render(summary)}. ${message}`),
    )
    .sort();
}

interface Server {
  readonly child: ChildProcess;
  readonly connection: MessageConnection;
  /** Problems of a file and of those it names, by opening and closing it. */
  read(file: string): Promise<readonly string[]>;
}

const program = `${process.cwd()}/.tsbuild/both-readings-server.cjs`;
const servers = new Map<Language, Server>();

async function startServer(locale: Language): Promise<Server> {
  const child = spawn(process.execPath, [program, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'], env: { PATH: process.env['PATH'] } });
  const connection = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  const listeners = new Set<(publication: z.output<typeof published>) => void>();
  connection.onNotification('textDocument/publishDiagnostics', (params: unknown) => {
    for (const listener of listeners) listener(published.parse(params));
  });
  connection.listen();
  const workspaceFolders = [{ uri: pathToFileURL(root).href, name: 'ict' }];
  const initializationOptions = { trusted: true };
  await connection.sendRequest('initialize', {
    processId: process.pid,
    rootUri: null,
    locale,
    capabilities: {},
    initializationOptions,
    workspaceFolders,
  });
  await connection.sendNotification('initialized', {});
  const read = async (file: string): Promise<readonly string[]> => {
    const uri = pathToFileURL(file).href;
    const found = new Map<string, z.output<typeof published>['diagnostics']>();
    // What is found in other files comes before what is found in the document itself.
    const isDone = new Promise<void>((resolve) =>
      listeners.add(({ uri: about, diagnostics }) => {
        found.set(about, diagnostics);
        if (about === uri) resolve();
      }),
    );
    const textDocument = { uri, languageId: 'ict-infra', version: 1, text: readFileSync(file, 'utf8') };
    await connection.sendNotification('textDocument/didOpen', { textDocument });
    await isDone;
    const lines = [...found].flatMap(([about, diagnostics]) =>
      diagnostics.map((one) => toLine(fileURLToPath(about), one.range, severities[one.severity] ?? '', one.code, one.message)),
    );
    listeners.clear();
    await connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    return lines.sort();
  };
  return { child, connection, read };
}

beforeAll(async () => {
  // The program of these sources, whatever lies in dist/.
  await build(bundleOf('server', program));
  for (const language of ['en', 'ru'] as const) servers.set(language, await startServer(language));
});

afterAll(() => {
  for (const { child, connection } of servers.values()) {
    connection.dispose();
    child.kill('SIGKILL');
  }
});

describe.each(['en', 'ru'] as const)('the command line and the language server find the same, %s', (language) => {
  test.each(files.map((file) => relative(root, file)))('%s', async (name) => {
    const file = join(root, name);
    const [byCli, byServer] = [await readByCli(file, language), await servers.get(language)?.read(file)];
    const fixture = relative(fixtures, file).split('/')[0] ?? '';
    if (name.endsWith('/infra.yaml') && fixture in exceptions)
      expect(byServer, `${fixture}: exception no longer needed`).not.toEqual(byCli);
    else expect(byServer).toEqual(byCli);
  });
});

// The same problems in files that are written otherwise: each reading has code of its own for this.
describe.each<readonly [string, (text: string) => string]>([
  ['with CRLF', (text) => text.replaceAll('\n', '\r\n')],
  ['with a byte order mark', (text) => `\ufeff${text}`],
  ['without an end of line', (text) => text.trimEnd()],
  ['with comments of wide characters', (text) => text.replaceAll('\n', '  # ключ 🎉\n')],
  ['with an unknown key at the end', (text) => `${text}zzz: 1\n`],
  ['with a bracket that stays open', (text) => `${text}servers: {\n`],
])('every fixture %s', (_reason, rewrite) => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ict-readings-'));
    cpSync(fixtures, folder, { recursive: true });
    for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && entry.name.endsWith('.yaml')) writeFileSync(path, rewrite(readFileSync(path, 'utf8')));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('is read alike', async () => {
    const names = readdirSync(fixtures).filter((name) => existsSync(join(fixtures, name, 'infra.yaml')) && !(name in exceptions));
    expect(names.length).toBeGreaterThan(60);
    for (const name of names) {
      const file = join(folder, name, 'infra.yaml');
      expect(await servers.get('en')?.read(file), name).toEqual(await readByCli(file, 'en'));
    }
  });
});

const head = 'version: 1\nproject: shop\n';
const entry = '{ dc: Xelent, image: Ubuntu 20.4 x64, cpu: 1, ram: 1 GB, disk: 10 GB, playbooks: [gone.yml] }';

// Texts whose meaning the server reads in ways of its own.
test.each<readonly [string, string, Readonly<Record<string, string>>]>([
  ['a missing playbook of an entry', `${head}servers:\n  web: ${entry}\n`, {}],
  ['of servers in brackets', `${head}servers: { web: ${entry} }\n`, {}],
  ['of a file in brackets', `{ version: 1, project: shop, servers: { web: ${entry} } }\n`, {}],
  ['of an entry with an anchor', `${head}servers:\n  web: &web ${entry}\n  db: *web\n`, {}],
  ['of `defaults`', `${head}defaults: { playbooks: [gone.yml] }\n`, {}],
  ['of `defaults` in an included file', `${head}include: [more.yaml]\n`, { 'more.yaml': 'defaults: { playbooks: [gone.yml] }\n' }],
  ['of an entry beside one that is no YAML', `${head}servers:\n  web: ${entry}\n  db: {\n`, {}],
  ['of an entry with another mistake', `${head}servers:\n  web: ${entry.replace('cpu: 1', 'cpu: x')}\n`, {}],
  [
    'a value of an included file that no message may quote',
    `${head}include: [more.yaml]\n`,
    { 'more.yaml': 'defaults: { playbooks: ["pass word 1"] }\n' },
  ],
  ['an expansion of aliases', `${bombOf(9)}${head}`, {}],
])('both find the same: %s', async (_reason, text, more) => {
  const folder = mkdtempSync(join(tmpdir(), 'ict-readings-'));
  try {
    for (const [name, content] of Object.entries({ 'infra.yaml': text, ...more })) writeFileSync(join(folder, name), content);
    const byCli = await readByCli(join(folder, 'infra.yaml'), 'en');
    expect(byCli.length).toBeGreaterThan(0);
    expect(await servers.get('en')?.read(join(folder, 'infra.yaml'))).toEqual(byCli);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

/** Lists of lists by aliases: 9 to the power of `levels` items. */
function bombOf(levels: number): string {
  const lines = Array.from(
    { length: levels },
    (_, level) => `l${level + 1}: &l${level + 1} [${Array.from({ length: 9 }, () => `*l${level}`).join(', ')}]\n`,
  );
  return `l0: &l0 [a]\n${lines.join('')}`;
}

test('every exception is a fixture', () => {
  expect(Object.keys(exceptions).filter((name) => !existsSync(join(fixtures, name)))).toEqual([]);
});

test('problems are found at all, and words differ between the languages', async () => {
  const file = join(fixtures, 'unknown-size/infra.yaml');
  const [english, inRussian] = [await readByCli(file, 'en'), await readByCli(file, 'ru')];
  expect(english.join('\n')).toContain('unknown-size');
  expect(inRussian).not.toEqual(english);
});
