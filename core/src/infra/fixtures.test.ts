import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { diagnosticCatalog, diagnosticCodes, type DiagnosticCode } from '#core/diagnostics/catalog.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { FileReadError, type FileReader } from '#core/ports/files.ts';
import { readInfraFile } from './read-infra-file.ts';
import { resolveInfra } from './resolve/resolve-infra.ts';
import { applyFix } from './testing/apply-fix.ts';
import { createMemoryFiles, type MemoryFile } from './testing/memory-files.ts';
import { sampleCatalog } from './testing/sample-catalog.ts';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../../test/fixtures/infra');
const folders = readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));

const disk: FileReader = {
  read: (path) => Promise.resolve().then(() => (existsSync(path) ? readFileSync(path) : undefined)),
  resolve: (path, fromFile) => resolve(dirname(fromFile), path),
  exists: (path) => Promise.resolve(existsSync(path)),
};

/** Problems of a file, of its own and of what it says about the cloud. */
async function diagnose(files: FileReader, path: string, text?: string): Promise<readonly Diagnostic[]> {
  const reading = await readInfraFile(files, path, (open) => (open === path ? text : undefined));
  return [...reading.diagnostics, ...(reading.value ? resolveInfra(reading.value, sampleCatalog).diagnostics : [])];
}

const toMark = ({ code, source }: Diagnostic): string => `${source?.file.split('/').at(-1)}:${source?.start.line} ${code}`;

function readMarks(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    !entry.isFile() || entry.name === 'fixed.yaml'
      ? []
      : readFileSync(join(folder, entry.name), 'utf8')
          .split('\n')
          .flatMap((line, index) => {
            const code = /want ([a-z-]+)$/.exec(line)?.[1];
            return code === undefined ? [] : `${entry.name}:${index} ${code}`;
          }),
  );
}

describe.each(folders)('%s', (code) => {
  const path = join(root, code, 'infra.yaml');

  test('reports exactly what the file wants', async () => {
    const marks = readMarks(join(root, code));
    expect(marks.map((mark) => mark.split(' ')[1])).toEqual([code]);
    expect((await diagnose(disk, path)).map(toMark)).toEqual(marks);
  });
});

const mendable = folders.filter((code) => existsSync(join(root, code, 'fixed.yaml')));

test.each(mendable)('%s is mended by its fix', async (code) => {
  const path = join(root, code, 'infra.yaml');
  const text = readFileSync(path, 'utf8');
  const [problem] = await diagnose(disk, path);
  const fix = problem?.fixes[0];
  if (!fix) throw new Error('no fix');
  const fixed = applyFix(text, fix);
  expect(fixed).toBe(readFileSync(join(root, code, 'fixed.yaml'), 'utf8'));
  expect((await diagnose(disk, path, fixed)).map(toMark)).toEqual([]);
});

const bomb = Array.from(
  { length: 9 },
  (_, level) => `l${level + 1}: &l${level + 1} [${Array.from({ length: 9 }, () => `*l${level}`).join(', ')}]`,
).join('\n');

const generated: Partial<Record<DiagnosticCode, MemoryFile>> = {
  'file-too-large': `# ${'x'.repeat(8 * 1024 * 1024)}`,
  'file-outside': new FileReadError('outside-root', '/infra.yaml', { root: '/project' }),
  'not-text': new Uint8Array([0x76, 0x00, 0x01]),
  'alias-expansion': `l0: &l0 [a, a, a]\n${bomb}\n`,
};

test.each(Object.entries(generated))('%s', async (code, content) => {
  const diagnostics = await diagnose(createMemoryFiles({ '/infra.yaml': content }), '/infra.yaml');
  expect(diagnostics.map((diagnostic) => diagnostic.code)).toContain(code);
});

test('every code has a fixture, and every fixture a code', () => {
  expect([...folders, ...Object.keys(generated)].sort()).toEqual([...diagnosticCodes].sort());
});

test('a message never holds the secret', async () => {
  const [problem] = await diagnose(disk, join(root, 'literal-secret', 'infra.yaml'));
  expect(JSON.stringify(problem)).not.toContain('AAEhBOweik6ad9r');
});

test.each(diagnosticCodes)('%s is explained', (code) => {
  const { summary, explanation } = diagnosticCatalog[code];
  expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  expect(summary.text).not.toMatch(/\{0\}|\.$/);
  expect(explanation.text).toMatch(/^\S.{60,}[.`]$/s);
});
