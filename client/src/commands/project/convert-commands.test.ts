import { beforeEach, expect, test } from 'vitest';
import { createTextRenderer } from '#core/text/render-text.ts';
import { t } from '#schemas/text/text.ts';
import { editor } from '#test/helpers/fake-vscode.ts';
import type { ClientContext } from '../context/client-context.ts';
import { convertCommands } from './convert-commands.ts';

beforeEach(() => editor.reset());

const convert = async (stdout: string, argument: unknown = 'file:///old/shop.yml'): Promise<readonly string[]> => {
  const words: string[] = [];
  const context = {
    render: createTextRenderer('en', {}),
    log: { error: () => undefined },
    cli: {
      run: (given: readonly string[]) => {
        words.push(...given);
        return Promise.resolve({ exitCode: stdout === '' ? 3 : 0, stdout, stderr: stdout === '' ? 'It is there already.\n' : '' });
      },
    },
  } as unknown as ClientContext;
  await convertCommands['ict.convert'](context, argument);
  return words;
};

test('the new file is opened, and what must be looked at is said', async () => {
  const words = await convert(JSON.stringify({ file: '/shop.infra.yaml', remarks: [t('Look at it.')] }));
  expect(words).toEqual(['convert', '/old/shop.yml', '--json']);
  expect(editor.shown).toMatchObject([
    { kind: 'document', given: [{ path: '/shop.infra.yaml' }] },
    { kind: 'warning', given: ['Look at it.'] },
  ]);
});

test('a file that cannot be converted is said with the reason, and nothing is opened', async () => {
  await convert('');
  expect(editor.shown).toMatchObject([{ kind: 'error', given: ['It is there already.', 'Show log'] }]);
});

test('nothing is started for what is no file on the disk', async () => {
  expect(await convert('', 'untitled:Untitled-1')).toEqual([]);
});
