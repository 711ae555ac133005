import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { CodeActionKind, type CodeAction } from 'vscode-languageserver-types';
import { diagnosticCodes, type DiagnosticCode } from '#core/diagnostics/catalog.ts';
import type { Diagnostic } from '#core/diagnostics/diagnostic.ts';
import { readInfraFile } from '#core/infra/read-infra-file.ts';
import { resolveInfra } from '#core/infra/resolve/resolve-infra.ts';
import { createMemoryFiles } from '#core/infra/testing/memory-files.ts';
import { sampleCatalog } from '#core/infra/testing/sample-catalog.ts';
import { applyEdits } from '../testing/apply-edits.ts';
import { MODEL_PATH } from '../testing/compare-with-full-parse.ts';
import { openText, toPosition } from '../testing/open-marked.ts';
import { createRequest } from '../testing/sample-request.ts';
import { remediedCodes } from './find-remedies.ts';
import { listActions } from './list-actions.ts';

const root = resolve(fileURLToPath(import.meta.url), '../../../../../test/fixtures/language/actions');
const read = (folder: string, name: string): string => readFileSync(join(root, folder, name), 'utf8');
const isCode = (folder: string): folder is DiagnosticCode => (diagnosticCodes as readonly string[]).includes(folder);
const folders = readdirSync(root, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
const request = createRequest();

/** Problems of a text, of itself and against the catalogue. */
async function diagnose(text: string): Promise<readonly Diagnostic[]> {
  const key = readFileSync(resolve(root, '../../../../examples/shop/keys/demo.pub'), 'utf8');
  const files = createMemoryFiles({ [MODEL_PATH]: text, '/project/keys/demo.pub': key });
  const reading = await readInfraFile(files, MODEL_PATH);
  return [...reading.diagnostics, ...(reading.value ? resolveInfra(reading.value, sampleCatalog).diagnostics : [])];
}

async function listFixes(text: string, code: DiagnosticCode): Promise<readonly CodeAction[]> {
  const document = openText(text);
  const problems = (await diagnose(text)).filter((problem) => problem.code === code);
  const { start = { line: 0, character: 0 }, end = start } = problems[0]?.source ?? {};
  return listActions(document, { start, end }, problems.slice(0, 1), request, [CodeActionKind.QuickFix]);
}

describe.each(folders.filter(isCode))('%s', (code) => {
  const before = read(code, 'before.yaml');
  const after = read(code, 'after.yaml');

  test('the first fix gives the expected text', async () => {
    const [fix] = await listFixes(before, code);
    expect(fix?.kind).toBe(CodeActionKind.QuickFix);
    expect(fix && applyEdits(before, fix)).toBe(after);
  });

  test('the result has one problem fewer and no new one', async () => {
    const [were, are] = [await diagnose(before), await diagnose(after)];
    expect(are.length).toBe(were.length - 1);
    expect(are.map((problem) => problem.code).filter((other) => !were.some((problem) => problem.code === other))).toEqual([]);
  });

  test('applied twice it changes nothing more', async () => {
    expect(await listFixes(after, code)).toEqual([]);
  });

  test('every other fix mends the problem too', async () => {
    for (const fix of await listFixes(before, code)) {
      const codes = (await diagnose(applyEdits(before, fix))).map((problem) => problem.code);
      expect({ title: fix.title, codes: codes.filter((other) => other === code) }).toEqual({ title: fix.title, codes: [] });
    }
  });

  test('works in a file with CRLF', async () => {
    const [fix] = await listFixes(before.replaceAll('\n', '\r\n'), code);
    expect(fix && applyEdits(before.replaceAll('\n', '\r\n'), fix)).toBe(after.replaceAll('\n', '\r\n'));
  });
});

test('every code with a fix has a golden file', () => {
  const ofRules = diagnosticCodes.filter((code) => existsSync(resolve(root, '../../infra', code, 'fixed.yaml')));
  const missing = [...new Set([...remediedCodes, ...ofRules])].filter((code) => !folders.includes(code));
  expect(missing).toEqual([]);
});

const refactorings: readonly (readonly [folder: string, at: string, kind: string])[] = [
  ['extract-size', 'web', CodeActionKind.RefactorExtract],
  ['extract-first-size', 'web', CodeActionKind.RefactorExtract],
  ['inline-size', 'web', CodeActionKind.RefactorInline],
  ['write-panel-value', 'web-1', CodeActionKind.RefactorRewrite],
];

test.each(refactorings)('%s', async (folder, at, kind) => {
  const before = read(folder, 'before.yaml');
  const start = toPosition(before, before.indexOf(`${at}:`));
  const actions = listActions(openText(before), { start, end: start }, [], request, [kind]);
  const action = actions.at(-1);
  expect(action?.kind).toBe(kind);
  expect(action && applyEdits(before, action)).toBe(read(folder, 'after.yaml'));
  expect(await diagnose(read(folder, 'after.yaml'))).toEqual([]);
});
