import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bundleOf } from '../../scripts/bundles.mjs';

const hasNeovim = spawnSync('nvim', ['--version']).status === 0;
if (!hasNeovim) console.warn('Neovim is not installed (package neovim): its test is skipped.');

const folder = mkdtempSync(join(tmpdir(), 'ict-neovim-'));
const answers = join(folder, 'answers.json');

/** What an editor's user does: waits for problems, then asks. Written for Neovim 0.7 and later. */
const script = `
local answers = {}
local function ask(method, params)
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 20000) or {}) do return answer.result end
end
local function at(line, character)
  return { textDocument = vim.lsp.util.make_text_document_params(0), position = { line = line, character = character } }
end
vim.wait(20000, function() return #vim.diagnostic.get(0) > 0 end, 20)
answers.diagnostics = vim.diagnostic.get(0)
answers.hover = ask('textDocument/hover', at(CPU_LINE, 5))
answers.completion = ask('textDocument/completion', at(CPU_LINE, 9))
answers.edits = ask('textDocument/formatting', {
  textDocument = vim.lsp.util.make_text_document_params(0), options = { tabSize = 2, insertSpaces = true },
})
local file = io.open(${JSON.stringify(answers)}, 'w')
file:write(vim.json.encode(answers))
file:close()
vim.cmd('qa!')
`;

beforeAll(async () => {
  const program = join(folder, 'ict-language-server');
  await build(bundleOf('server', program));
  chmodSync(program, 0o755);
  cpSync('examples/shop', join(folder, 'shop'), { recursive: true });
  const settings = /```lua\n([^]*?)```/.exec(readFileSync('docs/editors.md', 'utf8'))?.[1];
  writeFileSync(join(folder, 'init.lua'), settings ?? '');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Answers {
  readonly diagnostics: readonly { readonly lnum: number; readonly code?: string; readonly message: string; readonly source: string }[];
  readonly hover: { readonly contents: unknown };
  readonly completion: { readonly items: readonly { readonly label: string }[] };
  readonly edits: readonly { readonly newText: string }[];
}

test.skipIf(!hasNeovim)('the settings of the docs give problems, hovers, completion and formatting in Neovim', () => {
  const path = join(folder, 'shop', 'infra.yaml');
  const text = readFileSync(path, 'utf8').replace('    size: small\n', '    size: smoll\n    cpu:   2\n');
  writeFileSync(path, text);
  const line = text.split('\n').indexOf('    cpu:   2');
  const check = join(folder, 'check.lua');
  writeFileSync(check, script.replaceAll('CPU_LINE', String(line)));
  execFileSync('nvim', ['--headless', '--clean', '-u', join(folder, 'init.lua'), path, '-c', `luafile ${check}`], {
    timeout: 60_000,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}`, XDG_STATE_HOME: folder, XDG_CACHE_HOME: folder },
  });
  const found = JSON.parse(readFileSync(answers, 'utf8')) as Answers;
  expect(found.diagnostics).toMatchObject([{ lnum: line - 1, source: 'ict' }]);
  expect(found.diagnostics[0]?.message).toContain('Did you mean `small`?');
  expect(JSON.stringify(found.hover.contents)).toMatch(/core/i);
  expect(found.completion.items).toBeInstanceOf(Array);
  expect(found.edits).toMatchObject([{ newText: expect.not.stringContaining('   2') as string }]);
});
