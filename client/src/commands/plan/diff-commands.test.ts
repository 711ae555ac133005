import { beforeEach, expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import type { PanelFile } from '#schemas/plan/panel-file.ts';
import { t } from '#schemas/text/text.ts';
import { editor } from '#test/helpers/fake-vscode.ts';
import type { ClientContext } from '../context/client-context.ts';
import { VirtualDocuments } from '../../output/virtual-documents.ts';
import { diffCommands } from './diff-commands.ts';

beforeEach(() => editor.reset());

const FILE = '/project/infra.yaml';
const lens = { uri: `file://${FILE}`, targets: ['web'] };
const edit = { file: FILE, start: { line: 4, character: 9 }, end: { line: 4, character: 13 }, newText: '2 GB' };
const skipped = [{ address: 'server.web', field: 'ram', text: t('It cannot be written.') }] as const;

/** Commands whose engine prints this; the words it was started with are kept. */
function createContext(printed: Partial<PanelFile> | string, exitCode = 0): { readonly context: ClientContext; readonly words: string[] } {
  const words: string[] = [];
  const stdout = typeof printed === 'string' ? printed : JSON.stringify({ file: FILE, text: 'panel', edits: [], skipped: [], ...printed });
  const context = {
    render: createTextRenderer('en', {}),
    accounts: { current: { name: 'home' } },
    feed: { projects: [] },
    log: { warn: () => undefined, error: () => undefined },
    virtualDocuments: new VirtualDocuments(),
    cli: {
      run: (given: readonly string[]) => {
        words.push(...given);
        return Promise.resolve({ exitCode, stdout, stderr: exitCode === 0 ? '' : 'No network.\n' });
      },
    },
  } as unknown as ClientContext;
  return { context, words };
}

test('the comparison has the panel on the left, the file on the right and the account in its title', async () => {
  const { context, words } = createContext({ edits: [edit] });
  await diffCommands['ict.showDifference'](context, lens, undefined);
  expect(words).toEqual(['drift', FILE, '--as-file', '--json', '--only', 'web']);
  const [[command, left, right, title] = []] = editor.executed;
  expect([command, String(left), String(right), title]).toEqual([
    'vscode.diff',
    `ict-panel://${FILE}`,
    `file://${FILE}`,
    'infra.yaml: panel (home) ↔ file',
  ]);
});

test.each(['ict.showDifference', 'ict.takeFromPanel'] as const)('%s: nothing differs', async (id) => {
  await diffCommands[id](createContext({}).context, lens, undefined);
  expect(editor.shown).toMatchObject([{ kind: 'information' }]);
  expect(editor.executed).toEqual([]);
  expect(editor.edits).toEqual([]);
});

test.each(['ict.showDifference', 'ict.takeFromPanel'] as const)(
  '%s: what cannot be written is said, and not that nothing differs',
  async (id) => {
    await diffCommands[id](createContext({ skipped: [...skipped] }).context, lens, undefined);
    expect(editor.shown).toMatchObject([{ kind: 'warning', given: ['It cannot be written.'] }]);
  },
);

test('values are taken by one edit that can be undone, and their place is shown', async () => {
  await diffCommands['ict.takeFromPanel'](createContext({ edits: [edit] }).context, lens, undefined);
  expect(editor.edits).toMatchObject([[{ range: { start: edit.start, end: edit.end }, text: '2 GB' }]]);
  expect(editor.shown).toMatchObject([{ kind: 'document', given: [{ path: FILE }, { selection: { start: { line: 4 } } }] }]);
});

test.each([
  ['a failure is said with the way to the log', '', 5, ['No network.', 'Show log']],
  ['without a token the way is to sign in', '', 4, ['Nobody is signed in here.', 'Sign in']],
  [
    'a file with mistakes is named',
    JSON.stringify({ result: 'invalid', exitCode: 3, diagnostics: [{ code: 'x', severity: 'error', message: 'Unknown size.' }] }),
    3,
    ['The infra file has mistakes, so there is no plan: Unknown size.', 'Show problems'],
  ],
])('%s', async (_reason, printed, exitCode, expected) => {
  await diffCommands['ict.showDifference'](createContext(printed, exitCode).context, lens, undefined);
  expect(editor.shown).toEqual([{ kind: 'error', given: expected }]);
});
